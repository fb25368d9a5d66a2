import { tagName } from '../dictionary/data-element.ts';
import { isBinary, unitOf, type Vr } from '../dictionary/vr.ts';
import type { Dataset, Element } from '../dataset/dataset.ts';
import { binaryNumbers, elementTexts } from '../dataset/values.ts';
import { personName } from '../text/person-name.ts';
import type { JsonDataset, JsonElement, JsonValue } from './dicom-json.ts';
import { exactNumber, shortestFloat } from './exact-number.ts';

export interface JsonOptions {
  /**
   * Where the value of a binary element can be had; undefined writes it inline, and of what cannot stand inline (fragments, values that
   * were left out) nothing but the VR. The place is the path to the element: `00081140/0/00091010`.
   */
  readonly bulkData?: (element: Element, place: string) => string | undefined;
}

const specificCharacterSet = 0x00080005;

/**
 * A data set in the DICOM JSON model: text in Unicode, DS and IS as numbers where a JSON number is exactly that, else as text. Write it with
 * `jsonText`, which keeps the order of tags.
 */
export function toJson(dataset: Dataset, options: JsonOptions = {}): JsonDataset {
  return datasetJson(dataset, options, '');
}

function datasetJson(dataset: Dataset, options: JsonOptions, around: string): JsonDataset {
  const made: Record<string, JsonElement> = {};
  for (const element of dataset.elements.values()) {
    // Group lengths say nothing of this form (PS3.18 F.2.2).
    if ((element.tag & 0xffff) === 0) continue;
    const name = tagName(element.tag);
    made[name] = element.tag === specificCharacterSet ? utf8Row : elementJson(dataset, element, options, around + name);
  }
  return made;
}

/** JSON is UTF-8, and says so where the data set says anything of its letters (PS3.18 F.2.1.1). */
const utf8Row: JsonElement = { vr: 'CS', Value: ['ISO_IR 192'] };

function elementJson(dataset: Dataset, element: Element, options: JsonOptions, place: string): JsonElement {
  const { vr, items } = element;
  if (items !== undefined) {
    const Value = items.map((item, at) => datasetJson(item, options, `${place}/${at}/`));
    return Value.length === 0 ? { vr: 'SQ' } : { vr: 'SQ', Value };
  }
  if (isBinary(vr)) return binaryJson(dataset, element, options, place);
  const Value = valuesJson(dataset, element);
  return Value.every((value) => value === null) ? { vr } : { vr, Value };
}

function binaryJson(dataset: Dataset, element: Element, { bulkData }: JsonOptions, place: string): JsonElement {
  const { vr, bytes } = element;
  if (bytes?.length === 0) return { vr };
  const BulkDataURI = bulkData?.(element, place);
  if (BulkDataURI !== undefined) return { vr, BulkDataURI };
  return bytes === undefined ? { vr } : { vr, InlineBinary: base64(littleEndian(bytes, vr, dataset.littleEndian)) };
}

/** Values inline are little endian (PS3.18 F.2.7). */
function littleEndian(bytes: Uint8Array, vr: Vr, isLittle: boolean): Uint8Array {
  const unit = unitOf(vr);
  if (isLittle || unit === 1) return bytes;
  return bytes.map((_, at) => bytes[Math.min(bytes.length - 1, at - (at % unit) + (unit - 1 - (at % unit)))]!);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function valuesJson(dataset: Dataset, element: Element): JsonValue[] {
  const { vr } = element;
  switch (vr) {
    case 'PN': return elementTexts(dataset, element).map((text) => nameJson(text));
    case 'DS': case 'IS': return elementTexts(dataset, element).map((text) => (text === '' ? null : (exactNumber(text) ?? text)));
    case 'AT': return binaryNumbers(element, vr, dataset.littleEndian).map((tag) => tagName(Number(tag)));
    case 'FL': return binaryNumbers(element, vr, dataset.littleEndian).map((value) => floatJson(shortestFloat(Number(value))));
    case 'FD': return binaryNumbers(element, vr, dataset.littleEndian).map((value) => floatJson(Number(value)));
    case 'SV': case 'UV': return binaryNumbers(element, vr, dataset.littleEndian).map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)));
    case 'US': case 'SS': case 'UL': case 'SL': return binaryNumbers(element, vr, dataset.littleEndian).map(Number);
    default: return elementTexts(dataset, element).map((text) => (text === '' ? null : text));
  }
}

/** What JSON has no number for is written as text (`NaN`, `Infinity`). */
function floatJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function nameJson(text: string): JsonValue {
  const { alphabetic, ideographic, phonetic } = personName(text);
  if (alphabetic === undefined && ideographic === undefined && phonetic === undefined) return null;
  return {
    ...(alphabetic !== undefined && { Alphabetic: alphabetic }),
    ...(ideographic !== undefined && { Ideographic: ideographic }),
    ...(phonetic !== undefined && { Phonetic: phonetic }),
  };
}
