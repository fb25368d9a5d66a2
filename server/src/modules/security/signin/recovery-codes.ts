// Recovery codes: 60 random bits each, in three groups that can be read aloud.
import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A code of groups of four letters and digits, 5 bits each: `k7f2-9q0m-x3vb`. */
export function newCode(groups: number): string {
  const letters = [...randomBytes(groups * 4)].map((byte) => alphabet[byte & 31]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** As it was made, however it was typed: case, spaces, and the letters that look like digits do not count. */
export function typedCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1').replace(/u/g, 'v');
}
