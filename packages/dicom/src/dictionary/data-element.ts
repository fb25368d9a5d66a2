// The registry of data elements (DICOM PS3.6 2024e): what a tag is called, its VR and how many values it takes.
import { repeatingTable, tagTable } from './tags.gen.ts';
import type { Vr } from './vr.ts';

export interface DataElement {
  readonly keyword: string;
  /** The VRs it may have; the rest of the data set decides between them. */
  readonly vrs: readonly Vr[];
  readonly vm: string;
  readonly retired: boolean;
}

let known: Registry | undefined;

interface Registry {
  readonly byTag: ReadonlyMap<number, DataElement>;
  readonly byKeyword: ReadonlyMap<string, number>;
  readonly repeating: readonly { readonly mask: number; readonly tag: number; readonly element: DataElement }[];
}

/** What the standard says of a tag; repeating groups (50xx, 60xx …) too. Private elements are nobody's but their maker's. */
export function dataElement(tag: number): DataElement | undefined {
  known ??= readRegistry();
  const plain = known.byTag.get(tag);
  if (plain !== undefined || !mayRepeat(tag)) return plain;
  return known.repeating.find((row) => (tag & row.mask) >>> 0 === row.tag)?.element;
}

/** The tag of a keyword (`PatientName`); of a repeating one, that of its first group. */
export function tagOf(keyword: string): number | undefined {
  known ??= readRegistry();
  return known.byKeyword.get(keyword);
}

/** Eight hexadecimal digits in capitals, as DICOM JSON names attributes. */
export function tagName(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(8, '0');
}

/** (gggg,0010-00FF) of an odd group: who reserved the elements behind it (PS3.5 7.8.1). */
export function isPrivateCreator(tag: number): boolean {
  const element = tag & 0xffff;
  return isPrivate(tag) && element >= 0x10 && element <= 0xff;
}

export function isPrivate(tag: number): boolean {
  return (tag & 0x10000) !== 0;
}

/** Looked through one by one, so only where a group of the repeating table can be. */
function mayRepeat(tag: number): boolean {
  const high = tag >>> 24;
  return !isPrivate(tag) && (high === 0x50 || high === 0x60 || high === 0x7f || high === 0x20 || high === 0x28 || high === 0x10);
}

function readRegistry(): Registry {
  const rows = tagTable.split('\n').map((line) => readRow(line));
  const repeating = repeatingTable.split('\n').map((line) => ({ ...readMask(line.slice(0, 8)), element: readRow(line).element }));
  const keywords: [string, number][] = [...repeating.map((row): [string, number] => [row.element.keyword, row.tag]), ...rows.map((row): [string, number] => [row.element.keyword, row.tag])];
  return { byTag: new Map(rows.map((row) => [row.tag, row.element])), byKeyword: new Map(keywords), repeating };
}

function readRow(line: string): { tag: number; element: DataElement } {
  const [tag = '', vrs = '', vm = '', keyword = '', retired] = line.split(' ');
  return { tag: Number.parseInt(tag, 16), element: { keyword, vrs: vrs.split('/') as Vr[], vm, retired: retired !== undefined } };
}

function readMask(pattern: string): { mask: number; tag: number } {
  return { mask: Number.parseInt(pattern.replace(/[^x]/g, 'F').replace(/x/g, '0'), 16), tag: Number.parseInt(pattern.replace(/x/g, '0'), 16) };
}
