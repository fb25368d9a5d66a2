// RLE Lossless (DICOM PS3.5 2024e, Annex G): a header of 64 bytes, then one PackBits segment for each byte plane, the high byte first.
import { refusePixels } from './refuse-pixels.ts';

export interface Planes {
  readonly pixels: number;
  readonly samples: number;
  /** Bytes of a sample. */
  readonly size: number;
}

const headerBytes = 64;
const mostSegments = 15;

/** Decodes a frame to cells of this machine's order, the samples of a pixel side by side. */
export function decodeRle(bytes: Uint8Array, { pixels, samples, size }: Planes): Uint8Array {
  const offsets = segmentOffsets(bytes, samples * size);
  const cells = new Uint8Array(pixels * samples * size);
  const step = samples * size;
  for (let segment = 0; segment < samples * size; segment += 1) {
    const sample = Math.floor(segment / size);
    // Segments run from the high byte down, cells from the low byte up.
    const place = sample * size + (size - 1 - (segment % size));
    unpackSegment(bytes, offsets[segment]!, offsets[segment + 1]!, cells, place, step);
  }
  return cells;
}

/** Encodes cells as `decodeRle` gives them. Each row begins a run of its own (G.3.1), segments are even. */
export function encodeRle(cells: Uint8Array, { pixels, samples, size }: Planes, columns: number): Uint8Array {
  const segments = samples * size;
  // The worst case of PackBits: one more byte for every 128, and the last of a row by itself.
  const rows = Math.ceil(pixels / columns);
  const out = new Uint8Array(headerBytes + segments * (rows * (columns + Math.ceil(columns / 128)) + 1));
  const view = new DataView(out.buffer);
  const row = new Uint8Array(columns);
  view.setUint32(0, segments, true);
  let at = headerBytes;
  for (let segment = 0; segment < segments; segment += 1) {
    view.setUint32(4 + segment * 4, at, true);
    const place = Math.floor(segment / size) * size + (size - 1 - (segment % size));
    for (let start = 0; start < pixels; start += columns) {
      const length = Math.min(columns, pixels - start);
      for (let x = 0; x < length; x += 1) row[x] = cells[(start + x) * segments + place]!;
      at = packRow(row, length, out, at);
    }
    at += at & 1;
  }
  return out.slice(0, at);
}

function segmentOffsets(bytes: Uint8Array, segments: number): number[] {
  if (bytes.length < headerBytes || segments > mostSegments) refusePixels();
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  if (view.getUint32(0, true) !== segments) refusePixels(0);
  const offsets = Array.from({ length: segments }, (_, at) => view.getUint32(4 + at * 4, true));
  offsets.push(bytes.length);
  if (offsets[0]! < headerBytes || offsets.some((offset, at) => offset > bytes.length || (at > 0 && offset < offsets[at - 1]!))) refusePixels(4);
  return offsets;
}

/** Fills every `step`th byte from `place`; refuses a segment that ends before the plane is full. */
function unpackSegment(bytes: Uint8Array, from: number, end: number, cells: Uint8Array, place: number, step: number): void {
  let at = from;
  let to = place;
  while (to < cells.length) {
    if (at >= end) refusePixels(at);
    const control = bytes[at]!;
    at += 1;
    if (control === 128) continue;
    const length = control < 128 ? control + 1 : 257 - control;
    const last = Math.min(cells.length, to + length * step);
    if (control < 128) {
      if (at + Math.ceil((last - to) / step) > end) refusePixels(at);
      for (let next = at; to < last; to += step, next += 1) cells[to] = bytes[next]!;
      at += length;
      continue;
    }
    if (at >= end) refusePixels(at);
    const value = bytes[at]!;
    at += 1;
    for (; to < last; to += step) cells[to] = value;
  }
}

function packRow(row: Uint8Array, length: number, out: Uint8Array, start: number): number {
  let at = start;
  let x = 0;
  while (x < length) {
    const run = runLength(row, x, length);
    if (run > 1) {
      out[at] = 257 - run;
      out[at + 1] = row[x]!;
      at += 2;
      x += run;
      continue;
    }
    const end = literalEnd(row, x, length);
    out[at] = end - x - 1;
    out.set(row.subarray(x, end), at + 1);
    at += 1 + end - x;
    x = end;
  }
  return at;
}

function runLength(row: Uint8Array, from: number, length: number): number {
  const last = Math.min(length, from + 128);
  let at = from + 1;
  while (at < last && row[at] === row[from]) at += 1;
  return at - from;
}

/** A literal goes on until three alike follow: a run of two would save nothing. */
function literalEnd(row: Uint8Array, from: number, length: number): number {
  const last = Math.min(length, from + 128);
  let at = from + 1;
  while (at < last && !(at + 2 < length && row[at] === row[at + 1] && row[at] === row[at + 2])) at += 1;
  return at;
}
