// One association on one socket, either side: bytes to the state machine and back, pauses, and the clocks that end what hangs.
import type { Socket } from 'node:net';
import { DicomNetError, newAssociation, newConversation, type AbortIndication, type Association, type AssociationOutlet, type AssociateRequest, type Context, type Conversation, type Incoming, type Rejection } from '@sen/dicom/net';
import type { DicomLimits } from './settings.ts';

export type LineEnd =
  | { readonly kind: 'released' | 'lost' | 'timed-out' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'aborted'; readonly code: string; readonly reason: number };

export interface LineEvents {
  requested(request: AssociateRequest): void;
  accepted(accept: Parameters<Association['accept']>[0]): void;
  handle(incoming: Incoming): Promise<void>;
  /** Once, whatever the reason. */
  ended(end: LineEnd): void;
  fault(what: string, error: unknown): void;
}

export interface Line {
  readonly association: Association;
  readonly conversation: Conversation | undefined;
  readonly contexts: ReadonlyMap<number, Context>;
  /** Messages may flow: both sides agreed on these contexts. */
  converse(contexts: ReadonlyMap<number, Context>, operations: number, peerPduLength: number): Conversation;
  /** The time a peer has to go on has passed, or we stop: A-ABORT. */
  abort(end: LineEnd): void;
}

interface Held {
  readonly socket: Socket;
  readonly limits: DicomLimits;
  readonly events: LineEvents;
  readonly association: Association;
  conversation: Conversation | undefined;
  contexts: ReadonlyMap<number, Context>;
  over: boolean;
  paused: boolean;
  corked: boolean;
  draining: PromiseWithResolvers<void> | undefined;
  artim: NodeJS.Timeout | undefined;
  bytes: number;
}

/** PS3.8 D.1 lets a proposer name the length it takes; older machines send somewhat more than they were told. */
const LENIENT_PDU = 1024 * 1024;
const LONGEST_CONTROL = 512 * 1024;
/** For a peer without limit: as much as DCMTK ever sends. */
const UNLIMITED_PDU = 131_072;

/** Puts an association on a connected socket. With `proposal` as requestor. */
export function newLine(socket: Socket, limits: DicomLimits, events: LineEvents, proposal?: AssociateRequest): Line {
  const association = newAssociation(outlet(() => held), { dataLength: Math.max(limits.pduBytes, LENIENT_PDU), controlLength: LONGEST_CONTROL }, proposal);
  const held: Held = { socket, limits, events, association, conversation: undefined, contexts: new Map(), over: false, paused: false, corked: false, draining: undefined, artim: undefined, bytes: 0 };
  listen(held);
  association.connected();
  return {
    association,
    get conversation() { return held.conversation; },
    get contexts() { return held.contexts; },
    converse: (contexts, operations, peerPduLength) => converse(held, contexts, operations, peerPduLength),
    abort: (reason) => abort(held, reason),
  };
}

/** The association is made before what holds it; its indications come later. */
function outlet(line: () => Held): AssociationOutlet {
  return {
    send: (bytes) => send(line(), bytes),
    close: () => hangUp(line().socket),
    startTimer: () => {
      const held = line();
      clearTimeout(held.artim);
      held.artim = setTimeout(() => held.association.timerExpired(), held.limits.artimMs);
    },
    stopTimer: () => clearTimeout(line().artim),
    requested: (request) => line().events.requested(request),
    accepted: (accept) => line().events.accepted(accept),
    rejected: (rejection) => end(line(), { kind: 'rejected', rejection }),
    data: (...fragment) => line().conversation?.receive(...fragment),
    releaseAsked: () => line().association.replyRelease(),
    released: () => end(line(), { kind: 'released' }),
    aborted: (abort) => end(line(), abortEnd(abort)),
  };
}

function abortEnd({ by, reason, error }: AbortIndication): LineEnd {
  if (by === 'connection') return { kind: 'lost' };
  if (by === 'us' && error === undefined) return { kind: 'timed-out' };
  return { kind: 'aborted', code: error?.code ?? `by-${by}`, reason };
}

function listen(held: Held): void {
  const { socket, limits, association } = held;
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  socket.on('data', (chunk) => {
    held.bytes += chunk.length;
    try {
      association.receive(chunk);
    } catch (error) {
      held.events.fault('a DICOM association', error);
      abort(held, { kind: 'aborted', code: 'fault', reason: 0 });
    }
  });
  socket.on('drain', () => held.draining?.resolve());
  socket.on('error', () => undefined); // 'close' follows and says it
  const watch = setInterval(watcher(held), Math.max(20, Math.min(1000, limits.idleMs / 8, limits.pduMs / 8)));
  socket.on('close', () => {
    clearInterval(watch);
    clearTimeout(held.artim);
    association.closed();
    clearTimeout(held.artim);
    end(held, { kind: 'lost' });
  });
}

/** Looks whether it is the other side's turn, and for how long; our own slowness is never counted against it. */
function watcher(held: Held): () => void {
  const { socket, limits, association } = held;
  let [lastMoved, pduSince, seenBytes, seenWritten, seenPdus] = [performance.now(), performance.now(), 0, 0, 0];
  return () => {
    const now = performance.now();
    const theirTurn = (held.conversation?.waiting ?? true) || socket.writableLength > 0;
    if (held.paused || !theirTurn || held.bytes !== seenBytes || socket.bytesWritten !== seenWritten) lastMoved = now;
    if (held.paused || association.atRest || association.pdusRead !== seenPdus) pduSince = now;
    [seenBytes, seenWritten, seenPdus] = [held.bytes, socket.bytesWritten, association.pdusRead];
    if (now - lastMoved > limits.idleMs || now - pduSince > limits.pduMs) abort(held, { kind: 'timed-out' });
  };
}

function converse(held: Held, contexts: ReadonlyMap<number, Context>, operations: number, peerPduLength: number): Conversation {
  const { limits, socket, events, association } = held;
  const bounds = { operations, heldBytes: limits.heldBytes, datasetBytes: limits.datasetBytes, answerBytes: limits.identifierBytes, peerPduLength: peerPduLength === 0 ? UNLIMITED_PDU : Math.min(peerPduLength, LENIENT_PDU) };
  held.contexts = contexts;
  held.conversation = newConversation(association, contexts, bounds, {
    pause: () => {
      held.paused = true;
      socket.pause();
    },
    resume: () => goOnReading(held),
    drained: () => drained(held),
    handle: (incoming) => events.handle(incoming),
    fault: (error) => {
      events.fault('a DICOM request', error);
      end(held, { kind: 'aborted', code: 'fault', reason: 0 });
    },
    violated: (error) => end(held, { kind: 'aborted', code: error.code, reason: 0 }),
  });
  return held.conversation;
}

function goOnReading(held: Held): void {
  held.paused = false;
  held.socket.resume();
}

/** Heads and values of one turn leave in one packet: NODELAY alone would send twelve bytes by themselves. */
function send(held: Held, bytes: Uint8Array): void {
  const { socket } = held;
  if (socket.destroyed || socket.writableEnded) return;
  if (!held.corked) {
    held.corked = true;
    socket.cork();
    process.nextTick(() => {
      held.corked = false;
      socket.uncork();
    });
  }
  socket.write(bytes);
}

function drained(held: Held): Promise<void> | undefined {
  if (held.over) return Promise.reject(new DicomNetError('dicom.association-closed'));
  if (!held.socket.writableNeedDrain) return undefined;
  if (held.draining === undefined) {
    const draining = Promise.withResolvers<void>();
    held.draining = draining;
    void draining.promise.catch(() => undefined).then(() => {
      held.draining = undefined;
    });
  }
  return held.draining.promise;
}

function abort(held: Held, reason: LineEnd): void {
  held.association.abort();
  end(held, reason);
}

function end(held: Held, reason: LineEnd): void {
  if (held.over) return;
  held.over = true;
  const error = new DicomNetError(reason.kind === 'rejected' ? 'dicom.association-rejected' : reason.kind === 'released' ? 'dicom.association-closed' : 'dicom.association-aborted', reason.kind);
  held.conversation?.closed(error);
  held.draining?.reject(error);
  // What still comes is read and dropped: unread bytes would turn our last word into a reset.
  if (held.paused) goOnReading(held);
  held.events.ended(reason);
}

const LAST_WORD_MS = 2_000;

function hangUp(socket: Socket): void {
  socket.destroySoon();
  setTimeout(() => socket.destroy(), LAST_WORD_MS).unref();
}
