// What we ask of others over an association of ours (DICOM PS3.4 2024e, A, C, J).
import { commandField, commitmentInstance, DicomNetError, sopClass, status, type Command, type Context, type Conversation, type EventReport, type Outcome, type Response } from '@sen/dicom/net';
import type { DicomCall } from './open-association.ts';

/** C-ECHO; the status of the answer. */
export async function echo(call: DicomCall): Promise<number> {
  const { status } = await last(call.ask(contextOf(call, sopClass.verification), { field: commandField.echo, affectedSopClass: sopClass.verification }));
  return status;
}

/** C-FIND: identifiers of matches as they come, in the transfer syntax of the context. Leaving early cancels the query. */
export async function* find(call: DicomCall, model: string, identifier: Uint8Array): AsyncGenerator<Uint8Array, number> {
  const asked: Command = { field: commandField.find, affectedSopClass: model, priority: 0 };
  for await (const { command, data } of call.ask(contextOf(call, model), asked, identifier)) {
    if (data !== undefined && isPending(command)) yield data;
    else if (!isPending(command)) return command.status ?? status.unableToProcess;
  }
  return status.unableToProcess;
}

/** C-MOVE, or C-GET where there is no destination: every response with its counts, the last with the final status. */
export function retrieve(call: DicomCall, model: string, identifier: Uint8Array, destination?: string): AsyncIterable<Response> {
  const field = destination === undefined ? commandField.get : commandField.move;
  return call.ask(contextOf(call, model), { field, affectedSopClass: model, priority: 0, ...(destination !== undefined && { moveDestination: destination }) }, identifier);
}

/** N-ACTION of storage commitment: asks the other side to say later, by event report, what it will keep. */
export async function askCommitment(call: DicomCall, request: Uint8Array): Promise<Outcome> {
  return last(call.ask(contextOf(call, sopClass.commitment), { field: commandField.nAction, requestedSopClass: sopClass.commitment, requestedSopInstance: commitmentInstance, actionType: 1 }, request));
}

/** N-EVENT-REPORT, over an association of ours or that of the request. */
export async function reportEvent(ask: Conversation['request'], context: Context, event: EventReport): Promise<Outcome> {
  return last(ask(context, { field: commandField.eventReport, affectedSopClass: event.sopClass, affectedSopInstance: event.sopInstance, eventType: event.event }, event.data));
}

/** The accepted context of a service; throws `dicom.no-context` where the other side does not offer it. */
export function contextOf(call: DicomCall, abstractSyntax: string): Context {
  for (const context of call.contexts.values()) if (context.abstractSyntax === abstractSyntax) return context;
  throw new DicomNetError('dicom.no-context');
}

async function last(responses: AsyncIterable<Response>): Promise<Outcome> {
  for await (const { command } of responses) {
    const { status: code, errorComment: comment } = command;
    return { status: code ?? status.unableToProcess, ...(comment !== undefined && { comment }) };
  }
  throw new DicomNetError('dicom.association-closed');
}

function isPending({ status: code }: Command): boolean {
  return code === status.pending || code === status.pendingUnsupportedKeys;
}
