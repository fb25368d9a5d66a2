import { DicomError } from '../dataset/dicom-error.ts';
import type { Header } from '../dataset/header-reader.ts';
import { fragmentScanner, type Fragments } from './fragment-scanner.ts';
import { encapsulatedFrames, nativeFrames, type FrameIndex } from './frame-index.ts';

/** Reads up to `length` bytes that stand at `offset` of the data set; fewer only at its end. */
export type ReadRange = (offset: number, length: number) => Promise<Uint8Array>;

/** Heads of small fragments come many in one window; of large ones, one each, and little is read in vain. */
const window = 4096;

/**
 * Tells which bytes of a data set are which frame, however long it is: of native pixels by arithmetic, of encapsulated ones from the heads
 * of their fragments, which `read` fetches. Offsets count from the start of the data set (of a deflated one: inflated).
 */
export async function frameRanges(header: Pick<Header, 'dataset' | 'pixels' | 'transferSyntax'>, read: ReadRange): Promise<FrameIndex> {
  const { dataset, pixels, transferSyntax } = header;
  if (pixels === undefined) return { kind: 'none', frames: [], frameBits: undefined, findings: [] };
  if (pixels.length !== undefined) return nativeFrames(dataset, pixels, pixels.length);
  return encapsulatedFrames(dataset, pixels, transferSyntax, await scan(pixels.offset, read));
}

async function scan(start: number, read: ReadRange): Promise<Fragments> {
  const scanner = fragmentScanner(start);
  for (;;) {
    const offset = scanner.next;
    const bytes = await read(offset, window);
    const fragments = scanner.take(offset, bytes);
    if (fragments !== undefined) return fragments;
    if (bytes.length === 0 || scanner.next === offset) throw new DicomError('dicom.truncated', offset);
  }
}
