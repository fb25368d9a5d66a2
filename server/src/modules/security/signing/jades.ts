// JAdES (ETSI TS 119 182-1): a detached JWS over content of any kind, which stays as it is.
import { createHash, X509Certificate } from 'node:crypto';
import { flattenedVerify } from 'jose';
import type { ReadSignature, Signer, Timestamper } from './signer.ts';

/** clause 5.2.8.3.3: what is signed is named by an address and its hash. */
const byHash = 'http://uri.etsi.org/19182/ObjectIdByURIHash';

export interface DetachedContent {
  /** Names the content in the signature, such as `DocumentReference/1`. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

interface Header {
  readonly alg: string;
  readonly x5c?: readonly string[];
  readonly 'x5t#S256'?: string;
  readonly sigT?: string;
  readonly sigD?: { readonly mId: string; readonly pars: readonly string[]; readonly hashM: string; readonly hashV: readonly string[]; readonly ctys?: readonly string[] };
}

interface Flattened {
  readonly protected: string;
  readonly signature: string;
  readonly header?: { readonly etsiU?: readonly string[] };
}

/** Signs content that stays outside (B-B; with a timestamper B-T). Gives the JSON of the signature. */
export async function signJades(content: DetachedContent, signer: Signer, timestamp: Timestamper, now: number): Promise<string> {
  const header = {
    alg: signer.algorithm,
    x5c: signer.certificates.map((der) => Buffer.from(der).toString('base64')),
    'x5t#S256': hash(signer.certificates[0] ?? new Uint8Array()),
    sigT: new Date(now).toISOString().replace(/\.\d+/, ''),
    sigD: { mId: byHash, pars: [content.name], hashM: 'S256', hashV: [hash(content.bytes)], ctys: [content.contentType] },
    b64: false,
    crit: ['sigT', 'sigD', 'b64'],
  };
  const protectedText = Buffer.from(JSON.stringify(header)).toString('base64url');
  const signature = Buffer.from(await signer.sign(Buffer.from(`${protectedText}.`))).toString('base64url'); // the payload is empty: sigD stands for it
  const token = await timestamp?.(Buffer.from(signature));
  const etsiU = token && [Buffer.from(JSON.stringify({ sigTst: { tstTokens: [{ val: Buffer.from(token).toString('base64') }] } })).toString('base64url')];
  return JSON.stringify({ protected: protectedText, ...(etsiU ? { header: { etsiU } } : {}), payload: '', signature });
}

/** Checks a signature over content. */
export async function readJades(text: string, bytes: Uint8Array): Promise<ReadSignature> {
  // Members of a foreign signature may be of any kind of JSON.
  return readSignature(text, bytes).catch(() => ({ format: 'JAdES', certificates: [], broken: 'unreadable' }));
}

async function readSignature(text: string, bytes: Uint8Array): Promise<ReadSignature> {
  const jws = parse(text);
  const header = jws && parseHeader(jws.protected);
  const certificates = (header?.x5c ?? []).map((one) => new Uint8Array(Buffer.from(one, 'base64')));
  if (jws === undefined || header === undefined || certificates[0] === undefined) return { format: 'JAdES', certificates: [], broken: 'unreadable' };
  const claimedAt = Date.parse(header.sigT ?? '');
  const token = tokenOf(jws.header?.etsiU);
  const found = { format: 'JAdES' as const, certificates, ...(Number.isNaN(claimedAt) ? {} : { claimedAt }), ...(token ? { timestamp: { token, content: Buffer.from(jws.signature) } } : {}) };
  if (!['ES256', 'RS256', 'ES384', 'RS384', 'ES512', 'RS512', 'PS256'].includes(header.alg)) return { ...found, broken: 'weak-algorithm' };
  if (header['x5t#S256'] !== hash(certificates[0]) || !(await holds(jws, certificates[0]))) return { ...found, broken: 'not-signed-by-certificate' };
  const { sigD } = header;
  if (sigD?.mId !== byHash || sigD.hashM !== 'S256' || sigD.hashV.length !== 1) return { ...found, broken: 'unreadable' };
  return sigD.hashV[0] === hash(bytes) ? found : { ...found, broken: 'changed' };
}

async function holds(jws: Flattened, certificate: Uint8Array): Promise<boolean> {
  try {
    const { publicKey } = new X509Certificate(certificate);
    await flattenedVerify({ protected: jws.protected, payload: new Uint8Array(), signature: jws.signature }, publicKey, { crit: { sigT: true, sigD: true } });
    return true;
  } catch {
    return false;
  }
}

function parse(text: string): Flattened | undefined {
  try {
    const { protected: head, signature, header } = JSON.parse(text) as Partial<Flattened>;
    return typeof head === 'string' && typeof signature === 'string' ? { protected: head, signature, ...(header ? { header } : {}) } : undefined;
  } catch {
    return undefined;
  }
}

function parseHeader(text: string): Header | undefined {
  try {
    const header = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Header>;
    return typeof header.alg === 'string' && Array.isArray(header.x5c) ? (header as Header) : undefined;
  } catch {
    return undefined;
  }
}

function tokenOf(etsiU: readonly string[] | undefined): Uint8Array | undefined {
  for (const part of etsiU ?? []) {
    try {
      const { sigTst } = JSON.parse(Buffer.from(part, 'base64url').toString()) as { sigTst?: { tstTokens?: { val?: string }[] } };
      const val = sigTst?.tstTokens?.[0]?.val;
      if (typeof val === 'string') return new Uint8Array(Buffer.from(val, 'base64'));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
