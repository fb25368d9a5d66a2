// Where the fragments of encapsulated pixels lie (DICOM PS3.5 2024e, A.4), from their heads alone: the pixels themselves pass by.
import { DicomError } from '../dataset/dicom-error.ts';
import { readTag, readUint32 } from '../dataset/element-head.ts';

export interface Fragments {
  /** Basic Offset Table as it stands; empty when there is none. */
  readonly table: Uint8Array;
  /** Where each fragment's value begins, counted as `start` was, and its bytes. */
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
  /** Whether the fragment begins as a code stream does (JPEG, JPEG-LS, JPEG 2000, JPEG XL). */
  readonly begins: readonly boolean[];
  /** Where the value of the pixels ends, its delimiter included. */
  readonly end: number;
}

export interface FragmentScanner {
  /** The first byte that is wanted next: who can seek may leave out what is before. */
  readonly next: number;
  /** Looks at bytes that stand at `offset`. Gives the fragments when the last head has been seen. */
  take(offset: number, bytes: Uint8Array): Fragments | undefined;
}

const item = 0xfffee000;
const sequenceDelimiter = 0xfffee0dd;
const markBytes = 4;
const longestTable = 4 * 1024 * 1024; // a million frames
const mostFragments = 1_000_000;

/** Scans from `start`, where the value of the pixel element begins. Bytes may come in pieces of any size, with gaps up to `next`. */
export function fragmentScanner(start: number): FragmentScanner {
  const scan = new Scan(start);
  return {
    get next() {
      return scan.place + scan.filled;
    },
    take: (offset, bytes) => scan.take(offset, bytes),
  };
}

class Scan {
  place: number;
  filled = 0;
  private wanted: Uint8Array = new Uint8Array(8);
  private phase: 'head' | 'table' | 'mark' = 'head';
  private length = 0;
  private table: Uint8Array | undefined;
  private readonly offsets: number[] = [];
  private readonly lengths: number[] = [];
  private readonly begins: boolean[] = [];
  private found: Fragments | undefined;

  constructor(start: number) {
    this.place = start;
  }

  take(offset: number, bytes: Uint8Array): Fragments | undefined {
    const end = offset + bytes.length;
    while (this.found === undefined) {
      const from = this.place + this.filled - offset;
      const missing = this.wanted.length - this.filled;
      if (missing > 0 && (from < 0 || this.place + this.filled >= end)) return undefined;
      const piece = bytes.subarray(from, from + missing);
      this.wanted.set(piece, this.filled);
      this.filled += piece.length;
      if (this.filled < this.wanted.length) return undefined;
      this.read(this.wanted);
    }
    return this.found;
  }

  private read(bytes: Uint8Array): void {
    if (this.phase === 'head') this.readHead(bytes);
    else if (this.phase === 'table') this.readTable(bytes);
    else this.readMark(bytes);
  }

  private readHead(bytes: Uint8Array): void {
    const tag = readTag(bytes, 0, true);
    this.length = readUint32(bytes, 4, true);
    const value = this.place + 8;
    if (tag === sequenceDelimiter) {
      const { offsets, lengths, begins, table = new Uint8Array(0) } = this;
      this.found = { table, offsets, lengths, begins, end: value };
      return;
    }
    if (tag !== item || this.length === 0xffffffff) throw new DicomError('dicom.unexpected-tag', this.place);
    if (this.table !== undefined) return this.want('mark', value, Math.min(markBytes, this.length));
    // A longer table is passed over: frames are then told from the fragments.
    if (this.length > longestTable) this.length = this.passOver();
    else this.want('table', value, this.length);
    return undefined;
  }

  private passOver(): 0 {
    this.table = new Uint8Array(0);
    this.want('head', this.place + 8 + this.length, 8);
    return 0;
  }

  private readTable(bytes: Uint8Array): void {
    this.table = bytes.slice();
    this.want('head', this.place + this.length, 8);
  }

  private readMark(bytes: Uint8Array): void {
    if (this.offsets.length >= mostFragments) throw new DicomError('dicom.too-many-elements', this.place);
    this.offsets.push(this.place);
    this.lengths.push(this.length);
    this.begins.push(beginsStream(bytes));
    this.want('head', this.place + this.length, 8);
  }

  private want(phase: Scan['phase'], place: number, size: number): void {
    this.phase = phase;
    this.place = place;
    this.filled = 0;
    if (this.wanted.length !== size) this.wanted = new Uint8Array(size);
  }
}

/** SOI of the JPEG family (and of bare JPEG XL), SOC of JPEG 2000. */
function beginsStream(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && (bytes[1] === 0xd8 || bytes[1] === 0x4f || bytes[1] === 0x0a);
}
