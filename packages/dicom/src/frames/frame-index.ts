// Which bytes are which frame (DICOM PS3.5 2024e, 8.1 and A.4; PS3.3 C.7.6.3.1.8 for the Extended Offset Table).
import { transferSyntax } from '../dictionary/transfer-syntax.ts';
import type { Dataset, Finding, FindingCode, PixelElement } from '../dataset/dataset.ts';
import { textOf, uintOf } from '../dataset/values.ts';
import type { Fragments } from './fragment-scanner.ts';

export interface ByteRange {
  /** Counted from the start of the data set. */
  readonly offset: number;
  readonly length: number;
}

export interface FrameIndex {
  /**
   * `frames`: each stands for itself. `stream`: one moving picture, as one entry. `unknown`: fragments that nothing shares out between
   * the frames, all of them as one entry. `none`: no pixels.
   */
  readonly kind: 'frames' | 'stream' | 'unknown' | 'none';
  /** The bytes of each frame, in pieces where it has several fragments. */
  readonly frames: readonly (readonly ByteRange[])[];
  /** Of native pixels below a byte each: the bits of a frame. It begins at bit `frame × frameBits mod 8` of its first byte. */
  readonly frameBits: number | undefined;
  readonly findings: readonly Finding[];
}

const numberOfFrames = 0x00280008;
const extendedTable = 0x7fe00001;
const extendedLengths = 0x7fe00002;

/** Native pixels: the frames follow each other, bit by bit where pixels are below a byte (PS3.5 8.1.1). */
export function nativeFrames(dataset: Dataset, pixels: PixelElement, valueLength: number): FrameIndex {
  const bits = frameBitsOf(dataset, pixels);
  const told = frameCount(dataset);
  if (bits === 0 || valueLength === 0) return { kind: 'none', frames: [], frameBits: undefined, findings: told > 1 ? [finding('dicom.pixels-short', pixels)] : [] };
  const fitting = Math.min(told, Math.floor((valueLength * 8) / bits));
  const needed = Math.ceil((told * bits) / 8);
  const findings = fitting < told ? [finding('dicom.pixels-short', pixels)] : valueLength > needed + (needed & 1) ? [finding('dicom.pixels-long', pixels)] : [];
  const frames = Array.from({ length: fitting }, (_, frame) => {
    const from = Math.floor((frame * bits) / 8);
    return [{ offset: pixels.offset + from, length: Math.ceil(((frame + 1) * bits) / 8) - from }];
  });
  return { kind: 'frames', frames, frameBits: bits % 8 === 0 ? undefined : bits, findings };
}

/** Encapsulated pixels: by the Extended Offset Table, by the basic one, by counting, or by where code streams begin. */
export function encapsulatedFrames(dataset: Dataset, pixels: PixelElement, transferSyntaxUid: string, fragments: Fragments): FrameIndex {
  const all = fragments.offsets.map((offset, at) => ({ offset, length: fragments.lengths[at]! }));
  if (all.length === 0) return { kind: 'none', frames: [], frameBits: undefined, findings: [] };
  if (transferSyntax(transferSyntaxUid).video) return { kind: 'stream', frames: [all], frameBits: undefined, findings: [] };
  const count = frameCount(dataset);
  const starts = extendedStarts(dataset) ?? tableStarts(fragments.table);
  const byTable = starts && shareByTable(starts, fragments, all, count);
  if (byTable !== undefined) return { kind: 'frames', frames: cutToLengths(byTable, dataset), frameBits: undefined, findings: [] };
  const findings = starts === undefined ? [] : [finding('dicom.offset-table', pixels)];
  const frames = shareByFragments(fragments, all, count);
  if (frames === undefined) return { kind: 'unknown', frames: [all], frameBits: undefined, findings: [...findings, finding('dicom.frame-count', pixels)] };
  return { kind: 'frames', frames, frameBits: undefined, findings };
}

function frameCount(dataset: Dataset): number {
  return Math.max(1, uintOf(dataset, numberOfFrames) ?? 1);
}

function frameBitsOf(dataset: Dataset, { tag }: PixelElement): number {
  const [rows = 0, columns = 0, allocated = 0] = [0x00280010, 0x00280011, 0x00280100].map((name) => uintOf(dataset, name));
  const bits = tag === 0x7fe00008 ? 32 : tag === 0x7fe00009 ? 64 : allocated;
  // Two pixels share their colour: four samples for two (PS3.3 C.7.6.3.1.2).
  const halved = /^YBR_(FULL|PARTIAL)_422$/.test(textOf(dataset, 0x00280004) ?? '');
  return rows * columns * (halved ? 2 : (uintOf(dataset, 0x00280002) ?? 1)) * bits;
}

function extendedStarts(dataset: Dataset): number[] | undefined {
  const starts = bigs(dataset, extendedTable);
  return starts.length === 0 ? undefined : starts;
}

function bigs(dataset: Dataset, tag: number): number[] {
  const bytes = dataset.elements.get(tag)?.bytes;
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => Number(view.getBigUint64(at * 8, dataset.littleEndian)));
}

function tableStarts(table: Uint8Array): number[] | undefined {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  return table.length < 4 ? undefined : Array.from({ length: Math.floor(table.length / 4) }, (_, at) => view.getUint32(at * 4, true));
}

/** Offsets count from the head of the first fragment; each must be the head of one, the first of the first. Otherwise the table lies. */
function shareByTable(starts: readonly number[], fragments: Fragments, all: readonly ByteRange[], count: number): ByteRange[][] | undefined {
  if (starts.length !== count || starts[0] !== 0) return undefined;
  const first = fragments.offsets[0]! - 8;
  const places = new Map(fragments.offsets.map((offset, at) => [offset - 8 - first, at]));
  const at = starts.map((start) => places.get(start) ?? -1);
  if (at.some((place, frame) => place < 0 || (frame > 0 && place <= at[frame - 1]!))) return undefined;
  return at.map((place, frame) => all.slice(place, at[frame + 1] ?? all.length));
}

/** The Extended Offset Table tells the bytes of a frame without the padding of its fragment. */
function cutToLengths(frames: ByteRange[][], dataset: Dataset): ByteRange[][] {
  const lengths = bigs(dataset, extendedLengths);
  if (lengths.length !== frames.length) return frames;
  return frames.map((parts, frame) => {
    const [only] = parts;
    const told = lengths[frame]!;
    return parts.length === 1 && told > 0 && told < only!.length ? [{ ...only!, length: told }] : parts;
  });
}

function shareByFragments({ begins }: Fragments, all: readonly ByteRange[], count: number): ByteRange[][] | undefined {
  if (count === 1) return [[...all]];
  if (all.length === count) return all.map((range) => [range]);
  const heads = begins.flatMap((begin, at) => (begin ? [at] : []));
  if (heads.length !== count || heads[0] !== 0) return undefined;
  return heads.map((head, frame) => all.slice(head, heads[frame + 1] ?? all.length));
}

function finding(code: FindingCode, { tag, offset }: PixelElement): Finding {
  return { code, tag, offset };
}
