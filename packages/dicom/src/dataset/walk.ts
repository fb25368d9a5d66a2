// The state of reading a data set: a stack of what is open instead of recursion, so that no file can exhaust ours, and a place to go on
// from when the bytes come in pieces.
import type { Vr } from '../dictionary/vr.ts';
import type { Dataset, Element, Finding, FindingCode } from './dataset.ts';
import { DicomError } from './dicom-error.ts';

export interface ReadLimits {
  /** Sequences within sequences. PS3.3 needs about ten. */
  readonly maxDepth: number;
  /** Elements and items in all: each costs some 250 bytes of memory whatever its length. */
  readonly maxElements: number;
  /** Bytes held at a time, of a header that comes in pieces. */
  readonly maxHeldBytes: number;
  /** Binary values longer than this are passed over, and only where they stand is told. */
  readonly leaveOutAbove: number;
}

export const wholeFile: ReadLimits = { maxDepth: 64, maxElements: 2_000_000, maxHeldBytes: Infinity, leaveOutAbove: Infinity };
export const headerOnly: ReadLimits = { maxDepth: 64, maxElements: 500_000, maxHeldBytes: 32 * 1024 * 1024, leaveOutAbove: 256 * 1024 };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface OpenDataset {
  readonly kind: 'dataset';
  readonly end: number;
  readonly dataset: Mutable<Dataset> & { readonly elements: Map<number, Element> };
  /** Pixel Representation of this data set or the one around it: what decides between US and SS. */
  signed: boolean;
  last: number;
}

export interface OpenSequence {
  readonly kind: 'sequence';
  readonly end: number;
  readonly element: Mutable<Element>;
  readonly items: Dataset[];
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  readonly within: OpenDataset;
}

export interface OpenFragments {
  readonly kind: 'fragments';
  readonly end: number;
  readonly element: Mutable<Element>;
  readonly fragments: Uint8Array[];
  readonly littleEndian: boolean;
}

export interface Walk {
  bytes: Uint8Array;
  /** Bytes of `bytes` that are filled. */
  filled: number;
  /** Place of the first byte of `bytes` in the source, and of the next to read in `bytes`. */
  base: number;
  at: number;
  /** No more bytes will come. */
  final: boolean;
  owned: boolean;
  toSkip: number;
  skipped: number;
  elements: number;
  readonly levels: (OpenDataset | OpenSequence | OpenFragments)[];
  readonly root: OpenDataset;
  readonly findings: Finding[];
  readonly limits: ReadLimits;
  /** Ends the reading before this element of the outermost data set. */
  readonly stopsAt: (tag: number) => boolean;
  /** The head of the element at hand. */
  readonly head: { tag: number; vr: Vr; length: number; size: number };
}

export const undefinedLength = 0xffffffff;
const manyFindings = 100;

export interface WalkStart {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  readonly limits: ReadLimits;
  readonly stopsAt: (tag: number) => boolean;
  readonly base?: number;
}

export function startWalk(start: WalkStart): Walk {
  const dataset = { elements: new Map<number, Element>(), explicit: start.explicit, littleEndian: start.littleEndian, charset: '', undefinedLength: false };
  const root: OpenDataset = { kind: 'dataset', end: Infinity, dataset, signed: false, last: -1 };
  return {
    bytes: new Uint8Array(0), filled: 0, base: start.base ?? 0, at: 0, final: false, owned: false, toSkip: 0, skipped: 0, elements: 0,
    levels: [root], root, findings: [], limits: start.limits, stopsAt: start.stopsAt, head: { tag: 0, vr: 'UN', length: 0, size: 0 },
  };
}

/** Adds bytes. What is read already is not copied again: views of it keep the piece they came in. */
export function feed(walk: Walk, chunk: Uint8Array): void {
  const rest = walk.filled - walk.at;
  if (rest > 0 && walk.owned && walk.bytes.length - walk.filled >= chunk.length) {
    walk.bytes.set(chunk, walk.filled);
    walk.filled += chunk.length;
    return;
  }
  walk.base += walk.at;
  walk.owned = rest > 0;
  walk.bytes = rest > 0 ? joined(walk.bytes.subarray(walk.at, walk.filled), chunk) : chunk;
  walk.filled = rest + chunk.length;
  walk.at = 0;
}

/** Where the next byte to read stands in the source. */
export function place(walk: Walk): number {
  return walk.base + walk.at;
}

export function find(walk: Walk, code: FindingCode, tag?: number): void {
  // A file can be wrong a million times; a hundred say it.
  if (walk.findings.length >= manyFindings) return;
  const offset = place(walk);
  // The head of an element whose value is still to come is read again.
  const before = walk.findings.at(-1);
  if (before?.offset === offset && before.code === code) return;
  walk.findings.push(tag === undefined ? { code, offset } : { code, tag, offset });
}

/** Tells whether so many bytes are there; that they never will be is an error. */
export function has(walk: Walk, size: number): boolean {
  if (walk.filled - walk.at >= size) return true;
  if (walk.final) throw new DicomError('dicom.truncated', place(walk));
  return false;
}

export function countElement(walk: Walk): void {
  walk.elements += 1;
  if (walk.elements > walk.limits.maxElements) throw new DicomError('dicom.too-many-elements', place(walk));
}

/** Twice the room that is needed, so that a long value in small pieces is copied a few times and not once a piece. */
function joined(rest: Uint8Array, chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(2 * (rest.length + chunk.length));
  bytes.set(rest);
  bytes.set(chunk, rest.length);
  return bytes;
}
