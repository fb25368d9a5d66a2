// Pixels that stand as they are (DICOM PS3.5 2024e, 8.1 and A.1 to A.3).
import { cellCount, cellsOver, type Cells } from './frame.ts';
import type { PixelDescription } from './pixel-description.ts';
import { refusePixels } from './refuse-pixels.ts';

export interface NativeOrder {
  readonly littleEndian: boolean;
  /** OW: of 8-bit cells in big endian, two change places (PS3.5 A.3). */
  readonly words?: boolean;
  /** At which bit of its first byte a frame of single bits begins. */
  readonly firstBit?: number;
}

/** Takes a native frame apart to interleaved cells. Longer bytes are padding; shorter ones are refused. */
export function readNative(description: PixelDescription, bytes: Uint8Array, order: NativeOrder): Cells {
  const { allocated, photometric } = description;
  if (allocated === 1) return readBits(bytes, cellCount(description), order);
  const halved = isHalved(photometric);
  const count = halved ? description.rows * description.columns * 2 : cellCount(description);
  const size = allocated / 8;
  if (bytes.length < count * size) refusePixels(bytes.length);
  // With its byte of padding, where there is one: words are swapped whole.
  const own = inOrderOfMachine(bytes.subarray(0, count * size + ((count * size) & 1)), size, order).subarray(0, count * size);
  const cells = cellsOver(description, own);
  if (halved) return spreadColours(cells);
  return description.planar ? interleave(cells, description.samples) : cells;
}

/** Two pixels share their colours. */
export function isHalved(photometric: string): boolean {
  return photometric === 'YBR_FULL_422' || photometric === 'YBR_PARTIAL_422';
}

/** From colour after colour to pixel after pixel. */
export function interleave(planes: Cells, samples: number): Cells {
  const cells = planes.slice();
  const pixels = cells.length / samples;
  for (let sample = 0; sample < samples; sample += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1) cells[pixel * samples + sample] = planes[sample * pixels + pixel]!;
  }
  return cells;
}

/** The lowest bit of a byte is the first pixel (PS3.5 8.1.1). */
function readBits(bytes: Uint8Array, count: number, { littleEndian, words = false, firstBit = 0 }: NativeOrder): Uint8Array {
  if (firstBit + count > bytes.length * 8) refusePixels(bytes.length);
  const swap = words && !littleEndian ? 1 : 0;
  if (swap === 1 && bytes.length % 2 === 1) refusePixels(bytes.length);
  const cells = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) {
    const bit = firstBit + at;
    cells[at] = (bytes[(bit >> 3) ^ swap]! >> (bit & 7)) & 1;
  }
  return cells;
}

function inOrderOfMachine(bytes: Uint8Array, size: number, { littleEndian, words = false }: NativeOrder): Uint8Array {
  const step = size === 1 && words ? 2 : size;
  if (littleEndian || step === 1) return bytes;
  if (bytes.length % step !== 0) refusePixels(bytes.length);
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += step) {
    for (let byte = 0; byte < step; byte += 1) swapped[at + byte] = bytes[at + step - 1 - byte]!;
  }
  return swapped;
}

/** Y1 Y2 Cb Cr to Y1 Cb Cr Y2 Cb Cr (PS3.3 C.7.6.3.1.2). */
function spreadColours(pairs: Cells): Cells {
  if (pairs.length % 4 !== 0 || pairs.BYTES_PER_ELEMENT !== 1) refusePixels();
  const cells = new Uint8Array((pairs.length / 2) * 3);
  for (let from = 0, to = 0; from < pairs.length; from += 4, to += 6) {
    cells[to] = pairs[from]!;
    cells[to + 3] = pairs[from + 1]!;
    cells[to + 1] = cells[to + 4] = pairs[from + 2]!;
    cells[to + 2] = cells[to + 5] = pairs[from + 3]!;
  }
  return cells;
}
