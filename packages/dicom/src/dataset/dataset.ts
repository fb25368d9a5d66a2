// A data set as it was read: every value is a view of the bytes it came in, decoded only when somebody asks (values.ts).
import type { Vr } from '../dictionary/vr.ts';

export interface Dataset {
  /** By tag, in the order of the file. */
  readonly elements: ReadonlyMap<number, Element>;
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  /** Specific Character Set as it stands in the file, of this data set or of the one around it. */
  readonly charset: string;
  /** As an item: closed by a delimiter instead of a length. Kept so that what is read is written the same. */
  readonly undefinedLength: boolean;
}

export interface Element {
  readonly tag: number;
  readonly vr: Vr;
  /** Where the value begins in the source, and how many bytes it has there without its delimiter. */
  readonly offset: number;
  readonly length: number;
  readonly undefinedLength: boolean;
  /** The value as it stands; undefined for sequences, fragments, and values too long to keep (`leaveOutAbove`). */
  readonly bytes: Uint8Array | undefined;
  readonly items: readonly Dataset[] | undefined;
  /** Of encapsulated pixels: the offset table first (PS3.5 A.4). */
  readonly fragments: readonly Uint8Array[] | undefined;
}

/** What is wrong with a file that can be read nevertheless. */
export interface Finding {
  readonly code: FindingCode;
  readonly tag?: number;
  readonly offset: number;
}

export type FindingCode =
  | 'dicom.odd-length'
  | 'dicom.unknown-vr'
  | 'dicom.wrong-vr'
  | 'dicom.element-order'
  | 'dicom.duplicate-element'
  | 'dicom.unexpected-delimiter'
  | 'dicom.delimiter-missing'
  | 'dicom.trailing-bytes'
  | 'dicom.preamble-missing'
  | 'dicom.meta-missing'
  | 'dicom.meta-length'
  | 'dicom.syntax-mislabelled'
  | 'dicom.offset-table'
  | 'dicom.frame-count'
  | 'dicom.pixels-short'
  | 'dicom.pixels-long';

/** The element that holds pixels, as far as its head tells. */
export interface PixelElement {
  readonly tag: number;
  readonly vr: Vr;
  /** Where its value begins in the source. */
  readonly offset: number;
  /** Undefined: encapsulated, in fragments. */
  readonly length: number | undefined;
}

export const pixelDataTag = 0x7fe00010;

/** Float, Double Float or Pixel Data: whichever a data set has, it has one. */
export function isPixelData(tag: number): boolean {
  return tag === pixelDataTag || tag === 0x7fe00008 || tag === 0x7fe00009;
}
