// Session tokens: 256 random bits, known only to the one who signed in.
import { createHash, randomBytes } from 'node:crypto';

/** Makes a new token, 43 characters of base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Gives the hash under which a token is stored. A plain SHA-256 is enough for 256 random bits. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
