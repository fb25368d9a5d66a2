// The markers of a JPEG stream (ISO/IEC 10918-1, Annex B): what it says of itself before any of it is decoded.
import { refusePixels } from './refuse-pixels.ts';

export interface JpegComponent {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantizer: number;
}

export interface JpegScan {
  readonly components: readonly { readonly index: number; readonly dc: number; readonly ac: number }[];
  /** Ss: in a lossless scan the predictor. */
  readonly selection: number;
  /** Al: the point transform. */
  readonly shift: number;
  readonly restartInterval: number;
  readonly huffman: ReadonlyMap<number, Uint16Array>;
  readonly quantizers: ReadonlyMap<number, Uint16Array>;
  /** Where the entropy-coded bytes begin and end. */
  readonly from: number;
  readonly end: number;
}

export interface JpegStream {
  /** Which process: the low byte of SOF; 0xf7 is JPEG-LS. */
  readonly process: number;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: readonly JpegComponent[];
  /** What APP14 says of the colours; undefined without it. */
  readonly adobe: number | undefined;
  readonly jfif: boolean;
  readonly scans: readonly JpegScan[];
  /** It was closed by EOI: nothing is missing at its end. */
  readonly complete: boolean;
}

type Draft = { -readonly [Key in keyof JpegStream]: JpegStream[Key] } & { scans: JpegScan[] };

/** Reads the markers of a whole stream, the scans with the tables that hold where each begins. */
export function readJpegStream(bytes: Uint8Array): JpegStream {
  const draft: Draft = { process: -1, precision: 0, rows: 0, columns: 0, components: [], adobe: undefined, jfif: false, scans: [], complete: false };
  const huffman = new Map<number, Uint16Array>();
  const quantizers = new Map<number, Uint16Array>();
  let restartInterval = 0;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) refusePixels(0);
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) refusePixels(at);
    const marker = bytes[at + 1]!;
    if (marker === 0xff) { at += 1; continue; }
    if (marker === 0xd9) return { ...draft, complete: true };
    const body = segment(bytes, at);
    at += 2 + body.length + 2;
    if (marker === 0xc4) readHuffman(body, huffman);
    if (marker === 0xdb) readQuantizers(body, quantizers);
    if (marker === 0xdd) restartInterval = wordAt(body, 0);
    if (marker === 0xe0) draft.jfif ||= body[0] === 0x4a && body[1] === 0x46;
    if (marker === 0xee && body.length >= 12 && body[0] === 0x41 && body[1] === 0x64) draft.adobe = body[11];
    if (isFrame(marker)) readFrame(marker, body, draft);
    if (marker !== 0xda) continue;
    const end = entropyEnd(bytes, at, draft.process === 0xf7);
    draft.scans.push({ ...scanHead(body, draft), restartInterval, huffman: new Map(huffman), quantizers: new Map(quantizers), from: at, end });
    at = end;
  }
  return draft;
}

function isFrame(marker: number): boolean {
  return marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc);
}

function segment(bytes: Uint8Array, at: number): Uint8Array {
  const length = at + 3 < bytes.length ? (bytes[at + 2]! << 8) | bytes[at + 3]! : 0;
  if (length < 2 || at + 2 + length > bytes.length) refusePixels(at);
  return bytes.subarray(at + 4, at + 2 + length);
}

function wordAt(body: Uint8Array, at: number): number {
  return ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0);
}

function readFrame(marker: number, body: Uint8Array, draft: Draft): void {
  const count = body[5] ?? 0;
  if (draft.process !== -1 || body.length < 6 + count * 3) refusePixels();
  draft.process = marker;
  draft.precision = body[0]!;
  draft.rows = wordAt(body, 1);
  draft.columns = wordAt(body, 3);
  draft.components = Array.from({ length: count }, (_, at) => {
    const [id, factors, quantizer] = body.subarray(6 + at * 3, 9 + at * 3);
    return { id: id!, across: factors! >> 4, down: factors! & 15, quantizer: quantizer! };
  });
}

function scanHead(body: Uint8Array, { components }: Draft): Pick<JpegScan, 'components' | 'selection' | 'shift'> {
  const count = body[0] ?? 0;
  if (count === 0 || body.length < 4 + count * 2) refusePixels();
  const used = Array.from({ length: count }, (_, at) => {
    const index = components.findIndex(({ id }) => id === body[1 + at * 2]);
    if (index < 0) refusePixels();
    const tables = body[2 + at * 2]!;
    return { index, dc: tables >> 4, ac: 0x10 | (tables & 15) };
  });
  return { components: used, selection: body[1 + count * 2]!, shift: body[3 + count * 2]! & 15 };
}

/** The next marker that is neither a stuffed byte nor a restart; JPEG-LS stuffs a bit instead (ISO/IEC 14495-1, A.1). */
function entropyEnd(bytes: Uint8Array, from: number, ls: boolean): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1]!;
    const data = ls ? next < 0x80 : next === 0;
    if (!data && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at;
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return bytes.length;
}

/** Each table becomes one of 65,536 entries, by the next 16 bits: the length of the code, and its symbol (0: no such code). */
function readHuffman(body: Uint8Array, tables: Map<number, Uint16Array>): void {
  let at = 0;
  while (at < body.length) {
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (counts.length < 16 || at + 17 + total > body.length) refusePixels();
    tables.set(body[at]!, lookup(counts, body.subarray(at + 17, at + 17 + total)));
    at += 17 + total;
  }
}

function lookup(counts: Uint8Array, symbols: Uint8Array): Uint16Array {
  const table = new Uint16Array(65_536);
  let code = 0;
  let symbol = 0;
  for (let length = 1; length <= 16; length += 1) {
    for (let left = counts[length - 1]!; left > 0; left -= 1) {
      const first = code << (16 - length);
      if (first >= 65_536) refusePixels();
      table.fill((length << 8) | symbols[symbol]!, first, first + (1 << (16 - length)));
      symbol += 1;
      code += 1;
    }
    code <<= 1;
  }
  return table;
}

function readQuantizers(body: Uint8Array, tables: Map<number, Uint16Array>): void {
  let at = 0;
  while (at < body.length) {
    const wide = body[at]! >> 4 !== 0;
    const size = wide ? 128 : 64;
    if (at + 1 + size > body.length) refusePixels();
    const start = at + 1;
    tables.set(body[at]! & 15, Uint16Array.from({ length: 64 }, (_, k) => (wide ? wordAt(body, start + k * 2) : body[start + k]!)));
    at += 1 + size;
  }
}
