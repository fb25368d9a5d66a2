// Passwords: scrypt, with salt and parameters inside the stored string so that they can be raised later.
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3 equals N=2^17, p=1 in work but needs 32 MiB in place of 128.
const today = { ln: 15, r: 8, p: 3 };
const hashBytes = 32;
const format = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;

/** Hashes a password for storage, as `$scrypt$ln=…,r=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(normalize(password), salt, hashBytes, costs(today));
  return `$scrypt$ln=${today.ln},r=${today.r},p=${today.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Tells whether a password is the one behind a stored hash. Without a hash it works as long, then says no. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, ln, r, p, salt = '', hash = ''] = format.exec(stored ?? nobody) ?? [];
  if (ln === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const given = await derive(normalize(password), Buffer.from(salt, 'base64'), expected.length, costs({ ln: Number(ln), r: Number(r), p: Number(p) }));
  return timingSafeEqual(given, expected) && stored !== undefined;
}

/** A hash that no password has: compared with when the account does not exist, so that the answer takes as long. */
const nobody = `$scrypt$ln=${today.ln},r=${today.r},p=${today.p}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(hashBytes))}`;

/** The same password typed on a phone (composed) and on a Mac (decomposed) must match. */
function normalize(password: string): string {
  return password.normalize('NFKC');
}

function costs({ ln, r, p }: { ln: number; r: number; p: number }): ScryptOptions {
  const N = 2 ** ln;
  return { N, r, p, maxmem: 256 * N * r };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
