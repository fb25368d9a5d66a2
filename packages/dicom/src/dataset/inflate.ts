// Deflated data sets (DICOM PS3.5 2024e, A.5): RFC 1951 without a zlib head.
import { Inflate } from 'fflate';
import { DicomError } from './dicom-error.ts';

/** Deflate makes at most 1032 bytes of one: pieces of this size keep what one step can make near 2 MiB. */
const piece = 2048;

export interface Inflater {
  /** What the bytes stand for, made a little at a time: who stops asking stops the work. */
  push(chunk: Uint8Array): Iterable<Uint8Array>;
  /** Says that no bytes come any more; refuses a stream that has not ended. */
  end(): Iterable<Uint8Array>;
}

/** Inflates piece by piece, never more than `maxBytes` in all. */
export function inflater(maxBytes: number): Inflater {
  let made: Uint8Array[] = [];
  let total = 0;
  const state = { ended: false };
  const stream = new Inflate((chunk, last) => {
    total += chunk.length;
    state.ended ||= last;
    if (total > maxBytes) throw new DicomError('dicom.deflate-too-long');
    if (chunk.length > 0) made.push(chunk);
  });
  const take = (bytes: Uint8Array, last: boolean): Uint8Array[] => {
    made = [];
    if (!state.ended) pushPiece(stream, bytes, last);
    return made;
  };
  return {
    *push(bytes) {
      for (let from = 0; from < bytes.length && !state.ended; from += piece) yield* take(bytes.subarray(from, from + piece), false);
    },
    end: () => take(new Uint8Array(0), true),
  };
}

export function inflateAll(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const stream = inflater(maxBytes);
  return concatenated([...stream.push(bytes), ...stream.end()]);
}

function pushPiece(stream: Inflate, bytes: Uint8Array, last: boolean): void {
  try {
    stream.push(bytes, last);
  } catch (error) {
    if (error instanceof DicomError) throw error;
    throw new DicomError('dicom.deflate');
  }
}

export function concatenated(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  chunks.reduce((at, chunk) => {
    all.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return all;
}
