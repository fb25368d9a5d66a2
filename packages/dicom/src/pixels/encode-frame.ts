import { deflateSync } from 'fflate';
import { htj2kCodec, jpeg2000Codec, jpegCodec, jpegLsCodec, runEncoder } from './codecs.ts';
import { toRgb } from './colours.ts';
import { bytesOver, cellCount, storedValues, type Cells, type Frame } from './frame.ts';
import type { PixelDescription } from './pixel-description.ts';
import { refuseEncoding } from './refuse-pixels.ts';
import { encodeRle } from './rle.ts';

export interface EncodedFrame {
  /** Of even length, without a fragment's head. */
  readonly bytes: Uint8Array;
  /** What Photometric Interpretation has to say of it. */
  readonly photometric: string;
}

/** JPEG quality for baseline: what cannot be told from the original on a monitor. */
const usualQuality = 90;

/** The transfer syntaxes `encodeFrame` writes, besides native ones of little endian. */
export const encodable: readonly string[] = [
  '1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.5', '1.2.840.10008.1.2.8.1',
  '1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.201', '1.2.840.10008.1.2.4.202',
];

/**
 * Encodes a frame in one of `encodable`; all but JPEG baseline lose nothing. Refuses (`dicom.pixels-unencodable`) what the syntax cannot
 * hold: more than 8 bits in baseline, overlays hidden in high bits, floats, colours a codec would have to change.
 */
export async function encodeFrame(frame: Frame, transferSyntaxUid: string, quality = usualQuality): Promise<EncodedFrame> {
  const { description } = frame;
  const { photometric } = description;
  switch (transferSyntaxUid) {
    case '1.2.840.10008.1.2':
    case '1.2.840.10008.1.2.1':
    case '1.2.840.10008.1.2.1.99':
      return { bytes: even(nativeBytes(frame)), photometric };
    case '1.2.840.10008.1.2.5':
      return { bytes: even(runsOf(frame)), photometric };
    case '1.2.840.10008.1.2.8.1':
      return { bytes: even(deflateSync(nativeBytes(frame))), photometric };
    case '1.2.840.10008.1.2.4.50':
      return encodeJpeg(frame, quality);
    case '1.2.840.10008.1.2.4.80':
      return { bytes: even(await encodeLs(description, packed(frame))), photometric };
    case '1.2.840.10008.1.2.4.90':
      return encodeJ2k(frame);
    case '1.2.840.10008.1.2.4.201':
    case '1.2.840.10008.1.2.4.202':
      return encodeHtj2k(frame);
    default:
      return refuseEncoding();
  }
}

/** Cells back to the bytes of a native frame: single bits eight to a byte. */
function nativeBytes({ description, cells }: Frame): Uint8Array {
  if (description.allocated !== 1) return bytesOver(cells);
  const bytes = new Uint8Array(Math.ceil(cells.length / 8));
  for (let at = 0; at < cells.length; at += 1) bytes[at >> 3]! |= cells[at]! << (at & 7);
  return bytes;
}

function runsOf(frame: Frame): Uint8Array {
  const { allocated, samples, columns } = frame.description;
  const bytes = nativeBytes(frame);
  if (allocated === 1) return encodeRle(bytes, { pixels: bytes.length, samples: 1, size: 1 }, bytes.length);
  if (samples * allocated > 15 * 8) return refuseEncoding();
  return encodeRle(bytes, { pixels: cellCount(frame.description) / samples, samples, size: allocated / 8 }, columns);
}

async function encodeJpeg(frame: Frame, quality: number): Promise<EncodedFrame> {
  const { description } = frame;
  const { samples, stored, signed } = description;
  if (stored !== 8 || signed || description.photometric === 'PALETTE COLOR') return refuseEncoding();
  const cells = samples === 3 ? toRgb(packed(frame), description.photometric) : packed(frame);
  const bytes = await writeJpeg(bytesOver(cells), description, quality);
  return { bytes: even(bytes), photometric: samples === 3 ? 'YBR_FULL_422' : description.photometric };
}

/** A JPEG file of 8-bit grey or RGB, for DICOM and for browsers alike. */
export async function writeJpeg(cells: Uint8Array, { rows, columns, samples }: Pick<PixelDescription, 'rows' | 'columns' | 'samples'>, quality: number): Promise<Uint8Array> {
  const info = { width: columns, height: rows, bitsPerSample: 8, componentCount: samples, isSigned: false };
  return runEncoder(jpegCodec, ({ JPEGEncoder }) => JPEGEncoder, info, cells, (encoder) => {
    encoder.setQuality(quality);
    encoder.setSubSampling(samples === 3 ? subsampled422 : grey);
  });
}

/** TJSAMP of libjpeg-turbo. */
const subsampled422 = 1;
const grey = 3;

async function encodeLs(description: PixelDescription, cells: Cells): Promise<Uint8Array> {
  return runEncoder(jpegLsCodec, ({ JpegLSEncoder }) => JpegLSEncoder, codecFrame({ ...description, signed: false }), unsigned(cells, description.stored), (encoder) => {
    encoder.setNearLossless(0);
    encoder.setInterleaveMode(description.samples === 3 ? interleavedBySample : notInterleaved);
  });
}

const notInterleaved = 0;
const interleavedBySample = 2;

async function encodeJ2k(frame: Frame): Promise<EncodedFrame> {
  const { samples, photometric } = frame.description;
  // OpenJPEG turns any three colours over; of other colours than RGB nobody could say so.
  if (samples === 3 && photometric !== 'RGB') return refuseEncoding();
  const bytes = await runEncoder(jpeg2000Codec, ({ J2KEncoder }) => J2KEncoder, codecFrame(frame.description), bytesOver(packed(frame)), (encoder) => {
    encoder.setQuality(true, 0);
    encoder.setDecompositions(halvingsOf(frame.description));
  });
  return { bytes: even(bytes), photometric: samples === 3 ? 'YBR_RCT' : photometric };
}

/** OpenJPEG halves five times unless told, and writes nothing when a side is shorter than that. */
function halvingsOf({ rows, columns }: PixelDescription): number {
  return Math.min(5, Math.floor(Math.log2(Math.min(rows, columns))));
}

async function encodeHtj2k(frame: Frame): Promise<EncodedFrame> {
  const { photometric } = frame.description;
  const turned = photometric === 'RGB';
  const info = { ...codecFrame(frame.description), isUsingColorTransform: turned };
  const bytes = await runEncoder(htj2kCodec, ({ HTJ2KEncoder }) => HTJ2KEncoder, info, bytesOver(packed(frame)), (encoder) => {
    encoder.setQuality(true, 0);
    // What .202 asks for (PS3.5 2024e, A.4.4): by resolution first, with a table of tile-part lengths. It does .201 no harm.
    encoder.setProgressionOrder(resolutionFirst);
    encoder.setTLMMarker(true);
  });
  return { bytes: even(bytes), photometric: turned ? 'YBR_RCT' : photometric };
}

/** RPCL. */
const resolutionFirst = 2;

function codecFrame({ rows, columns, samples, stored, signed }: PixelDescription): CodecFrame {
  return { width: columns, height: rows, bitsPerSample: stored, componentCount: samples, isSigned: signed };
}

/** Cells for a codec, in as many bytes as it reads. Codecs keep the stored bits only: whatever else is in a cell would be lost. */
function packed(frame: Frame): Cells {
  const { allocated, floating, stored, signed } = frame.description;
  if (floating || allocated === 1 || stored > 16) return refuseEncoding();
  const values = storedValues(frame);
  if (values !== frame.cells && values.some((value, at) => value !== frame.cells[at])) return refuseEncoding();
  if (stored <= 8) return values.BYTES_PER_ELEMENT === 1 ? values : signed ? Int8Array.from(values) : Uint8Array.from(values);
  return values.BYTES_PER_ELEMENT === 2 ? values : signed ? Int16Array.from(values) : Uint16Array.from(values);
}

/** JPEG-LS knows no sign: the stored bits, nothing above them. */
function unsigned(cells: Cells, stored: number): Uint8Array {
  const mask = 2 ** stored - 1;
  const plain = cells.BYTES_PER_ELEMENT === 1 ? new Uint8Array(cells.length) : new Uint16Array(cells.length);
  for (let at = 0; at < cells.length; at += 1) plain[at] = cells[at]! & mask;
  return bytesOver(plain);
}

function even(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  return padded;
}
