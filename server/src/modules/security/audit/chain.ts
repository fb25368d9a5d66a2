// The chain of hashes: each entry seals all before it.
import { hash } from 'node:crypto';

/** What stands before the first entry. */
export const genesis = Buffer.alloc(32);

/** SHA-256 of the hash before, the place (8 bytes, big-endian) and the entry (UTF-8). */
export function linkHash(before: Buffer, seq: number, entry: string): Buffer {
  const bytes = Buffer.allocUnsafe(40 + Buffer.byteLength(entry));
  before.copy(bytes, 0);
  bytes.writeBigUInt64BE(BigInt(seq), 32);
  bytes.write(entry, 40, 'utf8');
  return hash('sha256', bytes, 'buffer');
}
