// One gzip file from pieces that were compressed before, without looking into them (RFC 1951, RFC 1952): a series of 500 costs what copying costs. Pure.
import { crc32 } from 'node:zlib';
import type { MetadataEntry } from './metadata-entry.ts';

const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** The last block: fixed codes, empty (RFC 1951, 3.2.6). */
const lastBlock = Buffer.from([0x03, 0x00]);

/** `[entry,entry,…]` as gzip. */
export function joinedGzip(entries: readonly MetadataEntry[]): Buffer {
  const [open, comma, close] = ['[', ',', ']'].map(storedText) as [MetadataEntry, MetadataEntry, MetadataEntry];
  const pieces = [open, ...entries.flatMap((entry, at) => (at === 0 ? [entry] : [comma, entry])), close];
  let [crc, length] = [0, 0];
  const shifts = new Map<number, BitMap>();
  for (const piece of pieces) {
    crc = joinedCrc(crc, piece, shifts);
    length += piece.bytes;
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length % 2 ** 32, 4);
  return Buffer.concat([header, ...pieces.map(({ deflated }) => deflated), lastBlock, trailer]);
}

/** A stored block, not the last (RFC 1951, 3.2.4). */
function storedText(text: string): MetadataEntry {
  const bytes = Buffer.from(text);
  const head = Buffer.from([0, bytes.length, 0, ~bytes.length & 0xff, 0xff]);
  return { deflated: Buffer.concat([head, bytes]), crc: crc32(bytes), bytes: bytes.length };
}

/** A linear map of 32 bits: what each bit becomes. */
type BitMap = Uint32Array<ArrayBuffer>;

/** CRC-32 of two texts one after the other: the first's is moved on by the zeros that the second takes, which is a linear map of its 32 bits. */
function joinedCrc(before: number, { crc, bytes }: MetadataEntry, shifts: Map<number, BitMap>): number {
  let shift = shifts.get(bytes);
  if (shift === undefined) shifts.set(bytes, (shift = shiftBy(bytes)));
  return (times(shift, before) ^ crc) >>> 0;
}

/** The map of so many zero bytes: that of one bit, squared and put together. */
function shiftBy(bytes: number): BitMap {
  let power = Uint32Array.from({ length: 32 }, (_, bit) => (bit === 0 ? 0xedb88320 : 1 << (bit - 1)));
  for (let i = 0; i < 3; i++) power = squared(power); // a byte
  let whole = Uint32Array.from({ length: 32 }, (_, bit) => 1 << bit);
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) whole = whole.map((column) => times(power, column));
    power = squared(power);
  }
  return whole;
}

function squared(map: BitMap): BitMap {
  return map.map((column) => times(map, column));
}

function times(map: BitMap, value: number): number {
  let sum = 0;
  for (let bit = 0, rest = value >>> 0; rest !== 0; bit++, rest >>>= 1) if ((rest & 1) === 1) sum ^= map[bit]!;
  return sum >>> 0;
}
