// A data set as bytes (DICOM PS3.5 2024e, section 7): lengths first, then one buffer filled once.
import { deflateSync } from 'fflate';
import { transferSyntax } from '../dictionary/transfer-syntax.ts';
import { codeOf, hasLongForm, paddingOf, unitOf, type Vr } from '../dictionary/vr.ts';
import type { Dataset, Element } from './dataset.ts';
import { DicomError } from './dicom-error.ts';

interface Way {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

interface Output {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

const item = 0xfffee000;
const itemDelimiter = 0xfffee00d;
const sequenceDelimiter = 0xfffee0dd;
const undefinedLength = 0xffffffff;
/** What fits the short form of a length (PS3.5 7.1.2); longer values of such a VR are written as UN (6.2.2). */
const longestShort = 0xfffe;
const implicit: Way = { explicit: false, littleEndian: true };

/**
 * Writes a data set in a transfer syntax: elements in the order of their tags, sequences and items open or counted as they were read,
 * values turned round where the byte order differs and padded to even length, group lengths counted anew. Pixels are not transcoded.
 * What was read from well-formed bytes of the same syntax is written as the same bytes. Throws when a value was left out on reading.
 */
export function writeDataset(dataset: Dataset, transferSyntaxUid: string): Uint8Array<ArrayBuffer> {
  const syntax = transferSyntax(transferSyntaxUid);
  const bytes = new Uint8Array(sizeOfDataset(dataset, syntax));
  putDataset({ bytes, view: new DataView(bytes.buffer), at: 0 }, dataset, syntax);
  return syntax.deflated ? deflated(bytes) : bytes;
}

/** Ends in a NULL when it would be odd (PS3.5 A.5). */
function deflated(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const packed = deflateSync(bytes);
  const even = new Uint8Array(packed.length + (packed.length & 1));
  even.set(packed);
  return even;
}

function ordered({ elements }: Dataset): Element[] {
  return [...elements.values()].sort((one, other) => one.tag - other.tag);
}

function sizeOfDataset(dataset: Dataset, way: Way): number {
  let size = 0;
  for (const element of dataset.elements.values()) size += sizeOfElement(element, way);
  return size;
}

function sizeOfElement(element: Element, way: Way): number {
  return headSize(element, way) + valueSize(element, way) + (isOpen(element) ? 8 : 0);
}

function headSize(element: Element, way: Way): number {
  return way.explicit && hasLongForm(writtenVr(element)) ? 12 : 8;
}

function writtenVr({ vr, bytes }: Element): Vr {
  return bytes !== undefined && bytes.length > longestShort && !hasLongForm(vr) ? 'UN' : vr;
}

function isOpen(element: Element): boolean {
  return element.fragments !== undefined || (element.items !== undefined && (element.undefinedLength || element.vr === 'UN'));
}

function valueSize(element: Element, way: Way): number {
  const { items, fragments, bytes } = element;
  if (fragments !== undefined) return fragments.reduce((sum, { length }) => sum + 8 + even(length), 0);
  if (items !== undefined) return items.reduce((sum, dataset) => sum + 8 + sizeOfDataset(dataset, itemWay(element, way)) + (dataset.undefinedLength ? 8 : 0), 0);
  if (bytes === undefined) throw new DicomError('dicom.value-missing', element.offset);
  return even(bytes.length);
}

/** UN in items stands for implicit little endian, whatever is around it (PS3.5 6.2.2). */
function itemWay({ vr }: Element, way: Way): Way {
  return vr === 'UN' ? implicit : way;
}

function even(length: number): number {
  return length + (length & 1);
}

function putDataset(output: Output, dataset: Dataset, way: Way): void {
  const elements = ordered(dataset);
  for (const element of elements) {
    if ((element.tag & 0xffff) === 0 && element.vr === 'UL' && element.bytes?.length === 4) putGroupLength(output, element, elements, way);
    else putElement(output, element, dataset.littleEndian, way);
  }
}

function putGroupLength(output: Output, element: Element, elements: readonly Element[], way: Way): void {
  const group = element.tag >>> 16;
  const behind = elements.filter(({ tag }) => tag >>> 16 === group && tag !== element.tag);
  putHead(output, element, 4, way);
  output.view.setUint32(output.at, behind.reduce((sum, next) => sum + sizeOfElement(next, way), 0), way.littleEndian);
  output.at += 4;
}

function putElement(output: Output, element: Element, wasLittle: boolean, way: Way): void {
  const length = isOpen(element) ? undefinedLength : valueSize(element, way);
  if (length > undefinedLength) throw new DicomError('dicom.value-too-long', element.offset);
  putHead(output, element, length, way);
  if (element.items !== undefined) putItems(output, element, itemWay(element, way));
  else if (element.fragments !== undefined) putFragments(output, element.fragments, way);
  else putBytes(output, element.bytes!, element.vr, wasLittle !== way.littleEndian);
  if (isOpen(element)) putMark(output, sequenceDelimiter, 0, way.littleEndian);
}

function putHead(output: Output, element: Element, length: number, way: Way): void {
  if (!way.explicit) return putMark(output, element.tag, length, way.littleEndian);
  const vr = writtenVr(element);
  putTag(output, element.tag, way.littleEndian);
  output.view.setUint16(output.at, codeOf(vr));
  if (hasLongForm(vr)) {
    output.view.setUint32(output.at + 4, length, way.littleEndian);
    output.at += 8;
    return undefined;
  }
  output.view.setUint16(output.at + 2, length, way.littleEndian);
  output.at += 4;
  return undefined;
}

function putItems(output: Output, { items = [] }: Element, way: Way): void {
  for (const dataset of items) {
    putMark(output, item, dataset.undefinedLength ? undefinedLength : sizeOfDataset(dataset, way), way.littleEndian);
    putDataset(output, dataset, way);
    if (dataset.undefinedLength) putMark(output, itemDelimiter, 0, way.littleEndian);
  }
}

function putFragments(output: Output, fragments: readonly Uint8Array[], way: Way): void {
  for (const fragment of fragments) {
    putMark(output, item, even(fragment.length), way.littleEndian);
    output.bytes.set(fragment, output.at);
    output.at += even(fragment.length);
  }
}

function putBytes(output: Output, bytes: Uint8Array, vr: Vr, turn: boolean): void {
  const unit = turn ? unitOf(vr) : 1;
  if (unit === 1) output.bytes.set(bytes, output.at);
  else putTurned(output, bytes, unit);
  output.at += bytes.length;
  if ((bytes.length & 1) === 0) return;
  output.bytes[output.at] = paddingOf(vr);
  output.at += 1;
}

/** Bytes that are left over after the last whole number stay where they are. */
function putTurned(output: Output, bytes: Uint8Array, unit: number): void {
  const whole = bytes.length - (bytes.length % unit);
  for (let at = 0; at < bytes.length; at += 1) {
    const from = at < whole ? at - (at % unit) + (unit - 1 - (at % unit)) : at;
    output.bytes[output.at + at] = bytes[from]!;
  }
}

function putMark(output: Output, tag: number, length: number, littleEndian: boolean): void {
  putTag(output, tag, littleEndian);
  output.view.setUint32(output.at, length, littleEndian);
  output.at += 4;
}

function putTag(output: Output, tag: number, littleEndian: boolean): void {
  output.view.setUint16(output.at, tag >>> 16, littleEndian);
  output.view.setUint16(output.at + 2, tag & 0xffff, littleEndian);
  output.at += 4;
}
