// The chain of hashes: each link seals all before it.
import { hash } from 'node:crypto';

/** What stands before the first link. */
export const genesis = Buffer.alloc(32);

/** SHA-256 of the hash before, the place of its first entry (8 bytes, big-endian) and what it holds (UTF-8). */
export function linkHash(before: Buffer, seq: number, held: string): Buffer {
  const bytes = Buffer.allocUnsafe(40 + Buffer.byteLength(held));
  before.copy(bytes, 0);
  bytes.writeBigUInt64BE(BigInt(seq), 32);
  bytes.write(held, 40, 'utf8');
  return hash('sha256', bytes, 'buffer');
}
