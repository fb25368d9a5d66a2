// Palette colours (DICOM PS3.3 2024e, C.7.9), plain and in segments.
import type { Dataset } from '../dataset/dataset.ts';
import { readTable, wordsOf, type LookupTable } from './lookup-table.ts';
import { refusePixels } from './refuse-pixels.ts';

/** Red, green and blue, with 8 bits each. */
export type Palette = readonly [LookupTable, LookupTable, LookupTable];

/** Reads the palette of an image; nothing when it has none. */
export function readPalette(dataset: Dataset, signed: boolean): Palette | undefined {
  const [red, green, blue] = [0x1101, 0x1102, 0x1103].map((descriptor) => readColour(dataset, 0x00280000 + descriptor, signed));
  return red === undefined || green === undefined || blue === undefined ? undefined : [toBytes(red), toBytes(green), toBytes(blue)];
}

function readColour(dataset: Dataset, descriptor: number, signed: boolean): LookupTable | undefined {
  const plain = readTable(dataset, descriptor, descriptor + 0x100, signed);
  if (plain !== undefined) return plain;
  const words = wordsOf(dataset, descriptor);
  const segments = segmentWords(dataset, descriptor + 0x120, words?.[2] ?? 16);
  if (words === undefined || words.length < 3 || segments === undefined) return undefined;
  const entries = Uint16Array.from(expand(segments, words[0] === 0 ? 65_536 : words[0]!));
  return { first: signed ? (words[1]! << 16) >> 16 : words[1]!, bits: words[2]!, entries };
}

function segmentWords(dataset: Dataset, tag: number, bits: number): Uint16Array | undefined {
  return bits === 8 ? bytewise(dataset.elements.get(tag)?.bytes) : wordsOf(dataset, tag);
}

function bytewise(bytes: Uint8Array | undefined): Uint16Array | undefined {
  return bytes && Uint16Array.from(bytes);
}

/** C.7.9.2: discrete (0), linear (1), and indirect (2) segments, which repeat earlier ones. */
function expand(words: Uint16Array, length: number): number[] {
  const entries: number[] = [];
  for (let at = 0; at + 1 < words.length && entries.length < length;) {
    at = words[at] === 2 ? repeat(words, at, entries, length) : expandOne(words, at, entries, length);
  }
  return entries.length === length ? entries : refusePixels();
}

function repeat(words: Uint16Array, at: number, entries: number[], length: number): number {
  let from = (words[at + 2] ?? 0) + (words[at + 3] ?? 0) * 65_536;
  for (let left = words[at + 1]!; left > 0; left -= 1) {
    if (from >= at || words[from] === 2) refusePixels();
    from = expandOne(words, from, entries, length);
  }
  return at + 4;
}

function expandOne(words: Uint16Array, at: number, entries: number[], most: number): number {
  const [kind, count] = [words[at]!, words[at + 1]!];
  if (entries.length + count > most || kind > 1) refusePixels();
  if (kind === 0) {
    if (at + 2 + count > words.length) refusePixels();
    for (let next = 0; next < count; next += 1) entries.push(words[at + 2 + next]!);
    return at + 2 + count;
  }
  const from = entries.at(-1);
  const to = words[at + 2];
  if (from === undefined || to === undefined) return refusePixels();
  for (let next = 1; next <= count; next += 1) entries.push(Math.round(from + ((to - from) * next) / count));
  return at + 3;
}

/** Some writers say 16 bits and fill 8: a palette that dark is meant bright. */
function toBytes(table: LookupTable): LookupTable {
  const wide = table.bits > 8 && table.entries.some((entry) => entry > 255);
  return wide ? { ...table, bits: 8, entries: table.entries.map((entry) => entry >> (table.bits - 8)) } : table;
}
