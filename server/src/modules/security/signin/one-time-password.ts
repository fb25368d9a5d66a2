// Time-based one-time passwords: RFC 6238 over RFC 4226, as every authenticator app speaks it: SHA-1, 6 digits, 30 s.
import { createHmac, timingSafeEqual } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The time step an instant (ms) lies in. */
export function stepAt(now: number): number {
  return Math.floor(now / 1000 / stepSeconds);
}

/** The code of one time step. */
export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/**
 * The step of which `typed` is the code: now, the one before or the one after (clocks differ, RFC 6238 §5.2), but never one that is not
 * after `lastStep`, so that a code seen over a shoulder is good for nothing.
 */
export function matchingStep(secret: Buffer, typed: string, now: number, lastStep: number): number | undefined {
  const given = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(given)) return undefined;
  const here = stepAt(now);
  return [here - 1, here, here + 1].find((step) => step > lastStep && timingSafeEqual(Buffer.from(codeOf(secret, step)), Buffer.from(given)));
}

/** The address that an authenticator app reads from a QR code. */
export function otpauthUri(secret: Buffer, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
}

/** RFC 4648 §6, without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => base32[parseInt(five.padEnd(5, '0'), 2)]).join('');
}
