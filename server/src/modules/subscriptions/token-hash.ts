// Binding tokens are kept as their hash only: who reads the table cannot bind.
import { createHash } from 'node:crypto';

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
