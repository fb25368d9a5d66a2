const prefixes = new Map<bigint, string>();

/** Length of the prefix that places a text in the index. */
export const PREFIX_LENGTH = 11;

/** The place of a text as the first characters of its row: 64 bits in base 64. */
export function placePrefix(place: bigint): string {
  let prefix = prefixes.get(place);
  if (prefix === undefined) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(place);
    prefix = bytes.toString('base64url');
    if (prefixes.size >= 10_000) prefixes.clear(); // places of composites carry a code and have no end
    prefixes.set(place, prefix);
  }
  return prefix;
}
