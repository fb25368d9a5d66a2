// Values of a program into the bytes of an element, little endian.
import { followsCharacterSet, type Vr } from '../dictionary/vr.ts';
import { nearestText } from '../text/encode-text.ts';
import { DicomError } from './dicom-error.ts';

export type Plain = string | number | bigint;

const ascii = new TextEncoder();
const longestDecimal = 16; // characters of a DS (PS3.5 6.2)

/** The bytes of values of a VR; text in `charset`, as near as that can write it. Padding is the writer's. */
export function encodeValues(values: readonly Plain[], vr: Vr, charset: string): Uint8Array {
  const put = writers[vr];
  if (put !== undefined) return encodeNumbers(values, ...put);
  const text = values.map((value) => plainText(value, vr)).join('\\');
  return followsCharacterSet(vr) ? nearestText(text, charset) : ascii.encode(text);
}

/** A number in at most 16 characters, exact where that is possible (PS3.5 6.2, DS). */
function decimalText(value: number): string {
  const exact = String(value);
  if (exact.length <= longestDecimal) return exact;
  for (let digits = 15; digits > 1; digits -= 1) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= longestDecimal) return text;
  }
  return value.toExponential(1);
}

function plainText(value: Plain, vr: Vr): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && !Number.isFinite(value)) throw new DicomError('dicom.value-type');
  return typeof value === 'number' && vr === 'DS' ? decimalText(value) : String(value);
}

type Writer = readonly [size: number, put: (view: DataView, at: number, value: Plain) => void];

const writers: Readonly<Partial<Record<Vr, Writer>>> = {
  US: [2, (view, at, value) => view.setUint16(at, Number(value), true)],
  SS: [2, (view, at, value) => view.setInt16(at, Number(value), true)],
  UL: [4, (view, at, value) => view.setUint32(at, Number(value), true)],
  SL: [4, (view, at, value) => view.setInt32(at, Number(value), true)],
  FL: [4, (view, at, value) => view.setFloat32(at, Number(value), true)],
  FD: [8, (view, at, value) => view.setFloat64(at, Number(value), true)],
  SV: [8, (view, at, value) => view.setBigInt64(at, whole(value), true)],
  UV: [8, (view, at, value) => view.setBigUint64(at, whole(value), true)],
  AT: [4, (view, at, value) => {
    const tag = typeof value === 'string' ? Number.parseInt(value, 16) : Number(value);
    view.setUint16(at, tag >>> 16, true);
    view.setUint16(at + 2, tag & 0xffff, true);
  }],
};

function encodeNumbers(values: readonly Plain[], size: number, put: Writer[1]): Uint8Array {
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => put(view, at * size, value));
  return bytes;
}

function whole(value: Plain): bigint {
  try {
    return BigInt(value);
  } catch {
    throw new DicomError('dicom.value-type');
  }
}
