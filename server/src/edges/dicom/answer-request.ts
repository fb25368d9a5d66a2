// A DIMSE request to the service that knows, and its outcome back (DICOM PS3.7 2024e, 9 and 10).
import { collectData, commandField, DicomNetError, DicomStatus, isStorage, responseTo, sopClass, status, type Command, type DicomOperation, type NormalizedRequest, type Outcome } from '@sen/dicom/net';
import { answerRetrieve } from './answer-retrieve.ts';
import { reportEvent } from './calls.ts';
import type { Request, Seat } from './request.ts';

const operations: ReadonlyMap<number, DicomOperation> = new Map([
  [commandField.echo, 'echo'], [commandField.store, 'store'], [commandField.find, 'find'], [commandField.move, 'move'], [commandField.get, 'get'],
  [commandField.eventReport, 'event-report'], [commandField.nGet, 'n-get'], [commandField.nSet, 'n-set'], [commandField.nAction, 'n-action'],
  [commandField.nCreate, 'n-create'], [commandField.nDelete, 'n-delete'],
]);

const { patientFind, studyFind, patientStudyFind, worklistFind, patientMove, studyMove, patientStudyMove, patientGet, studyGet, patientStudyGet } = sopClass;
const classesOf: Readonly<Partial<Record<DicomOperation, readonly string[]>>> = {
  echo: [sopClass.verification],
  find: [patientFind, studyFind, patientStudyFind, worklistFind],
  move: [patientMove, studyMove, patientStudyMove],
  get: [patientGet, studyGet, patientStudyGet],
  'n-create': [sopClass.performedStep], 'n-set': [sopClass.performedStep], 'n-get': [sopClass.performedStep],
  'n-action': [sopClass.commitment], 'event-report': [sopClass.commitment],
};

/** Answers one request to its end; rejects only on a fault that leaves the association useless. */
export async function answerRequest(request: Request): Promise<void> {
  const { incoming, seat } = request;
  const operation = operations.get(incoming.command.field) ?? 'unknown';
  try {
    const code = await answer(operation, request);
    seat.services.heard?.({ kind: 'request', peer: seat.peer, operation, status: code });
  } catch (error) {
    // The association is over: nobody to answer.
    if (error instanceof DicomNetError && error.code !== 'dicom.dataset-too-long') return;
    const outcome = error instanceof DicomStatus ? error.outcome : unable(seat, operation, error);
    await respond(request, outcome);
    seat.services.heard?.({ kind: 'request', peer: seat.peer, operation, status: outcome.status });
  }
}

function unable(seat: Seat, operation: DicomOperation, error: unknown): Outcome {
  seat.fault(`a DICOM ${operation} request`, error);
  return { status: operation.includes('-') ? status.processingFailure : status.unableToProcess };
}

async function answer(operation: DicomOperation, request: Request): Promise<number> {
  const { context } = request.incoming;
  const serves = operation === 'store' ? isStorage(context.abstractSyntax) : (classesOf[operation] ?? []).includes(context.abstractSyntax);
  if (!serves) return respond(request, { status: operation === 'unknown' ? status.unrecognizedOperation : status.classNotSupported });
  switch (operation) {
    case 'echo': return respond(request, { status: status.success });
    case 'store': return respond(request, await store(request));
    case 'find': return find(request);
    case 'move':
    case 'get': return retrieve(request, operation);
    case 'unknown': return respond(request, { status: status.unrecognizedOperation });
    default: return normalized(request, operation);
  }
}

const notOurs: Outcome = { status: status.unrecognizedOperation };

async function respond({ incoming }: Request, outcome: Outcome, data?: Uint8Array, more: Partial<Command> = {}): Promise<number> {
  const { comment, offendingElements } = outcome;
  await incoming.respond({ ...responseTo(incoming.command, outcome.status), ...(comment !== undefined && { errorComment: comment }), ...(offendingElements !== undefined && { offendingElements }), ...more }, data);
  return outcome.status;
}

function asked({ incoming, seat }: Request) {
  const { command, context, cancelled } = incoming;
  return { peer: seat.peer, sopClass: command.affectedSopClass ?? command.requestedSopClass ?? context.abstractSyntax, transferSyntax: context.transferSyntax, cancelled };
}

async function store(request: Request): Promise<Outcome> {
  const { incoming, seat } = request;
  const { affectedSopInstance: sopInstance, originatorAe, originatorMessageId } = incoming.command;
  if (sopInstance === undefined || !incoming.hasData) return { status: status.cannotUnderstand, comment: 'no SOP instance or no dataset' };
  const originator = originatorAe === undefined ? {} : { originator: { aeTitle: originatorAe, messageId: originatorMessageId ?? 0 } };
  return seat.services.store?.({ ...asked(request), sopInstance, data: incoming.data, ...originator }) ?? notOurs;
}

async function query(request: Request) {
  const { incoming, seat } = request;
  if (!incoming.hasData) throw new DicomStatus(status.wrongClass, 'no identifier');
  return { ...asked(request), identifier: await collectData(incoming.data, seat.identifierBytes), priority: incoming.command.priority ?? 0 };
}

async function find(request: Request): Promise<number> {
  const { incoming, seat } = request;
  const matches = seat.services.find?.(await query(request));
  if (matches === undefined) return respond(request, notOurs);
  for await (const { identifier, unsupportedKeys } of matches) {
    if (incoming.cancelled.aborted) return respond(request, { status: status.cancelled });
    await respond(request, { status: unsupportedKeys === true ? status.pendingUnsupportedKeys : status.pending }, identifier);
  }
  return respond(request, { status: incoming.cancelled.aborted ? status.cancelled : status.success });
}

async function retrieve(request: Request, operation: 'move' | 'get'): Promise<number> {
  const { incoming, seat } = request;
  const destination = incoming.command.moveDestination;
  if (operation === 'move' && destination === undefined) return respond(request, { status: status.moveDestinationUnknown });
  const plan = await seat.services.retrieve?.({ ...(await query(request)), ...(operation === 'move' && destination !== undefined && { destination }) });
  return plan === undefined ? respond(request, notOurs) : answerRetrieve(request, operation, plan);
}

async function normalized(request: Request, operation: NormalizedRequest['operation']): Promise<number> {
  const { incoming, seat } = request;
  const { command, context } = incoming;
  const sopInstance = command.affectedSopInstance ?? command.requestedSopInstance;
  const type = command.eventType ?? command.actionType;
  const data = incoming.hasData ? await collectData(incoming.data, seat.identifierBytes) : undefined;
  const outcome = await (seat.services.normalized?.({
    ...asked(request), operation, attributes: command.attributes ?? [], report: (event) => reportEvent(seat.ask, context, event),
    ...(sopInstance !== undefined && { sopInstance }), ...(type !== undefined && { type }), ...(data !== undefined && { data }),
  }) ?? { ...notOurs, data: undefined, sopInstance: undefined });
  return respond(request, outcome, outcome.data, outcome.sopInstance === undefined ? {} : { affectedSopInstance: outcome.sopInstance });
}
