// Verifies the signatures of content on every view: from the bytes, the certificates and whom the hospital trusts, never from what somebody wrote down.
import { createHash, X509Certificate } from 'node:crypto';
import type { BrokenReason, ReadSignature, SignatureFormat } from './signer.ts';
import { signingSettings } from './signing-settings.ts';
import type { ChainFinding, Trust } from './trust.ts';

export interface SignatureFinding {
  readonly format: SignatureFormat;
  /** `valid`: whole, trusted, timestamped; `untimestamped`: whole and trusted, but only the signer says when; `untrusted`: whole, but by whom is not known to us; `broken`. */
  readonly state: 'valid' | 'untimestamped' | 'untrusted' | 'broken';
  readonly reason?: BrokenReason | NonNullable<ChainFinding['reason']> | 'bad-timestamp' | 'removed';
  readonly signer?: string;
  readonly organization?: string;
  /** Serial number of the certificate, hex. */
  readonly serial?: string;
  /** ISO 8601: that of the timestamp where it holds, else what the signer claims. */
  readonly signedAt?: string;
  readonly revocation: ChainFinding['revocation'];
}

export interface SignedThing {
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Detached signatures (JAdES) over the bytes. */
  readonly detached: readonly string[];
}

const kept = new Map<string, { readonly findings: readonly SignatureFinding[]; readonly until: number }>();
const KEPT_MS = 15 * 60_000; // a certificate may be withdrawn at any time
const MOST_KEPT = 2_000;

/** Gives what holds of every signature, those in the content first. */
export async function verifyContent(thing: SignedThing, now: number): Promise<readonly SignatureFinding[]> {
  if (!mayBeSigned(thing)) return [];
  const { trustFolder, fetchRevocation } = signingSettings();
  const trust = (await import('./trust.ts')).readTrust(trustFolder);
  const hash = createHash('sha256').update(thing.contentType).update('\0').update(thing.bytes);
  for (const one of thing.detached) hash.update('\0').update(one);
  const key = `${hash.digest('base64')} ${trust.version}`;
  const known = kept.get(key);
  if (known !== undefined && now < known.until) return known.findings;
  const findings: SignatureFinding[] = [];
  for (const one of await readSignatures(thing)) findings.push(await judge(one, trust, fetchRevocation, now).catch(() => unreadable(one)));
  const whole = findings.map((finding, i) => (isFollowedByStranger(findings, i) ? changedSince(finding) : finding));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, { findings: whole, until: now + KEPT_MS });
  return whole;
}

/** In a PDF what was added behind a signature may change what is shown: only a later signature of somebody trusted answers for it. */
function isFollowedByStranger(findings: readonly SignatureFinding[], index: number): boolean {
  return findings[index]?.format === 'PAdES' && findings.slice(index + 1).some(({ format, state }) => format === 'PAdES' && state !== 'valid' && state !== 'untimestamped');
}

function changedSince(finding: SignatureFinding): SignatureFinding {
  return finding.state === 'broken' ? finding : { ...finding, state: 'broken', reason: 'added-after' };
}

/** Certificates that are none, and the like: a signature that cannot be read must not hide the document. */
function unreadable({ format }: ReadSignature): SignatureFinding {
  return { format, state: 'broken', reason: 'unreadable', revocation: 'not-checked' };
}

function mayBeSigned({ contentType, detached }: SignedThing): boolean {
  return contentType === 'application/pdf' || contentType.endsWith('xml') || detached.length > 0;
}

/** The libraries of a format are loaded when the first of its kind is read: together they would add half a second to every start. */
async function readSignatures({ contentType, bytes, detached }: SignedThing): Promise<ReadSignature[]> {
  const read: ReadSignature[] = [];
  if (contentType === 'application/pdf') read.push(...(await import('./pades.ts')).readPades(bytes));
  const enveloped = contentType.endsWith('xml') ? await (await import('./xades.ts')).readXades(Buffer.from(bytes).toString('utf8')) : undefined;
  if (enveloped !== undefined) read.push(enveloped);
  for (const one of detached) read.push(await (await import('./jades.ts')).readJades(one, bytes));
  return read;
}

async function judge(read: ReadSignature, trust: Trust, fetching: boolean, now: number): Promise<SignatureFinding> {
  const about = { format: read.format, ...nameOf(read.certificates[0]) };
  const claimed = read.claimedAt === undefined ? {} : { signedAt: new Date(read.claimedAt).toISOString() };
  if (read.broken !== undefined) return { ...about, ...claimed, state: 'broken', reason: read.broken, revocation: 'not-checked' };
  const [{ readTimestamp }, { judgeChain }] = await Promise.all([import('./timestamp.ts'), import('./trust.ts')]);
  const stamp = read.timestamp && readTimestamp(read.timestamp.token, read.timestamp.content);
  const stamped = stamp !== undefined && (await judgeChain(stamp.certificates, stamp.at, trust, fetching)).trusted;
  // Without a timestamp we know only that it was signed before now: the certificate must still hold today.
  const chain = await judgeChain(read.certificates, stamped ? stamp.at : now, trust, fetching);
  const when = stamped ? { signedAt: new Date(stamp.at).toISOString() } : claimed;
  const { revocation, reason } = chain;
  if (!chain.trusted) return { ...about, ...when, state: 'untrusted', revocation, ...(reason ? { reason } : {}) };
  if (stamped) return { ...about, ...when, state: 'valid', revocation };
  return { ...about, ...when, state: 'untimestamped', revocation, ...(read.timestamp ? { reason: 'bad-timestamp' as const } : {}) };
}

function nameOf(der: Uint8Array | undefined): Pick<SignatureFinding, 'signer' | 'organization' | 'serial'> {
  if (der === undefined) return {};
  try {
    const certificate = new X509Certificate(der);
    const { CN, O } = certificate.toLegacyObject().subject as unknown as Record<string, string | undefined>;
    return { serial: certificate.serialNumber.toLowerCase(), ...(CN ? { signer: CN } : {}), ...(O ? { organization: O } : {}) };
  } catch {
    return {};
  }
}
