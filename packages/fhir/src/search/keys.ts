// 64-bit keys and hashes of the record's index. Frozen: a change here makes every stored row unfindable (docs/decisions/0003).
import xxhash from 'xxhash-wasm';

const { h64 } = await xxhash();

/** 64-bit hash (XXH64, seed 0) of a text, as a signed integer, the form of PostgreSQL's bigint. */
export function hash64(text: string): bigint {
  return BigInt.asIntN(64, h64(text));
}

// Crockford's base 32, lower case: no i, l, o, u, so that an id read aloud is not misheard.
const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const serverId = /^[0-7][0-9a-hjkmnp-tv-z]{12}$/;

/**
 * The key of a resource: decoded from a server-made id (13 base-32 characters, always ≥ 0), hashed from any other id (always < 0).
 * So every reference becomes a key without a look-up, and keys made by the server keep the order of time.
 */
export function keyOf(id: string): bigint {
  if (serverId.test(id)) return decodeId(id);
  return hash64(id) | (-1n << 63n);
}

function decodeId(id: string): bigint {
  let high = 0; // first 6 characters: 30 bits; the other 7: 35 bits, in two doubles that hold them exactly
  let low = 0;
  for (let i = 0; i < 6; i++) high = high * 32 + digits.indexOf(id.charAt(i));
  for (let i = 6; i < 13; i++) low = low * 32 + digits.indexOf(id.charAt(i));
  return BigInt.asIntN(64, (BigInt(high) << 35n) | BigInt(low));
}

/** The server-made id of a key ≥ 0. */
export function idOfKey(key: bigint): string {
  let id = '';
  let rest = key;
  for (let i = 0; i < 13; i++) {
    id = digits.charAt(Number(rest & 31n)) + id;
    rest >>= 5n;
  }
  return id;
}

const epoch = Date.UTC(2020, 0, 1);
const processBits = BigInt(Math.floor(Math.random() * 1024)) << 11n;
let lastMs = 0;
let counter = 0;

/**
 * A new server-made id: 42 bits of milliseconds since 2020, 10 bits of this process, 11 bits that count within the millisecond.
 * Two processes may at worst make the same id; the store then refuses the second and the caller asks again.
 */
export function newId(now: number): string {
  const ms = Math.max(now - epoch, lastMs);
  if (ms === lastMs && counter === 2047) return newId(epoch + ms + 1);
  counter = ms === lastMs ? counter + 1 : 0;
  lastMs = ms;
  return idOfKey((BigInt(ms) << 21n) | processBits | BigInt(counter));
}
