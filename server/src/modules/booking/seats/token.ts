// Tokens and codes: what the holder has is random, what the database has is its hash.
import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 144 random bits. */
export function newToken(): string {
  return randomBytes(18).toString('base64url');
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Eight random digits and a check digit (ISO/IEC 7064, MOD 11-10): a slip of one digit, or two swapped, is noticed at once. */
export function newBookingCode(): string {
  const digits = String(randomInt(100_000_000)).padStart(8, '0');
  return digits + checkDigit(digits);
}

/** No vowel, no D, no W: a scanner types through the input method of the desk, which would make other letters of them (Telex, VNI). Capitals and digits are QR's short mode. */
const safeLetters = 'BCFGHJKLMNPQRSTVXZ0123456789';

/** 128 random bits and more, as the QR of a booking carries them. */
export function newBookingQr(): string {
  return `SEN:B:${Array.from({ length: 27 }, () => safeLetters[randomInt(safeLetters.length)]).join('')}`;
}

export function checkDigit(digits: string): string {
  let carry = 10;
  for (const digit of digits) {
    const sum = (carry + Number(digit)) % 10 || 10;
    carry = (sum * 2) % 11;
  }
  return String((11 - carry) % 10);
}

/** The nine digits of what was typed or scanned, or the whole of a QR; undefined for anything else. */
export function codeIn(text: string): { readonly code: string } | { readonly qr: string } | undefined {
  const qr = /SEN:B:[A-Za-z0-9_-]{20,40}/.exec(text)?.[0];
  if (qr !== undefined) return { qr };
  const digits = text.replace(/[\s.-]/g, '');
  return /^\d{9}$/.test(digits) && checkDigit(digits.slice(0, 8)) === digits[8] ? { code: digits } : undefined;
}
