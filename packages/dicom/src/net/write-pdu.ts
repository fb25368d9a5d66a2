// Protocol data units as bytes (DICOM PS3.8 2024e, 9.3).
import { pduType, type Abort, type AnsweredContext, type AssociateAccept, type AssociateRequest, type ProposedContext, type Rejection, type UserInformation } from './pdu.ts';

const encoder = new TextEncoder();

export function writeAssociateRequest(request: AssociateRequest): Uint8Array {
  return pdu(pduType.request, [fixedFields(request, request.protocolVersion), item(0x10, ascii(request.applicationContext)), ...request.contexts.map(proposed), userInformation(request.user)]);
}

export function writeAssociateAccept(accept: AssociateAccept): Uint8Array {
  return pdu(pduType.accept, [fixedFields(accept, 1), item(0x10, ascii(accept.applicationContext)), ...accept.contexts.map(answered), userInformation(accept.user)]);
}

export function writeReject({ result, source, reason }: Rejection): Uint8Array {
  return pdu(pduType.reject, [Uint8Array.of(0, result, source, reason)]);
}

export function writeReleaseRequest(): Uint8Array {
  return pdu(pduType.releaseRequest, [new Uint8Array(4)]);
}

export function writeReleaseReply(): Uint8Array {
  return pdu(pduType.releaseReply, [new Uint8Array(4)]);
}

export function writeAbort({ source, reason }: Abort): Uint8Array {
  return pdu(pduType.abort, [Uint8Array.of(0, 0, source, reason)]);
}

/** The twelve bytes before a value that fills a P-DATA-TF of its own; the value's bytes follow unjoined. */
export function writeDataHead(contextId: number, isCommand: boolean, last: boolean, length: number): Uint8Array {
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  head[0] = pduType.data;
  view.setUint32(2, length + 6);
  view.setUint32(6, length + 2);
  head[10] = contextId;
  head[11] = (isCommand ? 1 : 0) | (last ? 2 : 0);
  return head;
}

function pdu(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(parts);
  const head = new Uint8Array(6);
  head[0] = type;
  new DataView(head.buffer).setUint32(2, body.length);
  return joined([head, body]);
}

function fixedFields({ calledAe, callingAe }: { readonly calledAe: string; readonly callingAe: string }, version: number): Uint8Array {
  const fields = new Uint8Array(68);
  fields.set(u16(version), 0);
  fields.set(title(calledAe), 4);
  fields.set(title(callingAe), 20);
  return fields;
}

/** PS3.8 9.3.2: sixteen characters, spaces behind. */
function title(ae: string): Uint8Array {
  return ascii(ae.slice(0, 16).padEnd(16));
}

function proposed({ id, abstractSyntax, transferSyntaxes }: ProposedContext): Uint8Array {
  return item(0x20, joined([Uint8Array.of(id, 0, 0, 0), item(0x30, ascii(abstractSyntax)), ...transferSyntaxes.map((uid) => item(0x40, ascii(uid)))]));
}

function answered({ id, result, transferSyntax }: AnsweredContext): Uint8Array {
  return item(0x21, joined([Uint8Array.of(id, 0, result, 0), item(0x40, ascii(transferSyntax))]));
}

/** Sub-items in the order of their numbers, as DCMTK and the examples of the standard have them. */
function userInformation(user: UserInformation): Uint8Array {
  const parts = [item(0x51, u32(user.maxPduLength)), item(0x52, ascii(user.implementationClass))];
  if (user.window !== undefined) parts.push(item(0x53, joined([u16(user.window.invoked), u16(user.window.performed)])));
  for (const role of user.roles) parts.push(item(0x54, joined([counted(ascii(role.sopClass)), Uint8Array.of(Number(role.scu), Number(role.scp))])));
  if (user.implementationVersion !== '') parts.push(item(0x55, ascii(user.implementationVersion.slice(0, 16))));
  for (const { sopClass, information } of user.extended) parts.push(item(0x56, joined([counted(ascii(sopClass)), information])));
  for (const { sopClass, serviceClass, related } of user.commonExtended) {
    parts.push(item(0x57, joined([counted(ascii(sopClass)), counted(ascii(serviceClass)), counted(joined(related.map((uid) => counted(ascii(uid)))))])));
  }
  if (user.identity !== undefined) {
    const { kind, answerWanted, primary, secondary } = user.identity;
    parts.push(item(0x58, joined([Uint8Array.of(kind, Number(answerWanted)), counted(primary), counted(secondary)])));
  }
  if (user.identityAnswer !== undefined) parts.push(item(0x59, counted(user.identityAnswer)));
  return item(0x50, joined(parts));
}

function item(type: number, body: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(type, 0), counted(body)]);
}

function counted(body: Uint8Array): Uint8Array {
  return joined([u16(body.length), body]);
}

function ascii(text: string): Uint8Array {
  return encoder.encode(text);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
