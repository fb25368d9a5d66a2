// Ids of our own: branded strings, random ids and request ids.
import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
/** A string that can only come from where ids of this kind are made or parsed: `Id<'Account'>`. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** Base32 of Crockford in lower case: no letter that a person could take for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Makes a random id of 13 characters of lower-case base32 (65 bits). */
export function randomId<Kind extends string>(): Id<Kind> {
  return [...randomBytes(13)].map((byte) => alphabet[byte & 31]).join('') as Id<Kind>;
}

const saneRequestId = /^[A-Za-z0-9._-]{8,64}$/;
const processPart = randomId();
let requests = 0;

/** Takes over a caller's X-Request-Id when it is 8 to 64 of `[A-Za-z0-9._-]`; else makes one that is unique over all processes. */
export function requestId(given: string | string[] | undefined): string {
  // A counter after a random prefix costs 0.1 µs; random bytes for each request cost ten times that.
  if (typeof given !== 'string' || !saneRequestId.test(given)) return `${processPart}-${(requests++).toString(36)}`;
  return given;
}
