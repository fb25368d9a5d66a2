// Data sets of our own making: answers, worklist entries, reports.
import { dataElement, tagOf } from '../dictionary/data-element.ts';
import { explicitLittleEndian } from '../dictionary/transfer-syntax.ts';
import { followsCharacterSet, type Vr } from '../dictionary/vr.ts';
import { encodeText } from '../text/encode-text.ts';
import type { Dataset, Element } from './dataset.ts';
import { DicomError } from './dicom-error.ts';
import { encodeValues, type Plain } from './encode-value.ts';
import { readDataset } from './read-dataset.ts';
import { elementTexts } from './values.ts';
import { writeDataset } from './write-dataset.ts';

export type Value = Plain | Uint8Array | null | readonly Plain[] | readonly Values[];

/** By keyword. Null is an element without value (type 2), undefined no element at all, a list of objects a sequence. */
export interface Values {
  readonly [keyword: string]: Value | undefined;
}

const specificCharacterSet = 0x00080005;

/**
 * Builds a data set from values by keyword. Text goes into `charset` (UTF-8 unless told); letters which that has not lose their marks.
 * An empty `charset` writes ASCII and does not say so.
 */
export function buildDataset(values: Values, charset = 'ISO_IR 192'): Dataset {
  const own = charset === '' || 'SpecificCharacterSet' in values ? values : { ...values, SpecificCharacterSet: charset.split('\\') };
  return buildItem(own, charset);
}

/**
 * The same data set with other values; undefined takes an element out. Its character set stays while it can write the new text;
 * otherwise all text goes over to UTF-8.
 */
export function changeDataset(dataset: Dataset, changes: Values): Dataset {
  const little = dataset.littleEndian ? dataset : readDataset(writeDataset(dataset, explicitLittleEndian), explicitLittleEndian).dataset;
  const base = canWrite(changes, little.charset) ? little : toUnicode(little);
  const elements = new Map(base.elements);
  for (const keyword of Object.keys(changes)) elements.delete(tagOfKeyword(keyword));
  for (const [tag, element] of buildItem(changes, base.charset).elements) elements.set(tag, element);
  return { ...base, elements: inOrder(elements) };
}

/** The same data set with all text in UTF-8. */
export function toUnicode(dataset: Dataset): Dataset {
  const unicode = recoded(dataset);
  const element = plainElement(specificCharacterSet, 'CS', encodeValues(['ISO_IR 192'], 'CS', ''));
  return { ...unicode, elements: inOrder(new Map(unicode.elements).set(specificCharacterSet, element)) };
}

/** An element of a value that is bytes already. */
export function plainElement(tag: number, vr: Vr, bytes: Uint8Array): Element {
  return { tag, vr, offset: 0, length: bytes.length, undefinedLength: false, bytes, items: undefined, fragments: undefined };
}

export function sequenceElement(tag: number, items: readonly Dataset[]): Element {
  return { tag, vr: 'SQ', offset: 0, length: 0, undefinedLength: false, bytes: undefined, items, fragments: undefined };
}

export function inOrder(elements: ReadonlyMap<number, Element>): ReadonlyMap<number, Element> {
  return new Map([...elements].sort(([one], [other]) => one - other));
}

function buildItem(values: Values, charset: string): Dataset {
  const elements = Object.entries(values).flatMap(([keyword, value]): [number, Element][] => {
    const tag = tagOfKeyword(keyword);
    return value === undefined ? [] : [[tag, buildElement(tag, value, charset)]];
  });
  return { elements: inOrder(new Map(elements)), explicit: true, littleEndian: true, charset, undefinedLength: false };
}

function buildElement(tag: number, value: Value, charset: string): Element {
  const vrs = dataElement(tag)!.vrs;
  if (vrs[0] === 'SQ') return sequenceElement(tag, itemsIn(value).map((item) => buildItem(item, charset)));
  if (value instanceof Uint8Array) return plainElement(tag, vrs[0]!, value);
  const plain = plainValues(value);
  const vr = vrs[0] === 'US' && vrs.includes('SS') && plain.some((number) => Number(number) < 0) ? 'SS' : vrs[0]!;
  return plainElement(tag, vr, encodeValues(plain, vr, charset));
}

function itemsIn(value: Value): readonly Values[] {
  if (value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'object')) return value as readonly Values[];
  throw new DicomError('dicom.value-type');
}

function plainValues(value: Exclude<Value, Uint8Array>): readonly Plain[] {
  if (value === null) return [];
  if (!Array.isArray(value)) return [value as Plain];
  if (value.some((item) => typeof item === 'object')) throw new DicomError('dicom.value-type');
  return value as readonly Plain[];
}

function tagOfKeyword(keyword: string): number {
  const tag = tagOf(keyword);
  if (tag === undefined) throw new DicomError('dicom.unknown-keyword');
  return tag;
}

function canWrite(changes: Values, charset: string): boolean {
  return Object.values(changes).every((value) => {
    if (value === undefined || value === null || value instanceof Uint8Array) return true;
    const list: readonly (Plain | Values)[] = Array.isArray(value) ? value : [value as Plain];
    return list.every((item) => (typeof item === 'object' ? canWrite(item, charset) : typeof item !== 'string' || encodeText(item, charset) !== undefined));
  });
}

function recoded(dataset: Dataset): Dataset {
  const elements = [...dataset.elements].filter(([tag]) => tag !== specificCharacterSet).map(([tag, element]): [number, Element] => [tag, recodedElement(dataset, element)]);
  return { ...dataset, charset: 'ISO_IR 192', elements: new Map(elements) };
}

function recodedElement(dataset: Dataset, element: Element): Element {
  if (element.items !== undefined) return { ...element, items: element.items.map((item) => recoded(item)) };
  if (!followsCharacterSet(element.vr) || element.bytes === undefined) return element;
  return plainElement(element.tag, element.vr, encodeValues([elementTexts(dataset, element).join('\\')], element.vr, 'ISO_IR 192'));
}
