// An anchor: the end of the chain at an instant, told outside the database and signed, so that a chain written anew does not pass.
import { createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';

export interface Anchor {
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
  /** ISO 8601 */
  readonly at: string;
  /** First 16 digits of the SHA-256 of the public key (SPKI, DER). */
  readonly key: string;
  /** Ed25519 (RFC 8032), base64url. */
  readonly signature: string;
}

export function signedAnchor(seq: number, linkHash: Buffer, atMs: number, key: KeyObject): Anchor {
  const unsigned = { seq, hash: linkHash.toString('hex'), at: new Date(atMs).toISOString() };
  return { ...unsigned, key: keyName(createPublicKey(key)), signature: sign(null, signedBytes(unsigned), key).toString('base64url') };
}

export function isSigned(anchor: Anchor, publicKey: KeyObject): boolean {
  return anchor.key === keyName(publicKey) && verify(null, signedBytes(anchor), publicKey, Buffer.from(anchor.signature, 'base64url'));
}

/** Reads a line of the file of anchors; undefined when it is none. */
export function anchorOf(line: string): Anchor | undefined {
  try {
    const anchor = JSON.parse(line) as Anchor;
    return Number.isSafeInteger(anchor.seq) && /^[0-9a-f]{64}$/.test(anchor.hash) && typeof anchor.signature === 'string' ? anchor : undefined;
  } catch {
    return undefined;
  }
}

function keyName(publicKey: KeyObject): string {
  return hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 16);
}

function signedBytes({ seq, hash: linkHash, at }: Pick<Anchor, 'seq' | 'hash' | 'at'>): Buffer {
  return Buffer.from(`sen audit anchor\n${seq}\n${linkHash}\n${at}\n`);
}
