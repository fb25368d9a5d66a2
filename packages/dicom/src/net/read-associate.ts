// The variable fields of A-ASSOCIATE-RQ and A-ASSOCIATE-AC (DICOM PS3.8 2024e, 9.3.2 and 9.3.3; PS3.7 D.3.3).
import { DicomNetError } from './net-error.ts';
import type { AnsweredContext, AssociateAccept, AssociateRequest, CommonExtendedNegotiation, ContextResult, ExtendedNegotiation, OperationsWindow, ProposedContext, RoleSelection, UserIdentity, UserInformation } from './pdu.ts';

const FIXED = 68;
const ascii = new TextDecoder('latin1');

interface Item {
  readonly type: number;
  readonly body: Uint8Array;
}

/** Reads the body (after the six bytes of the header) of an A-ASSOCIATE-RQ. Throws `dicom.pdu-malformed`. */
export function readAssociateRequest(body: Uint8Array): AssociateRequest {
  const items = variableItems(body);
  const contexts = items.filter(({ type }) => type === 0x20).map(({ body }) => proposedContext(body));
  idsAreOddAndDistinct(contexts);
  return { ...titles(body, items), protocolVersion: u16(body, 0), contexts, user: userInformation(items) };
}

/** Reads the body of an A-ASSOCIATE-AC. Throws `dicom.pdu-malformed`. */
export function readAssociateAccept(body: Uint8Array): AssociateAccept {
  const items = variableItems(body);
  return { ...titles(body, items), contexts: items.filter(({ type }) => type === 0x21).map(({ body }) => answeredContext(body)), user: userInformation(items) };
}

function variableItems(body: Uint8Array): Item[] {
  if (body.length < FIXED) throw new DicomNetError('dicom.pdu-malformed', 'A-ASSOCIATE is too short');
  return [...itemsOf(body.subarray(FIXED))];
}

function* itemsOf(bytes: Uint8Array): Generator<Item> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + u16(bytes, at + 2);
    if (end > bytes.length) throw new DicomNetError('dicom.pdu-malformed', 'an item runs past its end');
    yield { type: bytes[at] ?? 0, body: bytes.subarray(at + 4, end) };
    at = end;
  }
}

function titles(body: Uint8Array, items: readonly Item[]) {
  const context = items.find(({ type }) => type === 0x10);
  return { calledAe: text(body.subarray(4, 20)), callingAe: text(body.subarray(20, 36)), applicationContext: context === undefined ? '' : text(context.body) };
}

function proposedContext(body: Uint8Array): ProposedContext {
  const items = [...itemsOf(rest(body, 4))];
  const abstract = items.find(({ type }) => type === 0x30);
  if (abstract === undefined) throw new DicomNetError('dicom.pdu-malformed', 'a presentation context without abstract syntax');
  return { id: body[0] ?? 0, abstractSyntax: text(abstract.body), transferSyntaxes: items.filter(({ type }) => type === 0x40).map(({ body }) => text(body)) };
}

/** PS3.8 9.3.2.2: odd numbers from 1 to 255, each once; so there are never more than 128. */
function idsAreOddAndDistinct(contexts: readonly ProposedContext[]): void {
  const ids = new Set(contexts.map(({ id }) => id));
  if (ids.size !== contexts.length || contexts.some(({ id }) => id % 2 === 0)) throw new DicomNetError('dicom.pdu-malformed', 'presentation context ids');
}

function answeredContext(body: Uint8Array): AnsweredContext {
  const result = body[2] ?? 0;
  const transfer = [...itemsOf(rest(body, 4))].find(({ type }) => type === 0x40);
  const transferSyntax = transfer === undefined ? '' : text(transfer.body);
  return { id: body[0] ?? 0, result: isContextResult(result) ? result : 2, transferSyntax };
}

function isContextResult(result: number): result is ContextResult {
  return result <= 4;
}

function userInformation(items: readonly Item[]): UserInformation {
  const information = items.find(({ type }) => type === 0x50);
  const parts = information === undefined ? [] : [...itemsOf(information.body)];
  const one = (type: number) => parts.find((part) => part.type === type)?.body;
  const all = <T>(type: number, read: (body: Uint8Array) => T) => parts.filter((part) => part.type === type).map(({ body }) => read(body));
  const [length, window, identity, answer] = [one(0x51), one(0x53), one(0x58), one(0x59)];
  return {
    maxPduLength: length === undefined ? 0 : u32(length, 0),
    implementationClass: text(one(0x52) ?? nothing), implementationVersion: text(one(0x55) ?? nothing),
    roles: all(0x54, role), extended: all(0x56, extended), commonExtended: all(0x57, commonExtended),
    ...(window !== undefined && { window: operationsWindow(window) }),
    ...(identity !== undefined && { identity: userIdentity(identity) }),
    ...(answer !== undefined && { identityAnswer: counted(answer, 0) }),
  };
}

function operationsWindow(body: Uint8Array): OperationsWindow {
  return { invoked: u16(body, 0), performed: u16(body, 2) };
}

function role(body: Uint8Array): RoleSelection {
  const uid = counted(body, 0);
  return { sopClass: text(uid), scu: body[2 + uid.length] === 1, scp: body[3 + uid.length] === 1 };
}

function extended(body: Uint8Array): ExtendedNegotiation {
  const uid = counted(body, 0);
  return { sopClass: text(uid), information: body.slice(2 + uid.length) };
}

function commonExtended(body: Uint8Array): CommonExtendedNegotiation {
  const sopClass = counted(body, 0);
  const serviceClass = counted(body, 2 + sopClass.length);
  const list = counted(body, 4 + sopClass.length + serviceClass.length);
  const related: string[] = [];
  for (let at = 0; at < list.length; ) {
    const uid = counted(list, at);
    related.push(text(uid));
    at += 2 + uid.length;
  }
  return { sopClass: text(sopClass), serviceClass: text(serviceClass), related };
}

function userIdentity(body: Uint8Array): UserIdentity {
  const primary = counted(body, 2);
  const secondary = body.length >= 6 + primary.length ? counted(body, 4 + primary.length) : nothing;
  return { kind: body[0] ?? 0, answerWanted: body[1] === 1, primary: primary.slice(), secondary: secondary.slice() };
}

const nothing = new Uint8Array(0);

/** Bytes after their length in two bytes. */
function counted(bytes: Uint8Array, at: number): Uint8Array {
  const end = at + 2 + u16(bytes, at);
  if (end > bytes.length) throw new DicomNetError('dicom.pdu-malformed', 'a field runs past its item');
  return bytes.subarray(at + 2, end);
}

function rest(bytes: Uint8Array, from: number): Uint8Array {
  if (bytes.length < from) throw new DicomNetError('dicom.pdu-malformed', 'an item is too short');
  return bytes.subarray(from);
}

/** Titles and identifiers; some senders pad identifiers to even length with a zero or a space, as in datasets. */
function text(bytes: Uint8Array): string {
  return ascii.decode(bytes).replaceAll('\0', '').trim();
}

function u16(bytes: Uint8Array, at: number): number {
  if (at + 2 > bytes.length) throw new DicomNetError('dicom.pdu-malformed', 'a number is cut off');
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x10000 + u16(bytes, at + 2);
}
