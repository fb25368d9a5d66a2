// Where the frames of an instance lie in its file, as it is kept. Pure.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FrameIndex } from '@sen/dicom';

/** From the start of the file. */
export interface FramePart {
  readonly offset: number;
  readonly length: number;
}

export interface StoredFrames {
  readonly kind: FrameIndex['kind'];
  /** Of native pixels below a byte each: bits of a frame. */
  readonly frameBits?: number;
  readonly frames: readonly (readonly FramePart[])[];
}

/** Few bytes for many frames: each part as its distance from the end of the one before, and its length. */
export function packFrames({ kind, frames, frameBits }: FrameIndex, datasetOffset: number): Buffer | undefined {
  if (kind === 'none') return undefined;
  let end = 0;
  const parts = frames.map((parts) => parts.flatMap(({ offset, length }) => {
    const from = offset + datasetOffset;
    const distance = from - end;
    end = from + length;
    return [distance, length];
  }));
  return deflateRawSync(JSON.stringify([kind, frameBits ?? 0, parts]));
}

export function unpackFrames(packed: Uint8Array): StoredFrames {
  const [kind, frameBits, lists] = JSON.parse(inflateRawSync(packed).toString()) as [FrameIndex['kind'], number, number[][]];
  let end = 0;
  const frames = lists.map((list) => Array.from({ length: list.length / 2 }, (_, i) => {
    const offset = end + list[2 * i]!;
    const length = list[2 * i + 1]!;
    end = offset + length;
    return { offset, length };
  }));
  return { kind, ...(frameBits > 0 && { frameBits }), frames };
}
