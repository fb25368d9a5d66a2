// The command set of a DIMSE message (DICOM PS3.7 2024e, 6.3 and annex E): implicit VR little endian, whatever the dataset is in.
import { DicomNetError } from './net-error.ts';

/** PS3.7 E.1-1, Command Field. A response is its request with bit 15. */
export const commandField = {
  store: 0x0001, get: 0x0010, find: 0x0020, move: 0x0021, echo: 0x0030, cancel: 0x0fff,
  eventReport: 0x0100, nGet: 0x0110, nSet: 0x0120, nAction: 0x0130, nCreate: 0x0140, nDelete: 0x0150,
} as const;

const RESPONSE = 0x8000;
/** PS3.7 E.1-1, Command Data Set Type: this value, and only this one, says that no dataset follows. */
const NO_DATA = 0x0101;

/** The fields of a command that are known; what a message does not have is absent. */
export interface Command {
  readonly field: number;
  readonly messageId?: number;
  readonly respondsTo?: number;
  readonly affectedSopClass?: string;
  readonly requestedSopClass?: string;
  readonly affectedSopInstance?: string;
  readonly requestedSopInstance?: string;
  readonly priority?: number;
  readonly status?: number;
  readonly moveDestination?: string;
  readonly originatorAe?: string;
  readonly originatorMessageId?: number;
  readonly remaining?: number;
  readonly completed?: number;
  readonly failed?: number;
  readonly warning?: number;
  readonly errorComment?: string;
  readonly errorId?: number;
  readonly eventType?: number;
  readonly actionType?: number;
  /** Tags as numbers, group above element. */
  readonly offendingElements?: readonly number[];
  readonly attributes?: readonly number[];
}

type Kind = 'US' | 'UI' | 'AE' | 'LO' | 'AT';

/** In the order of tags, so that writing is in order too. */
const elements: readonly (readonly [element: number, kind: Kind, name: keyof Command])[] = [
  [0x0002, 'UI', 'affectedSopClass'], [0x0003, 'UI', 'requestedSopClass'], [0x0100, 'US', 'field'], [0x0110, 'US', 'messageId'],
  [0x0120, 'US', 'respondsTo'], [0x0600, 'AE', 'moveDestination'], [0x0700, 'US', 'priority'], [0x0900, 'US', 'status'],
  [0x0901, 'AT', 'offendingElements'], [0x0902, 'LO', 'errorComment'], [0x0903, 'US', 'errorId'], [0x1000, 'UI', 'affectedSopInstance'],
  [0x1001, 'UI', 'requestedSopInstance'], [0x1002, 'US', 'eventType'], [0x1005, 'AT', 'attributes'], [0x1008, 'US', 'actionType'],
  [0x1020, 'US', 'remaining'], [0x1021, 'US', 'completed'], [0x1022, 'US', 'failed'], [0x1023, 'US', 'warning'],
  [0x1030, 'AE', 'originatorAe'], [0x1031, 'US', 'originatorMessageId'],
];
const byElement = new Map(elements.map((row) => [row[0], row]));
const DATA_SET_TYPE = 0x0800;
const ascii = new TextDecoder('latin1');
const encoder = new TextEncoder();

/** Reads a command set. Unknown elements are passed over. Throws `dicom.command-malformed`. */
export function readCommand(bytes: Uint8Array): { readonly command: Command; readonly hasData: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Record<string, unknown> = {};
  let dataSetType = NO_DATA;
  for (let at = 0; at < bytes.length; ) {
    const [element, value] = elementAt(view, bytes, at);
    if (element === DATA_SET_TYPE) dataSetType = numbers(value)[0] ?? NO_DATA;
    const row = byElement.get(element);
    if (row !== undefined && value.length > 0) found[row[2]] = readValue(row[1], value);
    at += 8 + value.length;
  }
  if (!isCommand(found)) throw new DicomNetError('dicom.command-malformed', 'no command field');
  return { command: found, hasData: dataSetType !== NO_DATA };
}

function elementAt(view: DataView, bytes: Uint8Array, at: number): readonly [element: number, value: Uint8Array] {
  if (at + 8 > bytes.length) throw new DicomNetError('dicom.command-malformed', 'an element is cut off');
  const end = at + 8 + view.getUint32(at + 4, true);
  if (view.getUint16(at, true) !== 0 || end > bytes.length) throw new DicomNetError('dicom.command-malformed', 'an element does not belong');
  return [view.getUint16(at + 2, true), bytes.subarray(at + 8, end)];
}

function isCommand(found: Record<string, unknown>): found is Record<string, unknown> & Command {
  return typeof found['field'] === 'number';
}

function readValue(kind: Kind, value: Uint8Array): unknown {
  if (kind === 'US') return numbers(value)[0];
  if (kind === 'AT') return tags(value);
  return ascii.decode(value).replaceAll('\0', '').trim();
}

function numbers(value: Uint8Array): number[] {
  if (value.length % 2 === 1) throw new DicomNetError('dicom.command-malformed', 'a number of odd length');
  return Array.from({ length: value.length / 2 }, (_none, n) => (value[2 * n] ?? 0) | ((value[2 * n + 1] ?? 0) << 8));
}

function tags(value: Uint8Array): number[] {
  const words = numbers(value);
  return Array.from({ length: words.length >> 1 }, (_none, n) => (words[2 * n] ?? 0) * 0x10000 + (words[2 * n + 1] ?? 0));
}

/** Writes a command set, its group length first. */
export function writeCommand(command: Command, hasData: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [element, kind, name] of elements) {
    // PS3.7 wants elements in order: 0800 stands between 0700 and 0900.
    if (element === 0x0900) parts.push(writeElement(DATA_SET_TYPE, words([hasData ? 0 : NO_DATA])));
    const value = command[name];
    if (value !== undefined) parts.push(writeElement(element, writeValue(kind, value)));
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([writeElement(0, Uint8Array.of(length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff, 0)), ...parts], length + 12);
}

function writeValue(kind: Kind, value: string | number | readonly number[]): Uint8Array {
  if (typeof value === 'number') return words([value]);
  if (typeof value !== 'string') return words(value.flatMap((tag) => [tag >>> 16, tag & 0xffff]));
  const bytes = encoder.encode(kind === 'LO' ? comment(value) : value);
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1).fill(kind === 'UI' ? 0 : 0x20);
  even.set(bytes);
  return even;
}

/** PS3.7 annex E: at most 64 characters of the default repertoire. */
function comment(text: string): string {
  return text.replaceAll(/[^\x20-\x5b\x5d-\x7e]/g, '?').slice(0, 64);
}

function words(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]));
}

function writeElement(element: number, value: Uint8Array): Uint8Array {
  const whole = new Uint8Array(8 + value.length);
  const view = new DataView(whole.buffer);
  view.setUint16(2, element, true);
  view.setUint32(4, value.length, true);
  whole.set(value, 8);
  return whole;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function isResponse(command: Command): boolean {
  return (command.field & RESPONSE) !== 0;
}

/** What every response repeats of its request (PS3.7 9.3 and 10.3); requested names come back as affected ones. */
export function responseTo(request: Command, status: number): Command {
  const sopClass = request.affectedSopClass ?? request.requestedSopClass;
  const sopInstance = request.affectedSopInstance ?? request.requestedSopInstance;
  return {
    field: request.field | RESPONSE, respondsTo: request.messageId ?? 0, status,
    ...(sopClass !== undefined && { affectedSopClass: sopClass }),
    ...(sopInstance !== undefined && { affectedSopInstance: sopInstance }),
    ...(request.eventType !== undefined && { eventType: request.eventType }),
    ...(request.actionType !== undefined && { actionType: request.actionType }),
  };
}
