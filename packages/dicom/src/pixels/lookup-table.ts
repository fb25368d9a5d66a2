// Tables of values: modality, values of interest, palettes (DICOM PS3.3 2024e, C.11.1, C.11.2, C.7.6.3.1.5 and C.7.9.2).
import type { Dataset } from '../dataset/dataset.ts';
import { refusePixels } from './refuse-pixels.ts';

export interface LookupTable {
  /** The stored value of the first entry; what is below takes the first, what is above the last. */
  readonly first: number;
  readonly bits: number;
  readonly entries: Uint16Array;
}

/** Reads a table from its descriptor and data; nothing when the data set has none. */
export function readTable(dataset: Dataset, descriptorTag: number, dataTag: number, signed: boolean): LookupTable | undefined {
  const words = wordsOf(dataset, descriptorTag);
  const data = dataset.elements.get(dataTag)?.bytes;
  if (words === undefined || words.length < 3 || data === undefined) return undefined;
  const length = words[0] === 0 ? 65_536 : words[0]!;
  const bits = words[2]!;
  if (bits < 8 || bits > 16 || data.length < length) refusePixels();
  // Eight bits may stand two to a word, or one to a word.
  const entries = data.length >= length * 2 ? wordsOf(dataset, dataTag)!.subarray(0, length) : Uint16Array.from(data.subarray(0, length));
  if (data.length < length * 2 && bits > 8) refusePixels();
  return { first: signed ? (words[1]! << 16) >> 16 : words[1]!, bits, entries };
}

/** The entry for a value. */
export function lookUp({ first, entries }: LookupTable, value: number): number {
  return entries[Math.max(0, Math.min(entries.length - 1, Math.round(value) - first))]!;
}

/** The words of an element in the order of this machine. */
export function wordsOf(dataset: Dataset, tag: number): Uint16Array | undefined {
  const bytes = dataset.elements.get(tag)?.bytes;
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length >> 1 }, (_, at) => view.getUint16(at * 2, dataset.littleEndian));
}
