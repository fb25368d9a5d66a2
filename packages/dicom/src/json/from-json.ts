import { isBinary, isVr, type Vr } from '../dictionary/vr.ts';
import { inOrder, plainElement, sequenceElement } from '../dataset/build-dataset.ts';
import type { Dataset, Element } from '../dataset/dataset.ts';
import { DicomError } from '../dataset/dicom-error.ts';
import { encodeValues, type Plain } from '../dataset/encode-value.ts';
import { personNameText } from '../text/person-name.ts';

export interface FromJsonOptions {
  /** The bytes behind a BulkDataURI. Undefined refuses the data set. */
  readonly bulkData?: (uri: string, tag: number, vr: Vr) => Uint8Array | undefined;
}

const specificCharacterSet = 0x00080005;
const deepest = 64;

/** Reads the DICOM JSON model (PS3.18 2024e, Annex F) from parsed JSON that nobody has checked. Text comes out in UTF-8, and says so. */
export function fromJson(json: unknown, options: FromJsonOptions = {}): Dataset {
  const dataset = readItem(json, options, 0);
  const said = plainElement(specificCharacterSet, 'CS', encodeValues(['ISO_IR 192'], 'CS', ''));
  return { ...dataset, elements: inOrder(new Map(dataset.elements).set(specificCharacterSet, said)) };
}

function readItem(json: unknown, options: FromJsonOptions, depth: number): Dataset {
  if (!isObject(json) || depth > deepest) throw new DicomError('dicom.json');
  const elements = new Map<number, Element>();
  for (const [name, row] of Object.entries(json)) {
    if (!/^[0-9A-Fa-f]{8}$/.test(name)) throw new DicomError('dicom.json');
    const tag = Number.parseInt(name, 16);
    // File meta information, group lengths and nested character sets belong to bytes, not to this form.
    if (tag < 0x00010000 || tag >>> 16 === 2 || (tag & 0xffff) === 0 || tag === specificCharacterSet) continue;
    elements.set(tag, readElement(tag, row, options, depth));
  }
  return { elements: inOrder(elements), explicit: true, littleEndian: true, charset: 'ISO_IR 192', undefinedLength: false };
}

function readElement(tag: number, row: unknown, options: FromJsonOptions, depth: number): Element {
  if (!isObject(row) || typeof row['vr'] !== 'string' || !isVr(row['vr'])) throw new DicomError('dicom.json');
  const { vr, Value: values = [], BulkDataURI: uri, InlineBinary: inline } = row;
  if (uri !== undefined) return plainElement(tag, vr, bulkBytes(uri, tag, vr, options));
  if (inline !== undefined) return plainElement(tag, vr, inlineBytes(inline));
  if (!Array.isArray(values)) throw new DicomError('dicom.json');
  if (vr === 'SQ') return sequenceElement(tag, values.map((item) => readItem(item ?? {}, options, depth + 1)));
  if (isBinary(vr) && values.length > 0) throw new DicomError('dicom.json');
  return plainElement(tag, vr, encodeValues(values.map((value) => plainValue(value, vr)), vr, 'ISO_IR 192'));
}

function bulkBytes(uri: unknown, tag: number, vr: Vr, { bulkData }: FromJsonOptions): Uint8Array {
  const bytes = typeof uri === 'string' ? bulkData?.(uri, tag, vr) : undefined;
  if (bytes === undefined) throw new DicomError('dicom.value-missing');
  return bytes;
}

function inlineBytes(inline: unknown): Uint8Array {
  const text = typeof inline === 'string' ? inline.replace(/\s+/g, '') : '?';
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new DicomError('dicom.json');
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

function plainValue(value: unknown, vr: Vr): Plain {
  if (value === null) return isNumber(vr) ? 0 : '';
  if (vr === 'PN') return nameText(value);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw new DicomError('dicom.json');
  if (vr === 'AT' && !/^[0-9A-Fa-f]{8}$/.test(value)) throw new DicomError('dicom.json');
  if (isNumber(vr) && vr !== 'AT' && Number.isNaN(Number(value)) && value !== 'NaN') throw new DicomError('dicom.json');
  return value;
}

function isNumber(vr: Vr): boolean {
  return ['US', 'SS', 'UL', 'SL', 'FL', 'FD', 'SV', 'UV', 'AT'].includes(vr);
}

function nameText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) throw new DicomError('dicom.json');
  const part = (group: string): string => {
    const text = value[group] ?? '';
    if (typeof text !== 'string') throw new DicomError('dicom.json');
    return text;
  };
  return personNameText({ alphabetic: part('Alphabetic'), ideographic: part('Ideographic'), phonetic: part('Phonetic') });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
