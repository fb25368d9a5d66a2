// One frame, decoded: cells as they were allocated, pixel after pixel, the colours of a pixel side by side.
import type { PixelDescription } from './pixel-description.ts';

export type Cells = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export interface Frame {
  /** Of the cells, not of the file: never planar, never 422, photometric as decoded. One bit stands in a byte of its own. */
  readonly description: PixelDescription;
  readonly cells: Cells;
}

/** How many samples a frame has. */
export function cellCount({ rows, columns, samples }: PixelDescription): number {
  return rows * columns * samples;
}

/** Takes bytes in the order of this machine (little endian, as every one that Node runs on) for cells. */
export function cellsOver({ allocated, floating, signed }: PixelDescription, bytes: Uint8Array): Cells {
  const { buffer, byteOffset, length } = aligned(bytes, allocated);
  if (floating && allocated === 32) return new Float32Array(buffer, byteOffset, length / 4);
  if (floating) return new Float64Array(buffer, byteOffset, length / 8);
  if (allocated === 32) return signed ? new Int32Array(buffer, byteOffset, length / 4) : new Uint32Array(buffer, byteOffset, length / 4);
  if (allocated === 16) return signed ? new Int16Array(buffer, byteOffset, length / 2) : new Uint16Array(buffer, byteOffset, length / 2);
  return signed ? new Int8Array(buffer, byteOffset, length) : new Uint8Array(buffer, byteOffset, length);
}

/** The bytes of cells, not copied. */
export function bytesOver(cells: Cells): Uint8Array {
  return new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength);
}

/**
 * Takes the stored bits out of cells that hold others beside them: overlays of old (PS3.5 8.1.1), or a sign that was not carried on.
 * What is clean already is given back as it is.
 */
export function storedValues({ description, cells }: Frame): Cells {
  const { stored, highBit, allocated, signed, floating } = description;
  if (floating || allocated === 1 || (stored === allocated && highBit === allocated - 1)) return cells;
  const up = 31 - highBit;
  const down = 32 - stored;
  const values = cells.slice();
  for (let at = 0; at < values.length; at += 1) values[at] = signed ? (values[at]! << up) >> down : (values[at]! << up) >>> down;
  return values;
}

function aligned(bytes: Uint8Array, allocated: number): Uint8Array {
  const size = Math.max(1, allocated / 8);
  // Not slice: that of a Buffer of Node copies nothing.
  return bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
}
