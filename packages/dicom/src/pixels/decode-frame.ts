import { inflateSync } from 'fflate';
import { transferSyntax } from '../dictionary/transfer-syntax.ts';
import { htj2kCodec, jpeg2000Codec, jpegCodec, jpegLsCodec, runDecoder } from './codecs.ts';
import { decodeJpegExtended } from './decode-jpeg-extended.ts';
import { decodeJpegLossless } from './decode-jpeg-lossless.ts';
import { bytesOver, cellCount, cellsOver, type Cells, type Frame } from './frame.ts';
import { readJ2kStream } from './j2k-stream.ts';
import { readJpegStream, type JpegStream } from './jpeg-stream.ts';
import { interleave, isHalved, readNative, type NativeOrder } from './native.ts';
import type { PixelDescription } from './pixel-description.ts';
import { refusePixels } from './refuse-pixels.ts';
import { decodeRle } from './rle.ts';
import { withColourMarker } from './colour-marker.ts';

/** Every frame of which is compressed by itself (PS3.5 A.4.14). */
const deflatedFrames = '1.2.840.10008.1.2.8.1';

/** A frame as it stands in the file: its bytes, or its fragments in their order. */
export interface StoredFrame {
  readonly bytes: Uint8Array | readonly Uint8Array[];
  /** Of native single bits: where in the first byte the frame begins (`frameBits` of the frame index, times the frame, modulo 8). */
  readonly firstBit?: number;
  /** The Pixel Data element is OW (native big endian only). */
  readonly words?: boolean;
}

/**
 * Decodes one frame, whatever its transfer syntax. Lossless ones give the cells of the file, bit by bit; colours that a JPEG or JPEG 2000
 * stream has turned over come back as RGB. Refuses (`dicom.pixels-undecodable`) what is damaged, cut short, not what the data set
 * describes, or moving pictures.
 */
export async function decodeFrame(description: PixelDescription, transferSyntaxUid: string, frame: StoredFrame): Promise<Frame> {
  const bytes = wholeOf(frame.bytes);
  const { encapsulated, littleEndian } = transferSyntax(transferSyntaxUid);
  if (!encapsulated) return decodeNative(description, bytes, { littleEndian: littleEndian && !bigEndianPixels.has(transferSyntaxUid), ...frame });
  const decode = decoders[transferSyntaxUid];
  if (decode === undefined || bytes.length === 0) return refusePixels();
  return decode(description, bytes);
}

/** Whether there is a decoder for this transfer syntax at all. */
export function canDecode(transferSyntaxUid: string): boolean {
  return !transferSyntax(transferSyntaxUid).encapsulated || transferSyntaxUid in decoders;
}

/** General Electric's private syntax: implicit little endian, but for the pixels. */
const bigEndianPixels = new Set(['1.2.840.113619.5.2']);

type Decode = (description: PixelDescription, bytes: Uint8Array) => Frame | Promise<Frame>;

const decoders: Readonly<Record<string, Decode>> = {
  '1.2.840.10008.1.2.5': decodeRuns,
  [deflatedFrames]: decodeDeflated,
  ...each(['4.50', '4.51', '4.53', '4.55', '4.57', '4.70'], decodeJpeg),
  ...each(['4.80', '4.81'], decodeJpegLs),
  ...each(['4.90', '4.91', '4.201', '4.202', '4.203'], decodeJ2k),
};

function each(ends: readonly string[], decode: Decode): Record<string, Decode> {
  return Object.fromEntries(ends.map((end) => [`1.2.840.10008.1.2.${end}`, decode]));
}

function wholeOf(parts: StoredFrame['bytes']): Uint8Array {
  if (parts instanceof Uint8Array) return parts;
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function decodeNative(description: PixelDescription, bytes: Uint8Array, order: NativeOrder): Frame {
  const photometric = isHalved(description.photometric) ? description.photometric.slice(0, -'_422'.length) : description.photometric;
  return { description: { ...description, planar: false, photometric }, cells: readNative(description, bytes, order) };
}

function decodeRuns(description: PixelDescription, bytes: Uint8Array): Frame {
  const { allocated, samples } = description;
  const count = cellCount(description);
  if (allocated === 1) return decodeNative(description, decodeRle(bytes, { pixels: Math.ceil(count / 8), samples: 1, size: 1 }), { littleEndian: true });
  const cells = decodeRle(bytes, { pixels: count / samples, samples, size: allocated / 8 });
  // RLE knows no 422: what is called so has all its samples.
  const photometric = isHalved(description.photometric) ? 'YBR_FULL' : description.photometric;
  return { description: { ...description, planar: false, photometric }, cells: cellsOver(description, cells) };
}

function decodeDeflated(description: PixelDescription, bytes: Uint8Array): Frame {
  const size = Math.ceil((cellCount(description) * description.allocated) / 8);
  try {
    // One byte of padding may follow the deflated ones, one the pixels; a longer frame than described fails here.
    return decodeNative(description, inflateSync(bytes, { out: new Uint8Array(size + (size & 1)) }), { littleEndian: true });
  } catch {
    return refusePixels();
  }
}

function decodeJpeg(description: PixelDescription, bytes: Uint8Array): Frame | Promise<Frame> {
  const stream = readJpegStream(bytes);
  if (!stream.complete || stream.scans.length === 0) refusePixels(bytes.length);
  mustFit(description, { ...stream, samples: stream.components.length, bits: stream.precision });
  if (stream.process === 0xc3) return ofStream(description, decodeJpegLossless(bytes, stream), stream.precision, losslessColours(description));
  if (stream.process === 0xc1 && stream.precision === 12) return ofStream(description, decodeJpegExtended(bytes, stream), 12, description.photometric);
  if (stream.precision === 8 && stream.process <= 0xc2) return decodeJpeg8(description, bytes, stream);
  return refusePixels();
}

async function decodeJpeg8(description: PixelDescription, bytes: Uint8Array, stream: JpegStream): Promise<Frame> {
  const decoded = await runDecoder(jpegCodec, ({ JPEGDecoder }) => JPEGDecoder, withColourMarker(bytes, stream, description.photometric), () => undefined);
  return ofStream(description, decoded.bytes, 8, description.samples === 3 ? 'RGB' : description.photometric);
}

/** A lossless stream turns no colours; what is called YBR_FULL_422 there has all its samples. */
function losslessColours({ photometric }: PixelDescription): string {
  return isHalved(photometric) ? 'YBR_FULL' : photometric;
}

async function decodeJpegLs(description: PixelDescription, bytes: Uint8Array): Promise<Frame> {
  const stream = readJpegStream(bytes);
  if (stream.process !== 0xf7 || !stream.complete) refusePixels(bytes.length);
  mustFit(description, { ...stream, samples: stream.components.length, bits: stream.precision });
  const decoded = await runDecoder(jpegLsCodec, ({ JpegLSDecoder }) => JpegLSDecoder, bytes, (decoder) => decoder.getInterleaveMode());
  const cells = cellsOf(decoded.bytes, stream.precision);
  return ofStream(description, decoded.more === 0 && description.samples === 3 ? interleave(cells, 3) : cells, stream.precision, losslessColours(description));
}

async function decodeJ2k(description: PixelDescription, bytes: Uint8Array): Promise<Frame> {
  const stream = readJ2kStream(bytes);
  mustFit(description, stream);
  const { codestream, bits, signed, turned } = stream;
  const decoded = stream.highThroughput
    ? await runDecoder(htj2kCodec, ({ HTJ2KDecoder }) => HTJ2KDecoder, codestream, () => undefined)
    : await runDecoder(jpeg2000Codec, ({ J2KDecoder }) => J2KDecoder, codestream, () => undefined);
  const photometric = turned || /^YBR_(ICT|RCT)$/.test(description.photometric) ? 'RGB' : description.photometric;
  return ofStream(description, cellsOf(decoded.bytes, bits, signed), bits, photometric);
}

function mustFit({ rows, columns, samples, allocated }: PixelDescription, stream: { rows: number; columns: number; samples: number; bits: number }): void {
  if (stream.rows !== rows || stream.columns !== columns || stream.samples !== samples) refusePixels();
  if (stream.bits > 16 || stream.bits > Math.max(8, allocated)) refusePixels();
}

function cellsOf(bytes: Uint8Array, bits: number, signed = false): Cells {
  if (bits > 8 && bytes.length % 2 === 1) return refusePixels(bytes.length);
  if (bits > 8) return signed ? new Int16Array(bytes.buffer) : new Uint16Array(bytes.buffer);
  return signed ? new Int8Array(bytes.buffer) : bytes;
}

/** Puts samples of a stream into cells as wide as described, and carries the sign on where the stream had none. */
function ofStream(description: PixelDescription, samples: Cells, bits: number, photometric: string): Frame {
  if (samples.length < cellCount(description)) refusePixels(samples.length);
  const { allocated, signed, floating } = description;
  if (floating || allocated === 1) refusePixels();
  const size = allocated / 8;
  const cells = samples.BYTES_PER_ELEMENT === size ? cellsOver(description, bytesOver(samples)) : cellsOver(description, new Uint8Array(samples.length * size));
  const spare = 32 - Math.min(bits, allocated);
  const carry = signed && spare > 32 - allocated;
  if (carry || samples.BYTES_PER_ELEMENT !== size) {
    for (let at = 0; at < cells.length; at += 1) cells[at] = carry ? (samples[at]! << spare) >> spare : samples[at]!;
  }
  return { description: { ...description, planar: false, photometric }, cells };
}
