// JPEG Extended with 12 bits, processes 2 and 4 (ISO/IEC 10918-1, Annex F): transfer syntax .51. No packaged codec of ours reads 12 bits.
import { jpegBits, type JpegBits } from './jpeg-bits.ts';
import type { JpegScan, JpegStream } from './jpeg-stream.ts';
import { refusePixels } from './refuse-pixels.ts';

/** Decodes a sequential grey stream of 8 or 12 bits; colour of 12 bits is refused (DICOM knows none). */
export function decodeJpegExtended(bytes: Uint8Array, stream: JpegStream): Uint16Array {
  const { components, scans: [scan], rows, columns, precision } = stream;
  const [component] = components;
  if (components.length !== 1 || scan === undefined || stream.scans.length !== 1) return refusePixels();
  const [part] = scan.components;
  const dc = scan.huffman.get(part!.dc);
  const ac = scan.huffman.get(part!.ac);
  const quantizer = scan.quantizers.get(component!.quantizer);
  if (dc === undefined || ac === undefined || quantizer === undefined) return refusePixels();
  return decodeBlocks(jpegBits(bytes, scan.from, scan.end), { dc, ac, quantizer }, { rows, columns, precision, scan });
}

interface Tables { readonly dc: Uint16Array; readonly ac: Uint16Array; readonly quantizer: Uint16Array }
interface Area { readonly rows: number; readonly columns: number; readonly precision: number; readonly scan: JpegScan }

function decodeBlocks(bits: JpegBits, tables: Tables, { rows, columns, precision, scan }: Area): Uint16Array {
  const samples = new Uint16Array(rows * columns);
  const across = Math.ceil(columns / 8);
  const blocks = across * Math.ceil(rows / 8);
  const block = new Float32Array(64);
  let dc = 0;
  for (let at = 0; at < blocks; at += 1) {
    if (scan.restartInterval > 0 && at > 0 && at % scan.restartInterval === 0) {
      bits.restart();
      dc = 0;
    }
    dc = readBlock(bits, tables, dc, block);
    turnBack(block);
    place(block, samples, { rows, columns }, Math.floor(at / across) * 8, (at % across) * 8, precision);
  }
  return samples;
}

/** F.2.2: one difference, then runs of zeros and values. Gives the DC of the block for the next. */
function readBlock(bits: JpegBits, { dc, ac, quantizer }: Tables, before: number, block: Float32Array): number {
  block.fill(0);
  const length = bits.symbol(dc);
  if (length > 15) refusePixels();
  const mean = before + bits.signedOf(length);
  block[0] = mean * quantizer[0]!;
  let k = 1;
  while (k < 64) {
    const symbol = bits.symbol(ac);
    const size = symbol & 15;
    if (size === 0 && symbol !== 0xf0) break;
    k += symbol >> 4;
    if (k > 63) refusePixels();
    if (size > 0) block[zigzag[k]!] = bits.signedOf(size) * quantizer[k]!;
    k += 1;
  }
  return mean;
}

/** A.3.3, by rows and then by columns. */
function turnBack(block: Float32Array): void {
  for (let y = 0; y < 8; y += 1) turnLine(block, y * 8, 1);
  for (let x = 0; x < 8; x += 1) turnLine(block, x, 8);
}

const line = new Float32Array(8);

function turnLine(block: Float32Array, start: number, step: number): void {
  for (let x = 0; x < 8; x += 1) {
    let sum = 0;
    for (let u = 0; u < 8; u += 1) sum += block[start + u * step]! * cosines[x * 8 + u]!;
    line[x] = sum;
  }
  for (let x = 0; x < 8; x += 1) block[start + x * step] = line[x]!;
}

const cosines = Float32Array.from({ length: 64 }, (_, at) => {
  const u = at % 8;
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * Math.floor(at / 8) + 1) * u * Math.PI) / 16);
});

function place(block: Float32Array, samples: Uint16Array, { rows, columns }: Pick<Area, 'rows' | 'columns'>, top: number, left: number, precision: number): void {
  const middle = 1 << (precision - 1);
  const most = (1 << precision) - 1;
  for (let y = 0; y < 8 && top + y < rows; y += 1) {
    for (let x = 0; x < 8 && left + x < columns; x += 1) {
      samples[(top + y) * columns + left + x] = Math.max(0, Math.min(most, Math.round(block[y * 8 + x]! + middle)));
    }
  }
}

const zigzag = [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63];
