// Web Push: the content is for the browser alone (RFC 8291), and the sender signs who it is (RFC 8292).
import { createCipheriv, createECDH, createHmac, createPrivateKey, randomBytes, sign } from 'node:crypto';

export interface PushKeys {
  /** The browser's public key, an uncompressed point of P-256, base64url. */
  readonly p256dh: string;
  /** 16 bytes, base64url. */
  readonly auth: string;
}

const recordBytes = 4096;

/** Encrypts by aes128gcm (RFC 8188) for one subscription. At most 3,993 bytes fit. `own` and `salt` are given by tests only. */
export function encryptPush(content: Buffer, keys: PushKeys, own = newPushKey(), salt = randomBytes(16)): Buffer {
  const receiver = Buffer.from(keys.p256dh, 'base64url');
  const shared = own.computeSecret(receiver);
  const sender = own.getPublicKey();
  const inputKey = hkdf(Buffer.from(keys.auth, 'base64url'), shared, Buffer.concat([Buffer.from('WebPush: info\0'), receiver, sender]), 32);
  const key = hkdf(salt, inputKey, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(salt, inputKey, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(Buffer.concat([content, Buffer.from([2])])), cipher.final(), cipher.getAuthTag()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(recordBytes);
  return Buffer.concat([salt, size, Buffer.from([sender.length]), sender, sealed]);
}

export function newPushKey() {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return ecdh;
}

/** The header of RFC 8292, 3: a token for the origin of the push service, valid twelve hours (at most 24). */
export function vapidHeader(endpoint: string, contact: string, privateKey: string, publicKey: string, now: number): string {
  const point = Buffer.from(publicKey, 'base64url');
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d: privateKey, x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
  const parts = [{ typ: 'JWT', alg: 'ES256' }, { aud: new URL(endpoint).origin, exp: Math.floor(now / 1000) + 12 * 3600, sub: contact }];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return `vapid t=${text}.${signature}, k=${publicKey}`;
}

/** RFC 5869 with one block of output. */
function hkdf(salt: Buffer, input: Buffer, info: Buffer, bytes: number): Buffer {
  const extracted = createHmac('sha256', salt).update(input).digest();
  return createHmac('sha256', extracted).update(Buffer.concat([info, Buffer.from([1])])).digest().subarray(0, bytes);
}
