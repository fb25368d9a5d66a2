// JPEG Lossless, process 14 with any predictor (ISO/IEC 10918-1, Annex H): transfer syntaxes .57 and .70.
import { jpegBits, type JpegBits } from './jpeg-bits.ts';
import type { JpegScan, JpegStream } from './jpeg-stream.ts';
import { refusePixels } from './refuse-pixels.ts';

/** Decodes to interleaved samples as the stream has them, without a sign. */
export function decodeJpegLossless(bytes: Uint8Array, stream: JpegStream): Uint16Array {
  const { precision, rows, columns, components, scans } = stream;
  if (precision < 2 || precision > 16 || components.some(({ across, down }) => across !== 1 || down !== 1)) refusePixels();
  const done = scans.flatMap((scan) => scan.components.map(({ index }) => index));
  if (components.some((_, index) => !done.includes(index))) refusePixels();
  const samples = new Uint16Array(rows * columns * components.length);
  for (const scan of scans) decodeScan(bytes, stream, scan, samples);
  return samples;
}

function decodeScan(bytes: Uint8Array, { precision, rows, columns, components: { length: step } }: JpegStream, scan: JpegScan, samples: Uint16Array): void {
  const { selection, shift, restartInterval } = scan;
  if (selection < 1 || selection > 7 || restartInterval % columns !== 0 || shift >= precision) refusePixels();
  const bits = jpegBits(bytes, scan.from, scan.end);
  const parts = scan.components.map(({ index, dc }) => ({ index, table: scan.huffman.get(dc) ?? refusePixels() }));
  const rowsBetween = restartInterval / columns;
  const predict = predictors[selection]!;
  const first = 1 << (precision - shift - 1);
  for (let y = 0; y < rows; y += 1) {
    const restarted = rowsBetween > 0 && y % rowsBetween === 0;
    if (restarted && y > 0) bits.restart();
    const above = y > 0 && !restarted;
    for (let x = 0; x < columns; x += 1) {
      for (const { index, table } of parts) {
        const at = (y * columns + x) * step + index;
        const predicted = predictedAt(samples, at, x, above, step, columns * step, first, predict);
        samples[at] = predicted + differenceOf(bits, table);
      }
    }
  }
  if (shift > 0) for (const { index } of parts) for (let at = index; at < samples.length; at += step) samples[at] = samples[at]! << shift;
}

/** H.1.2.1: the first line is predicted from the left, the first column from above. */
function predictedAt(samples: Uint16Array, at: number, x: number, above: boolean, step: number, line: number, first: number, predict: Predict): number {
  if (!above) return x === 0 ? first : samples[at - step]!;
  if (x === 0) return samples[at - line]!;
  return predict(samples[at - step]!, samples[at - line]!, samples[at - line - step]!);
}

function differenceOf(bits: JpegBits, table: Uint16Array): number {
  const length = bits.symbol(table);
  if (length > 16) refusePixels();
  return length === 16 ? 32_768 : bits.signedOf(length);
}

type Predict = (left: number, above: number, corner: number) => number;

/** Table H.1. */
const predictors: readonly Predict[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (_left, _above, corner) => corner,
  (left, above, corner) => left + above - corner,
  (left, above, corner) => left + ((above - corner) >> 1),
  (left, above, corner) => above + ((left - corner) >> 1),
  (left, above) => (left + above) >> 1,
];
