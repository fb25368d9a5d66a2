// Preamble, prefix and file meta information (DICOM PS3.10 2024e, 7.1).
import { DicomError } from './dicom-error.ts';
import type { Dataset, Finding } from './dataset.ts';
import { sniff } from './sniff.ts';
import { feed, place, startWalk, type ReadLimits, type Walk } from './walk.ts';
import { walkOn } from './walk-on.ts';
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian } from '../dictionary/transfer-syntax.ts';
import { textOf, uintOf } from './values.ts';

export interface FileHead {
  /** Empty when the file has none. */
  readonly meta: Dataset;
  readonly transferSyntax: string;
  /** Where the data set begins. */
  readonly offset: number;
  readonly findings: readonly Finding[];
}

const groupLength = 0x00020000;
const transferSyntaxUid = 0x00020010;
/** Enough to tell what a file is: preamble, prefix and the head of one element. */
export const tellingBytes = 144;

/** How far into a file that begins so its meta information, or its data set, begins; undefined for what is not DICOM. */
export function startOfFile(bytes: Uint8Array): { readonly at: number; readonly findings: readonly Finding[] } {
  if (spells(bytes, 128)) return { at: 132, findings: [] };
  const findings: Finding[] = [{ code: 'dicom.preamble-missing', offset: 0 }];
  if (spells(bytes, 0)) return { at: 4, findings };
  if (isMeta(bytes, 0) || sniff(bytes) !== undefined) return { at: 0, findings };
  if (isMeta(bytes, 128)) return { at: 128, findings: [] };
  throw new DicomError('dicom.not-dicom');
}

/** Reads file meta information piece by piece: feed the walk and ask again until it is there. */
export function startMeta(at: number, limits: ReadLimits): Walk {
  return startWalk({ explicit: true, littleEndian: true, limits, stopsAt: (tag) => tag >>> 16 !== 2, base: at });
}

/** The head when its bytes are all there; what follows is left in the walk. */
export function readOnMeta(walk: Walk): FileHead | undefined {
  if (walkOn(walk) === 'more') return undefined;
  const meta = walk.root.dataset;
  const syntax = textOf(meta, transferSyntaxUid);
  if (syntax === undefined) return { ...bareHead(walk.bytes.subarray(walk.at, walk.filled), 0, []), meta, offset: place(walk) };
  return { meta, transferSyntax: syntax, offset: place(walk), findings: [...walk.findings, ...lengthFindings(meta, place(walk))] };
}

/** Reads the head of a whole file. */
export function readMeta(bytes: Uint8Array, limits: ReadLimits): FileHead {
  const { at, findings } = startOfFile(bytes);
  if (!isMeta(bytes, at)) return bareHead(bytes, at, findings);
  const walk = startMeta(at, limits);
  feed(walk, bytes.subarray(at));
  walk.final = true;
  const head = readOnMeta(walk)!;
  return { ...head, findings: [...findings, ...head.findings] };
}

export function isMeta(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 2 && bytes[at + 1] === 0;
}

/** A file that does not say its transfer syntax shows by its first element how it is written. */
export function bareHead(bytes: Uint8Array, at: number, findings: readonly Finding[]): FileHead {
  const seen = sniff(bytes.subarray(at, at + 8));
  if (seen === undefined) throw new DicomError('dicom.not-dicom', at);
  const syntax = seen.explicit ? (seen.littleEndian ? explicitLittleEndian : explicitBigEndian) : implicitLittleEndian;
  const meta: Dataset = { elements: new Map(), explicit: true, littleEndian: true, charset: '', undefinedLength: false };
  return { meta, transferSyntax: syntax, offset: at, findings: [...findings, { code: 'dicom.meta-missing', offset: at }] };
}

function lengthFindings(meta: Dataset, end: number): Finding[] {
  const told = meta.elements.get(groupLength);
  if (told === undefined || told.offset + told.length + (uintOf(meta, groupLength) ?? 0) === end) return [];
  return [{ code: 'dicom.meta-length', tag: groupLength, offset: told.offset }];
}

function spells(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;
}
