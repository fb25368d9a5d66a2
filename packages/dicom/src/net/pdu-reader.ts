// Bytes of a connection into protocol data units (DICOM PS3.8 2024e, 9.3.1), without ever joining data:
// a P-DATA-TF is handed on as it arrives, in slices of the arriving chunks, however long it is.
import { DicomNetError } from './net-error.ts';
import { pduType } from './pdu.ts';

export interface PduSink {
  /** A whole PDU other than P-DATA-TF: its body, after type and length. */
  control(type: number, body: Uint8Array): void;
  /** Some bytes of a presentation data value. `last`: they end the command or the dataset. A slice lives in its chunk. */
  data(contextId: number, isCommand: boolean, last: boolean, slice: Uint8Array): void;
}

export interface PduLimits {
  /** Longest P-DATA-TF believed. */
  readonly dataLength: number;
  /** Longest of the others believed: 128 contexts of 40 transfer syntaxes are 140 KB. */
  readonly controlLength: number;
}

export interface PduReader {
  /** Takes the next bytes. Throws a DicomNetError; what follows it is undefined, so the association must be aborted. */
  push(chunk: Uint8Array): void;
  /** Whether no PDU has begun that has not ended. */
  readonly atRest: boolean;
  /** PDUs ended so far. */
  readonly count: number;
}

interface Reading {
  readonly limits: PduLimits;
  readonly sink: PduSink;
  /** Header of the PDU (6 bytes) or of the value (6 bytes), while it is not complete. */
  readonly head: Uint8Array;
  headFilled: number;
  type: number;
  /** Bytes of the PDU that have not come. */
  left: number;
  /** Bytes of the value that have not come; -1: its header has not. */
  valueLeft: number;
  contextId: number;
  flags: number;
  body: Uint8Array | undefined;
  bodyFilled: number;
  count: number;
}

const HEAD = 6;

export function newPduReader(limits: PduLimits, sink: PduSink): PduReader {
  const reading: Reading = { limits, sink, head: new Uint8Array(HEAD), headFilled: 0, type: 0, left: 0, valueLeft: -1, contextId: 0, flags: 0, body: undefined, bodyFilled: 0, count: 0 };
  return {
    push: (chunk) => {
      for (let at = 0; at < chunk.length; ) at = step(reading, chunk, at);
    },
    get atRest() {
      return reading.type === 0 && reading.headFilled === 0;
    },
    get count() {
      return reading.count;
    },
  };
}

/** Takes one part from `at` on; returns where the next part begins. */
function step(reading: Reading, chunk: Uint8Array, at: number): number {
  if (reading.type === 0) return pduHead(reading, chunk, at);
  if (reading.type !== pduType.data) return controlBody(reading, chunk, at);
  return reading.valueLeft < 0 ? valueHead(reading, chunk, at) : value(reading, chunk, at);
}

function pduHead(reading: Reading, chunk: Uint8Array, at: number): number {
  const after = fillHead(reading, chunk, at);
  // The type is judged as soon as it is there: a port scanner that speaks HTTP shall not wait for five more bytes.
  if (at < after) typeIsKnown(reading.head[0] ?? 0);
  if (reading.headFilled < HEAD) return after;
  reading.headFilled = 0;
  reading.type = reading.head[0] ?? 0;
  reading.left = u32(reading.head, 2);
  beginBody(reading);
  return after;
}

function typeIsKnown(type: number): void {
  if (type < pduType.request || type > pduType.abort) throw new DicomNetError('dicom.pdu-unknown');
}

function beginBody(reading: Reading): void {
  const isData = reading.type === pduType.data;
  if (reading.left > (isData ? reading.limits.dataLength : reading.limits.controlLength)) throw new DicomNetError('dicom.pdu-too-long');
  if (isData && reading.left < HEAD) malformed('a P-DATA-TF without a value');
  if (reading.left === 0) malformed('an empty PDU');
  reading.bodyFilled = 0;
  // Not made before its bytes come: a length alone must not take memory.
  reading.body = undefined;
}

function controlBody(reading: Reading, chunk: Uint8Array, at: number): number {
  const taken = Math.min(reading.left - reading.bodyFilled, chunk.length - at);
  const needed = reading.bodyFilled + taken;
  const body = grown(reading.body, needed, reading.left);
  body.set(chunk.subarray(at, at + taken), reading.bodyFilled);
  reading.body = body;
  reading.bodyFilled = needed;
  if (needed === reading.left) endControl(reading, body.subarray(0, needed));
  return at + taken;
}

function grown(body: Uint8Array | undefined, needed: number, whole: number): Uint8Array {
  if (body !== undefined && body.length >= needed) return body;
  const larger = new Uint8Array(Math.min(whole, Math.max(needed, 2 * (body?.length ?? 0))));
  if (body !== undefined) larger.set(body);
  return larger;
}

function endControl(reading: Reading, body: Uint8Array): void {
  const type = reading.type;
  reading.type = 0;
  reading.body = undefined;
  reading.count += 1;
  reading.sink.control(type, body);
}

/** PS3.8 9.3.5.1: length, presentation context, message control header (PS3.8 E.2: bit 0 command, bit 1 last). */
function valueHead(reading: Reading, chunk: Uint8Array, at: number): number {
  const after = fillHead(reading, chunk, at);
  if (reading.headFilled < HEAD) return after;
  reading.headFilled = 0;
  const length = u32(reading.head, 0);
  reading.left -= HEAD;
  if (length < 2 || length - 2 > reading.left) malformed('a value does not fit its P-DATA-TF');
  reading.contextId = reading.head[4] ?? 0;
  reading.flags = reading.head[5] ?? 0;
  reading.valueLeft = length - 2;
  if (reading.valueLeft === 0) handOn(reading, nothing);
  return after;
}

function value(reading: Reading, chunk: Uint8Array, at: number): number {
  const taken = Math.min(reading.valueLeft, chunk.length - at);
  const slice = taken === chunk.length ? chunk : chunk.subarray(at, at + taken);
  reading.valueLeft -= taken;
  reading.left -= taken;
  handOn(reading, slice);
  return at + taken;
}

const nothing = new Uint8Array(0);

function handOn(reading: Reading, slice: Uint8Array): void {
  const { contextId, flags, valueLeft } = reading;
  if (valueLeft === 0) endValue(reading);
  reading.sink.data(contextId, (flags & 1) === 1, valueLeft === 0 && (flags & 2) === 2, slice);
}

function endValue(reading: Reading): void {
  reading.valueLeft = -1;
  if (reading.left === 0) {
    reading.type = 0;
    reading.count += 1;
    return;
  }
  if (reading.left < HEAD) malformed('bytes after the last value');
}

function fillHead(reading: Reading, chunk: Uint8Array, at: number): number {
  const end = Math.min(chunk.length, at + HEAD - reading.headFilled);
  for (let from = at; from < end; from += 1) reading.head[reading.headFilled++] = chunk[from] ?? 0;
  return end;
}

function malformed(detail: string): never {
  throw new DicomNetError('dicom.pdu-malformed', detail);
}

function u32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}
