// Whom we believe: chains of certificates up to the roots of a folder, and lists of what was withdrawn.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { certificateOf, exact } from './cms.ts';
import { fetchLists } from './fetch-lists.ts';

export interface Trust {
  readonly roots: readonly pkijs.Certificate[];
  readonly lists: readonly pkijs.CertificateRevocationList[];
  /** Changes whenever a file of the folder does. */
  readonly version: string;
}

export interface ChainFinding {
  readonly trusted: boolean;
  readonly revocation: 'good' | 'revoked' | 'not-checked';
  readonly reason?: 'unknown-issuer' | 'not-for-signing' | 'expired' | 'revoked';
}

const known = new Map<string, Trust>();

/** Reads certificates (`.crt`, `.cer`, `.pem`, `.der`) and lists (`.crl`) of a folder, anew when it has changed. An empty path trusts nobody. */
export function readTrust(folder: string): Trust {
  if (folder === '' || !existsSync(folder)) return { roots: [], lists: [], version: 'none' };
  const files = readdirSync(folder).sort().map((name) => join(folder, name));
  const version = files.map((file) => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`).join('|');
  const last = known.get(folder);
  if (last?.version === version) return last;
  const read = (ending: RegExp) => files.filter((file) => ending.test(file)).flatMap((file) => derOfFile(file));
  const trust = { roots: read(/\.(crt|cer|pem|der)$/i).map(certificateOf), lists: read(/\.crl$/i).map(listOf), version };
  known.set(folder, trust);
  return trust;
}

/** Follows a chain from the first certificate up to a root, as of an instant. `fetching`: lists that authorities publish are asked for too. */
export async function judgeChain(certificates: readonly Uint8Array[], at: number, trust: Trust, fetching: boolean): Promise<ChainFinding> {
  const [own, ...others] = certificates.map(certificateOf);
  if (own === undefined) return { trusted: false, revocation: 'not-checked', reason: 'unknown-issuer' };
  const chain = await chainOf(own, others, trust.roots);
  if (chain === undefined) return { trusted: false, revocation: 'not-checked', reason: 'unknown-issuer' };
  if (!maySign(own)) return { trusted: false, revocation: 'not-checked', reason: 'not-for-signing' };
  if (chain.some((one) => at < one.notBefore.value.getTime() || at > one.notAfter.value.getTime())) return { trusted: false, revocation: 'not-checked', reason: 'expired' };
  // Only now, when an authority we trust has written the certificate, is the address in it asked: nobody's document sends us anywhere else.
  const lists = [...trust.lists, ...(fetching ? await fetchLists(chain) : [])];
  const revocation = await revocationOf(chain, lists, at);
  return revocation === 'revoked' ? { trusted: false, revocation, reason: 'revoked' } : { trusted: true, revocation };
}

/** From the signer up to a root of ours, each signed by the next, each above the first allowed to issue. */
async function chainOf(own: pkijs.Certificate, others: readonly pkijs.Certificate[], roots: readonly pkijs.Certificate[]): Promise<pkijs.Certificate[] | undefined> {
  const chain = [own];
  for (let last = own; chain.length <= 6; ) {
    if (roots.some((root) => same(root, last))) return chain;
    const candidates = [...roots, ...others].filter((one) => one.subject.isEqual(last.issuer) && isAuthority(one) && !chain.includes(one));
    const issuer = await firstThat(candidates, (one) => last.verify(one).catch(() => false));
    if (issuer === undefined) return undefined;
    chain.push(issuer);
    last = issuer;
  }
  return undefined;
}

async function revocationOf(chain: readonly pkijs.Certificate[], lists: readonly pkijs.CertificateRevocationList[], at: number): Promise<'good' | 'revoked' | 'not-checked'> {
  let state: 'good' | 'not-checked' = 'good';
  for (const [index, one] of chain.slice(0, -1).entries()) {
    const issuer = chain[index + 1]!;
    const fresh = lists.filter((list) => list.issuer.isEqual(one.issuer) && (list.nextUpdate === undefined || list.nextUpdate.value.getTime() >= Math.min(at, Date.now())));
    let isListed = false;
    // Each of them: an older list that has not run out yet does not know what a newer one says.
    for (const list of fresh) {
      if (!(await list.verify({ issuerCertificate: issuer }).catch(() => false))) continue;
      isListed = true;
      const entry = list.revokedCertificates?.find(({ userCertificate }) => userCertificate.isEqual(one.serialNumber));
      if (entry !== undefined && entry.revocationDate.value.getTime() <= at) return 'revoked';
    }
    if (!isListed) state = 'not-checked';
  }
  return state;
}

async function firstThat<T>(all: readonly T[], holds: (one: T) => Promise<boolean>): Promise<T | undefined> {
  for (const one of all) if (await holds(one)) return one;
  return undefined;
}

/** RFC 5280 §4.2.1.3: digitalSignature or nonRepudiation, where the certificate says what its key is for. */
function maySign(certificate: pkijs.Certificate): boolean {
  const usage = usageOf(certificate);
  return usage === undefined || (usage & 0xc0) !== 0;
}

/** RFC 5280 §4.2.1.9: without this, anybody's certificate could issue others. */
function isAuthority(certificate: pkijs.Certificate): boolean {
  const constraints = certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.19')?.parsedValue as pkijs.BasicConstraints | undefined;
  const usage = usageOf(certificate);
  return constraints?.cA === true && (usage === undefined || (usage & 0x04) !== 0); // keyCertSign
}

/** The first eight bits of keyUsage; undefined without the extension. */
function usageOf(certificate: pkijs.Certificate): number | undefined {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.15')?.parsedValue as asn1.BitString | undefined;
  return usage && (usage.valueBlock.valueHexView[0] ?? 0);
}

function same(one: pkijs.Certificate, other: pkijs.Certificate): boolean {
  return Buffer.from(one.toSchema().toBER()).equals(Buffer.from(other.toSchema().toBER()));
}

function listOf(der: Uint8Array): pkijs.CertificateRevocationList {
  return new pkijs.CertificateRevocationList({ schema: asn1.fromBER(exact(der)).result });
}

function derOfFile(file: string): Uint8Array[] {
  const bytes = readFileSync(file);
  if (bytes[0] === 0x30) return [new Uint8Array(bytes)];
  return [...bytes.toString('latin1').matchAll(/-----BEGIN [A-Z0-9 ]+-----([\s\S]+?)-----END/g)].map(([, body]) => new Uint8Array(Buffer.from(body ?? '', 'base64')));
}
