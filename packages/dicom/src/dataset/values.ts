// Values of elements, decoded when they are asked for.
import { dataElement } from '../dictionary/data-element.ts';
import { followsCharacterSet, isSingle, type Vr } from '../dictionary/vr.ts';
import { decodeText, latin1, type TextWay } from '../text/decode-text.ts';
import { personName, type PersonName } from '../text/person-name.ts';
import type { Dataset, Element } from './dataset.ts';

const none: readonly never[] = [];

/** The first value as text without padding; undefined when there is none. Numbers are not text. */
export function textOf(dataset: Dataset, tag: number): string | undefined {
  const element = dataset.elements.get(tag);
  return element === undefined ? undefined : elementTexts(dataset, element).find((value) => value !== '');
}

/** Every value as text; an empty one among them is ''. */
export function textsOf(dataset: Dataset, tag: number): readonly string[] {
  const element = dataset.elements.get(tag);
  return element === undefined ? none : elementTexts(dataset, element);
}

export function personNameOf(dataset: Dataset, tag: number): PersonName | undefined {
  const text = textOf(dataset, tag);
  return text === undefined ? undefined : personName(text);
}

/** The first number, of binary numbers and of DS and IS alike; undefined when there is none or it is none. */
export function numberOf(dataset: Dataset, tag: number): number | undefined {
  const value = numbersOf(dataset, tag)[0];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** Every number; NaN where a text is none. 64-bit integers lose what a double cannot hold: `bigintsOf` of elements that need it. */
export function numbersOf(dataset: Dataset, tag: number): readonly number[] {
  const element = dataset.elements.get(tag);
  if (element === undefined) return none;
  const vr = valueVr(element);
  if (vr === 'DS' || vr === 'IS') return elementTexts(dataset, element).map((text) => (text === '' ? NaN : Number(text)));
  return binaryNumbers(element, vr, dataset.littleEndian).map(Number);
}

/** A non-negative whole number, or nothing. */
export function uintOf(dataset: Dataset, tag: number): number | undefined {
  const value = numberOf(dataset, tag);
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The items of a sequence; none when it is empty, absent or something else. */
export function itemsOf(dataset: Dataset, tag: number): readonly Dataset[] {
  return dataset.elements.get(tag)?.items ?? none;
}

/** The bytes as they stand in the file, with the character set that rules them: for `guessText`. */
export function bytesOf(dataset: Dataset, tag: number): Uint8Array | undefined {
  return dataset.elements.get(tag)?.bytes;
}

/** The VR to read a value by: what was written as UN is read as the standard has it (PS3.5 6.2.2). */
function valueVr({ tag, vr }: Element): Vr {
  return vr === 'UN' ? (dataElement(tag)?.vrs[0] ?? 'UN') : vr;
}

export function wayOfText(vr: Vr): TextWay {
  return { multiple: !isSingle(vr), name: vr === 'PN' };
}

/** Every value of a text element, its padding off (PS3.5 6.2: trailing spaces always, leading ones where they mean nothing). */
export function elementTexts(dataset: Dataset, element: Element): readonly string[] {
  const { bytes } = element;
  if (bytes === undefined || bytes.length === 0) return none;
  const vr = valueVr(element);
  const text = followsCharacterSet(vr) ? decodeText(bytes, dataset.charset, wayOfText(vr)) : latin1(bytes);
  if (isSingle(vr)) return [trimEnd(text)];
  if (!text.includes('\\')) return [trimmed(text, vr)];
  return text.split('\\').map((value) => trimmed(value, vr));
}

/** Every number of a binary element. Values cut short are left out. */
export function binaryNumbers({ bytes }: Element, vr: Vr, littleEndian: boolean): (number | bigint)[] {
  const read = readers[vr];
  if (bytes === undefined || read === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = sizes[vr]!;
  const values: (number | bigint)[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) values.push(read(view, at, littleEndian));
  return values;
}

const sizes: Readonly<Partial<Record<Vr, number>>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, SV: 8, UV: 8, AT: 4, OW: 2, OF: 4, OD: 8, OL: 4, OV: 8, OB: 1 };

type ReadNumber = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

const readers: Readonly<Partial<Record<Vr, ReadNumber>>> = {
  US: (view, at, little) => view.getUint16(at, little),
  SS: (view, at, little) => view.getInt16(at, little),
  UL: (view, at, little) => view.getUint32(at, little),
  SL: (view, at, little) => view.getInt32(at, little),
  FL: (view, at, little) => view.getFloat32(at, little),
  FD: (view, at, little) => view.getFloat64(at, little),
  SV: (view, at, little) => view.getBigInt64(at, little),
  UV: (view, at, little) => view.getBigUint64(at, little),
  AT: (view, at, little) => view.getUint16(at, little) * 0x10000 + view.getUint16(at + 2, little),
  OB: (view, at) => view.getUint8(at),
  OW: (view, at, little) => view.getUint16(at, little),
  OF: (view, at, little) => view.getFloat32(at, little),
  OD: (view, at, little) => view.getFloat64(at, little),
  OL: (view, at, little) => view.getUint32(at, little),
  OV: (view, at, little) => view.getBigUint64(at, little),
};

function trimmed(text: string, vr: Vr): string {
  // PN, LO, SH, CS, DS, IS, AE and the like: spaces at both ends are padding. UC keeps its leading ones.
  return vr === 'UC' ? trimEnd(text) : trimEnd(text).trimStart();
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 0x20 || text.charCodeAt(end - 1) === 0)) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}
