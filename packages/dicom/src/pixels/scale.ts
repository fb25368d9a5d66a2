// Pictures of another size: the mean of what falls together where it shrinks, between neighbours where it grows.
import type { Picture } from './paint.ts';

/** Scales along one axis, then the other. */
export function scalePicture(picture: Picture, columns: number, rows: number): Picture {
  if (columns === picture.columns && rows === picture.rows) return picture;
  const { samples } = picture;
  const across = resample(picture.pixels, { lines: picture.rows, from: picture.columns, to: columns, step: samples, line: picture.columns * samples, samples }, columns * samples);
  const pixels = resample(across, { lines: columns, from: picture.rows, to: rows, step: columns * samples, line: samples, samples }, samples);
  return { rows, columns, samples, pixels: Uint8Array.from(pixels, (value) => Math.round(value)) };
}

interface Lines {
  readonly lines: number;
  readonly from: number;
  readonly to: number;
  /** From one pixel of a line to the next, in source and target alike where lines are columns. */
  readonly step: number;
  readonly line: number;
  readonly samples: number;
}

function resample(source: Uint8Array | Float32Array, { lines, from, to, step, line, samples }: Lines, targetLine: number): Float32Array {
  const target = new Float32Array(lines * to * samples);
  const weights = weightsOf(from, to);
  for (let at = 0; at < to; at += 1) {
    const { first, parts } = weights[at]!;
    for (let row = 0; row < lines; row += 1) {
      for (let sample = 0; sample < samples; sample += 1) {
        let sum = 0;
        for (let part = 0; part < parts.length; part += 1) sum += source[row * line + (first + part) * step + sample]! * parts[part]!;
        target[row * targetLine + at * step + sample] = sum;
      }
    }
  }
  return target;
}

interface Weights {
  readonly first: number;
  readonly parts: readonly number[];
}

function weightsOf(from: number, to: number): Weights[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, at) => (ratio > 1 ? meanOver(at * ratio, Math.min(from, (at + 1) * ratio)) : betweenTwo((at + 0.5) * ratio - 0.5, from)));
}

function meanOver(start: number, end: number): Weights {
  const first = Math.floor(start);
  const count = Math.max(1, Math.ceil(end - 1e-9) - first);
  const parts = Array.from({ length: count }, (_, at) => Math.min(end, first + at + 1) - Math.max(start, first + at));
  const sum = parts.reduce((total, part) => total + part, 0);
  return { first, parts: parts.map((part) => part / sum) };
}

function betweenTwo(place: number, from: number): Weights {
  const inside = Math.max(0, Math.min(from - 1, place));
  const first = Math.floor(inside);
  return first === inside ? { first, parts: [1] } : { first, parts: [first + 1 - inside, inside - first] };
}
