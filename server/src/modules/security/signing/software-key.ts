// A private key under the PIN of its person: neither the house alone nor the PIN alone can sign.
import { createCipheriv, createDecipheriv, createPrivateKey, randomBytes, scrypt, sign, type KeyObject } from 'node:crypto';
import type { Signer } from './signer.ts';

/** N 2^15, r 8, p 1 (RFC 7914): 32 MiB and some 60 ms a guess, on top of the master key that the guess needs first. */
const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Locks a private key (PKCS #8, DER) with a PIN. */
export async function lockKey(pkcs8: Uint8Array, pin: string): Promise<string> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await keyFrom(pin, salt), nonce);
  return ['p1', salt, nonce, Buffer.concat([cipher.update(pkcs8), cipher.final(), cipher.getAuthTag()])].map((part) => (typeof part === 'string' ? part : part.toString('base64url'))).join('.');
}

/** The key again; undefined for another PIN. */
export async function unlockKey(locked: string, pin: string): Promise<KeyObject | undefined> {
  const [, salt, nonce, body] = locked.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (salt === undefined || nonce === undefined || body === undefined) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', await keyFrom(pin, salt), nonce, { authTagLength: 16 }).setAuthTag(body.subarray(-16));
  try {
    return createPrivateKey({ key: Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]), format: 'der', type: 'pkcs8' });
  } catch {
    return undefined;
  }
}

/** Signs with a key in this process. */
export function softwareSigner(key: KeyObject, certificates: readonly Uint8Array[]): Signer {
  const algorithm = algorithmOf(key);
  if (algorithm === undefined) throw new Error('a key of an unknown kind');
  return { algorithm, certificates, sign: async (content) => sign('sha256', content, { key, dsaEncoding: 'ieee-p1363' }) };
}

/** What a key signs with; undefined when it is of no kind that we use. */
export function algorithmOf(key: KeyObject): Signer['algorithm'] | undefined {
  if (key.asymmetricKeyType === 'rsa') return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? 'RS256' : undefined;
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined;
}

function keyFrom(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => scrypt(pin.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key))));
}
