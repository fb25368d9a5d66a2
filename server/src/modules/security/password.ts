// Passwords: argon2id, with salt and parameters inside the stored string so that they can be raised later; scrypt of earlier versions is still read.
import { argon2, randomBytes, scrypt, timingSafeEqual, type Argon2Parameters, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const deriveArgon2 = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);
const deriveScrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane; about 50 ms of one core.
const today = { m: 19_456, t: 2, p: 1 };
const hashBytes = 32;
const argonFormat = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;
const scryptFormat = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;

/** Hashes a password for storage in the PHC string format: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return stored(salt, await derive(password, salt));
}

/** Derives 32 bytes from a secret that a person types, at the cost of a password. */
export function derive(secret: string, salt: Buffer, { m, t, p } = today, tagLength = hashBytes): Promise<Buffer> {
  return deriveArgon2('argon2id', { message: normalize(secret), nonce: salt, parallelism: p, tagLength, memory: m, passes: t });
}

/** Tells whether a password is the one behind a stored hash. Without a hash it works as long, then says no. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const known = hash ?? nobody;
  const [expected, given] = known.startsWith('$scrypt$') ? await byScrypt(password, known) : await byArgon2(password, known);
  if (expected === undefined || given === undefined) return false;
  return timingSafeEqual(given, expected) && hash !== undefined;
}

/** Tells whether a stored hash costs less than a new one would: then it is made anew at the next sign-in. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(`$argon2id$v=19$m=${today.m},t=${today.t},p=${today.p}$`);
}

type Pair = readonly [expected?: Buffer, given?: Buffer];

async function byArgon2(password: string, hash: string): Promise<Pair> {
  const [, m, t, p, salt = '', known = ''] = argonFormat.exec(hash) ?? [];
  if (m === undefined) return [];
  const expected = Buffer.from(known, 'base64');
  return [expected, await derive(password, Buffer.from(salt, 'base64'), { m: Number(m), t: Number(t), p: Number(p) }, expected.length)];
}

async function byScrypt(password: string, hash: string): Promise<Pair> {
  const [, ln, r, p, salt = '', known = ''] = scryptFormat.exec(hash) ?? [];
  if (ln === undefined) return [];
  const expected = Buffer.from(known, 'base64');
  const [N, blocks] = [2 ** Number(ln), Number(r)];
  const costs = { N, r: blocks, p: Number(p), maxmem: 256 * N * blocks };
  return [expected, await deriveScrypt(normalize(password), Buffer.from(salt, 'base64'), expected.length, costs)];
}

/** A hash that no password has: compared with when the account does not exist, so that the answer takes as long. */
const nobody = stored(randomBytes(16), randomBytes(hashBytes));

/** The same password typed on a phone (composed) and on a Mac (decomposed) must match. */
function normalize(password: string): string {
  return password.normalize('NFKC');
}

function stored(salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${today.m},t=${today.t},p=${today.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
