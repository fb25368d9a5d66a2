// Small secrets in the database (seeds of one-time codes, signing keys, client secrets): AES-256-GCM, a key each, wrapped by the master key.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Settings } from './config.ts';
import { openKeyring, sealBroken, type Keyring } from './keyring.ts';

let held: Keyring | undefined;
const wrapContext = Buffer.from('secret');

/** Opens the keys of this process; every house does it once (openHouse). */
export function holdKeyring(settings: Pick<Settings, 'data' | 'masterKeyFile' | 'masterKeyCommand'>): Keyring {
  return (held = openKeyring(settings));
}

/** The keys of this process. */
export function heldKeyring(): Keyring {
  if (held === undefined) throw new Error('the keys are used before the house holds them (holdKeyring)');
  return held;
}

/**
 * Seals a secret for a text column. `context` says what it is and whose (`totp:<account id>`) and must be given again to open it, so that a row
 * copied to another place does not open. Name the column `…_sealed`: the rotation of the master key finds it by that name.
 */
export function sealSecret(text: string, context: string): string {
  const dataKey = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const { keyId, wrapped } = heldKeyring().wrap(dataKey, wrapContext);
  return ['s1', keyId, wrapped.toString('base64url'), sealed.toString('base64url')].join('.');
}

/** Opens what sealSecret gave. Refuses (`platform.seal-broken`, `platform.key-unknown`) what was changed, moved or sealed elsewhere. */
export function openSecret(sealed: string, context: string): string {
  const { keyId, wrapped, body } = partsOf(sealed);
  const dataKey = heldKeyring().unwrap({ keyId, wrapped }, wrapContext);
  const decipher = createDecipheriv('aes-256-gcm', dataKey, body.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(context)).setAuthTag(body.subarray(-16));
  try {
    return Buffer.concat([decipher.update(body.subarray(12, -16)), decipher.final()]).toString('utf8');
  } catch {
    throw sealBroken();
  }
}

/** Id of the master key that a sealed secret needs. */
export function keyIdOf(sealed: string): string {
  return partsOf(sealed).keyId;
}

/** The same secret under the key now in use, without opening it; itself when it already is. */
export function resealSecret(sealed: string): string {
  const ring = heldKeyring();
  const { keyId, wrapped, tail } = partsOf(sealed);
  if (keyId === ring.current()) return sealed;
  const fresh = ring.wrap(ring.unwrap({ keyId, wrapped }, wrapContext), wrapContext);
  return ['s1', fresh.keyId, fresh.wrapped.toString('base64url'), tail].join('.');
}

function partsOf(sealed: string): { keyId: string; wrapped: Buffer; body: Buffer; tail: string } {
  const [, keyId, key, tail] = /^s1\.([0-9a-f]{16})\.([\w-]{80})\.([\w-]{38,})$/.exec(sealed) ?? [];
  if (keyId === undefined || key === undefined || tail === undefined) throw sealBroken();
  return { keyId, wrapped: Buffer.from(key, 'base64url'), body: Buffer.from(tail, 'base64url'), tail };
}
