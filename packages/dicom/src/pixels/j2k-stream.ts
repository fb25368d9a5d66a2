// The main header of a JPEG 2000 or HTJ2K code stream (ISO/IEC 15444-1, Annex A), and whether all of its tile parts are there.
import { refusePixels } from './refuse-pixels.ts';

export interface J2kStream {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly bits: number;
  readonly signed: boolean;
  /** The colours are turned over (RCT or ICT): whoever decodes gets RGB. */
  readonly turned: boolean;
  /** HTJ2K (15444-15): there is a CAP marker. */
  readonly highThroughput: boolean;
  readonly codestream: Uint8Array;
}

/** Reads the head; refuses a stream cut short, which decoders would fill with what looks like an image. */
export function readJ2kStream(bytes: Uint8Array): J2kStream {
  const codestream = bytes.subarray(streamStart(bytes));
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.byteLength);
  let size: Pick<J2kStream, 'rows' | 'columns' | 'samples' | 'bits' | 'signed'> | undefined;
  let turned = false;
  let highThroughput = false;
  let at = 2;
  while (at + 4 <= codestream.length) {
    const marker = view.getUint16(at);
    if (marker === 0xff90) break;
    const length = view.getUint16(at + 2);
    if (marker < 0xff00 || length < 2 || at + 2 + length > codestream.length) refusePixels(at);
    if (marker === 0xff51) size = sizeOf(view, at + 4, length);
    if (marker === 0xff52 && length >= 12) turned = view.getUint8(at + 8) === 1;
    if (marker === 0xff50) highThroughput = true;
    at += 2 + length;
  }
  if (size === undefined) return refusePixels();
  checkTileParts(view, at);
  return { ...size, turned, highThroughput, codestream };
}

/** Some writers wrap the code stream in the boxes of a JP2 file. */
function streamStart(bytes: Uint8Array): number {
  if (bytes[0] === 0xff && bytes[1] === 0x4f) return 0;
  const boxed = bytes[4] === 0x6a && bytes[5] === 0x50;
  if (!boxed) refusePixels(0);
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0x4f && bytes[at + 2] === 0xff && bytes[at + 3] === 0x51) return at;
  }
  return refusePixels(0);
}

function sizeOf(view: DataView, at: number, length: number): Pick<J2kStream, 'rows' | 'columns' | 'samples' | 'bits' | 'signed'> {
  if (length < 41) refusePixels(at);
  const samples = view.getUint16(at + 34);
  const depth = view.getUint8(at + 36);
  if (length < 38 + samples * 3) refusePixels(at);
  // DICOM has all colours as fine and as deep as each other (PS3.5 2024e, 8.2.4); decoders differ on what else to do.
  for (let sample = 0; sample < samples; sample += 1) {
    const [own, across, down] = [0, 1, 2].map((byte) => view.getUint8(at + 36 + sample * 3 + byte));
    if (own !== depth || across !== 1 || down !== 1) refusePixels(at);
  }
  return {
    columns: view.getUint32(at + 2) - view.getUint32(at + 10),
    rows: view.getUint32(at + 6) - view.getUint32(at + 14),
    samples,
    bits: (depth & 0x7f) + 1,
    signed: depth > 0x7f,
  };
}

/** A.4.2: each tile part tells its length; 0 means up to the end. */
function checkTileParts(view: DataView, start: number): void {
  let at = start;
  if (at + 12 > view.byteLength) refusePixels(at);
  while (at + 12 <= view.byteLength && view.getUint16(at) === 0xff90) {
    const length = view.getUint32(at + 6);
    if (length === 0) return;
    if (length < 14 || at + length > view.byteLength) refusePixels(at);
    at += length;
  }
}
