// One association, either side: PDUs, user requests and the ARTIM timer run through the table of the standard.
// Bytes in, bytes and indications out; the connection and the clock are the caller's.
import { actionFor, stateAfter, type Action, type Event, type State } from './association-table.ts';
import { DicomNetError } from './net-error.ts';
import { applicationContextName, pduType, type Abort, type AssociateAccept, type AssociateRequest, type Rejection } from './pdu.ts';
import { newPduReader, type PduLimits, type PduReader } from './pdu-reader.ts';
import { readAssociateAccept, readAssociateRequest } from './read-associate.ts';
import { writeAbort, writeAssociateAccept, writeAssociateRequest, writeDataHead, writeReject, writeReleaseReply, writeReleaseRequest } from './write-pdu.ts';

/** Who ended an association: the other program, its protocol layer, our protocol layer, or the connection broke. */
export interface AbortIndication {
  readonly by: 'user' | 'provider' | 'us' | 'connection';
  readonly reason: number;
  /** What we could not take, when it was us. */
  readonly error?: DicomNetError;
}

export interface AssociationOutlet {
  /** Writes to the connection, in order. */
  send(bytes: Uint8Array): void;
  /** Closes the connection after what was sent. */
  close(): void;
  /** (Re)starts the ARTIM timer; on its end call `timerExpired`. */
  startTimer(): void;
  stopTimer(): void;
  /** Acceptor: answer by `accept` or `reject`. */
  requested(request: AssociateRequest): void;
  accepted(accept: AssociateAccept): void;
  rejected(rejection: Rejection): void;
  data(contextId: number, isCommand: boolean, last: boolean, slice: Uint8Array): void;
  /** The other side wants to end: answer by `replyRelease`. */
  releaseAsked(): void;
  released(): void;
  aborted(abort: AbortIndication): void;
}

export interface Association {
  readonly state: State;
  /** No PDU is half read. */
  readonly atRest: boolean;
  /** PDUs read so far. */
  readonly pdusRead: number;
  /** The connection is open: the requestor's proposal is sent, the acceptor begins to wait for one. */
  connected(): void;
  receive(chunk: Uint8Array): void;
  accept(accept: AssociateAccept): void;
  reject(rejection: Rejection): void;
  /** Sends one value of `length` bytes in a P-DATA-TF of its own; `parts` are written one after the other, unjoined. */
  sendData(contextId: number, isCommand: boolean, last: boolean, parts: readonly Uint8Array[], length: number): void;
  release(): void;
  replyRelease(): void;
  /** Ends at once, as user; in a state without association it does nothing. */
  abort(): void;
  closed(): void;
  timerExpired(): void;
}

interface Machine {
  readonly outlet: AssociationOutlet;
  readonly proposal: AssociateRequest | undefined;
  reader: PduReader;
  state: State;
  /** The bytes no longer make sense; what still comes is dropped until the connection closes. */
  broken: boolean;
}

/** Begins an association: as requestor with `proposal`, as acceptor without. */
export function newAssociation(outlet: AssociationOutlet, limits: PduLimits, proposal?: AssociateRequest): Association {
  const machine: Machine = { outlet, proposal, state: 'Sta1', broken: false, reader: newPduReader(limits, { control: (type, body) => control(machine, type, body), data: (...value) => dataCame(machine, value) }) };
  const { send } = outlet;
  if (proposal !== undefined) fire(machine, 'associate-request');
  return {
    get state() { return machine.state; },
    get atRest() { return machine.reader.atRest; },
    get pdusRead() { return machine.reader.count; },
    connected: () => fire(machine, proposal === undefined ? 'transport-indication' : 'transport-confirm'),
    receive: (chunk) => receive(machine, chunk),
    accept: (accept) => ask(machine, 'associate-accept', () => send(writeAssociateAccept(accept))),
    reject: (rejection) => ask(machine, 'associate-reject', () => send(writeReject(rejection))),
    sendData: (contextId, isCommand, last, parts, length) => ask(machine, 'data-request', () => {
      send(writeDataHead(contextId, isCommand, last, length));
      for (const part of parts) send(part);
    }),
    release: () => ask(machine, 'release-request'),
    replyRelease: () => ask(machine, 'release-response'),
    abort: () => fire(machine, 'abort-request'),
    closed: () => fire(machine, 'transport-closed'),
    timerExpired: () => fire(machine, 'timer-expired'),
  };
}

/** What came with an event, for the action that follows. */
interface Given {
  readonly send?: () => void;
  readonly indicate?: () => void;
  readonly abort?: Abort;
  readonly error?: DicomNetError;
}

/** A request of the user: what the state does not allow is refused. */
function ask(machine: Machine, event: Event, send?: () => void): void {
  if (actionFor(event, machine.state) === undefined) throw new DicomNetError('dicom.association-refused-state', event);
  fire(machine, event, send === undefined ? {} : { send });
}

function fire(machine: Machine, event: Event, given: Given = {}): void {
  const action = actionFor(event, machine.state);
  if (action === undefined) return;
  // The state changes first: an indication may lead to the next request at once.
  machine.state = stateAfter(action, machine.proposal !== undefined);
  actions[action](machine, given, event);
}

const actions: Readonly<Record<Action, (machine: Machine, given: Given, event: Event) => void>> = {
  'AE-1': () => undefined, // the caller opens the connection
  'AE-2': ({ outlet, proposal }) => proposal !== undefined && outlet.send(writeAssociateRequest(proposal)),
  'AE-3': (_machine, given) => given.indicate?.(),
  'AE-4': ({ outlet }, given) => {
    given.indicate?.();
    outlet.close();
  },
  'AE-5': ({ outlet }) => outlet.startTimer(),
  'AE-6': ({ outlet }, given) => {
    outlet.stopTimer();
    given.indicate?.();
  },
  'AE-7': (_machine, given) => given.send?.(),
  'AE-8': sendAndWait,
  'DT-1': (_machine, given) => given.send?.(),
  'DT-2': (_machine, given) => given.indicate?.(),
  'AR-1': ({ outlet }) => outlet.send(writeReleaseRequest()),
  'AR-2': ({ outlet }) => outlet.releaseAsked(),
  'AR-3': ({ outlet }) => {
    outlet.released();
    outlet.close();
  },
  'AR-4': ({ outlet }) => {
    outlet.send(writeReleaseReply());
    outlet.startTimer();
    outlet.released();
  },
  'AR-5': ({ outlet }) => outlet.stopTimer(),
  'AR-6': (_machine, given) => given.indicate?.(),
  'AR-7': (_machine, given) => given.send?.(),
  // The requestor answers first; the acceptor hears of it again by AR-10, when it may answer too.
  'AR-8': ({ outlet, proposal }) => proposal !== undefined && outlet.releaseAsked(),
  'AR-9': ({ outlet }) => outlet.send(writeReleaseReply()),
  'AR-10': ({ outlet }) => outlet.releaseAsked(),
  'AA-1': ({ outlet }, given, event) => {
    outlet.send(writeAbort({ source: 0, reason: 0 }));
    outlet.startTimer();
    // In the states before an association our own user need not be told; it is when the peer was wrong.
    if (event !== 'abort-request') outlet.aborted({ by: 'us', reason: given.abort?.reason ?? 0, ...(given.error !== undefined && { error: given.error }) });
  },
  'AA-2': ({ outlet }, _given, event) => {
    outlet.stopTimer();
    outlet.close();
    if (event === 'timer-expired') outlet.aborted({ by: 'us', reason: 0 });
  },
  'AA-3': ({ outlet }, given) => {
    outlet.aborted({ by: given.abort?.source === 2 ? 'provider' : 'user', reason: given.abort?.reason ?? 0 });
    outlet.close();
  },
  'AA-4': ({ outlet }) => outlet.aborted({ by: 'connection', reason: 0 }),
  'AA-5': ({ outlet }) => outlet.stopTimer(),
  'AA-6': () => undefined,
  'AA-7': ({ outlet }, given) => outlet.send(writeAbort({ source: 2, reason: given.abort?.reason ?? 2 })),
  'AA-8': ({ outlet }, given) => {
    outlet.send(writeAbort({ source: 2, reason: given.abort?.reason ?? 2 }));
    outlet.startTimer();
    outlet.aborted({ by: 'us', reason: given.abort?.reason ?? 2, ...(given.error !== undefined && { error: given.error }) });
  },
};

function sendAndWait({ outlet }: Machine, given: Given): void {
  given.send?.();
  outlet.startTimer();
}

function receive(machine: Machine, chunk: Uint8Array): void {
  if (machine.broken || machine.state === 'Sta1') return;
  try {
    machine.reader.push(chunk);
  } catch (error) {
    if (!(error instanceof DicomNetError)) throw error;
    machine.broken = true;
    fire(machine, 'invalid-pdu', { error, abort: { source: 2, reason: error.code === 'dicom.pdu-unknown' ? 1 : 6 } });
  }
}

function dataCame(machine: Machine, value: Parameters<AssociationOutlet['data']>): void {
  fire(machine, 'data-pdu', { indicate: () => machine.outlet.data(...value) });
}

function control(machine: Machine, type: number, body: Uint8Array): void {
  switch (type) {
    case pduType.request: return requestCame(machine, readAssociateRequest(body));
    case pduType.accept: return acceptCame(machine, readAssociateAccept(body));
    case pduType.reject: {
      const rejection = { result: body[1] ?? 1, source: body[2] ?? 1, reason: body[3] ?? 1 };
      return fire(machine, 'reject-pdu', { indicate: () => machine.outlet.rejected(rejection) });
    }
    case pduType.releaseRequest: return fire(machine, 'release-request-pdu');
    case pduType.releaseReply: return fire(machine, 'release-reply-pdu');
    default: return fire(machine, 'abort-pdu', { abort: { source: body[2] ?? 0, reason: body[3] ?? 0 } });
  }
}

function requestCame(machine: Machine, request: AssociateRequest): void {
  const refused = providerRefusal(request);
  if (refused === undefined) return fire(machine, 'request-pdu', { indicate: () => machine.outlet.requested(request) });
  fire(machine, 'request-pdu');
  fire(machine, 'associate-reject', { send: () => machine.outlet.send(writeReject(refused)) });
}

/** What the protocol layer itself refuses (PS3.8 9.3.4): another version, another application context. */
function providerRefusal(request: AssociateRequest): Rejection | undefined {
  if ((request.protocolVersion & 1) === 0) return { result: 1, source: 2, reason: 2 };
  return request.applicationContext === applicationContextName ? undefined : { result: 1, source: 1, reason: 2 };
}

function acceptCame(machine: Machine, accept: AssociateAccept): void {
  fire(machine, 'accept-pdu', { indicate: () => machine.outlet.accepted(accept) });
}
