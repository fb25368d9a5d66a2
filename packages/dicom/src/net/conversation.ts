// The messages of an established association, both directions at once (DICOM PS3.7 2024e): fragments become requests with their
// datasets flowing, requests are answered in turn or as many at once as agreed, responses find the request they belong to.
import type { Association } from './association.ts';
import { commandField, isResponse, readCommand, writeCommand, type Command } from './command.ts';
import { newFlow, type Flow } from './flow.ts';
import type { Context } from './negotiate.ts';
import { DicomNetError } from './net-error.ts';
import { sendInValues } from './send-data.ts';

/** A request of the other side. Its data must be read (or left) before the last response goes out. */
export interface Incoming {
  readonly context: Context;
  readonly command: Command;
  /** The dataset as it comes; ends at once when there is none. Throws when the association ends in the middle. */
  readonly data: AsyncIterable<Uint8Array>;
  readonly hasData: boolean;
  /** Aborted by C-CANCEL or the end of the association. */
  readonly cancelled: AbortSignal;
  respond(command: Command, data?: Uint8Array): Promise<void>;
}

export interface Response {
  readonly command: Command;
  readonly data: Uint8Array | undefined;
}

export interface ConversationOutlet {
  /** Stop and go on reading the connection. */
  pause(): void;
  resume(): void;
  /** A promise while the connection takes no more; it rejects when the connection is gone. */
  drained(): Promise<void> | undefined;
  /** Takes a request. A rejection is a fault of ours: the association is aborted. */
  handle(incoming: Incoming): Promise<void>;
  fault(error: unknown): void;
  /** The other side broke a rule of messages; the association has been aborted. */
  violated(error: DicomNetError): void;
}

export interface ConversationLimits {
  /** Requests handled at once. */
  readonly operations: number;
  /** Bytes held for those who have not taken them; beyond, the connection is not read. */
  readonly heldBytes: number;
  /** Longest dataset taken. */
  readonly datasetBytes: number;
  /** Longest dataset of a response, and longest command set. */
  readonly answerBytes: number;
  /** Longest P-DATA-TF the other side takes, at least 8. */
  readonly peerPduLength: number;
}

export interface Conversation {
  /** Takes fragments as the association indicates them. */
  receive(contextId: number, isCommand: boolean, last: boolean, slice: Uint8Array): void;
  /** Sends a request; the responses end with the first that is not pending. Leaving early sends C-CANCEL. */
  request(context: Context, command: Command, data?: Uint8Array | AsyncIterable<Uint8Array>): AsyncIterable<Response>;
  /** Nothing can progress unless the other side sends something. */
  readonly waiting: boolean;
  /** No operation runs in either direction. */
  readonly idle: boolean;
  /** Resolves when no operation runs, or the association is over: then it may be released. */
  quiet(): Promise<void>;
  /** The association is over. */
  closed(error: DicomNetError): void;
}

interface Talk {
  readonly association: Association;
  readonly contexts: ReadonlyMap<number, Context>;
  readonly limits: ConversationLimits;
  readonly outlet: ConversationOutlet;
  readonly asked: Map<number, Flow<Response>>;
  readonly queue: Incoming[];
  readonly running: Map<Incoming, AbortController>;
  readonly cancels: Map<number, AbortController>;
  partial: Partial | undefined;
  held: number;
  paused: boolean;
  lastId: number;
  sending: Promise<void>;
  quiet: (() => void)[];
  over: DicomNetError | undefined;
}

/** The message of which fragments are coming. */
interface Partial {
  readonly contextId: number;
  readonly command: Uint8Array[];
  bytes: number;
  /** Where its dataset goes, once the command has been read. */
  data: Taker | undefined;
}

type Taker = Pick<Flow<Uint8Array>, 'push' | 'end' | 'fail'>;

const MAX_QUEUED = 16;
const MAX_COMMAND = 65_536;
const PENDING = new Set([0xff00, 0xff01]);

export function newConversation(association: Association, contexts: ReadonlyMap<number, Context>, limits: ConversationLimits, outlet: ConversationOutlet): Conversation {
  const talk: Talk = { association, contexts, limits, outlet, asked: new Map(), queue: [], running: new Map(), cancels: new Map(), partial: undefined, held: 0, paused: false, lastId: 0, sending: Promise.resolve(), quiet: [], over: undefined };
  return {
    receive: (...fragment) => receive(talk, ...fragment),
    request: (context, command, data) => request(talk, context, command, data),
    get waiting() { return talk.partial !== undefined || talk.running.size === 0 || talk.asked.size > 0; },
    get idle() { return isIdle(talk); },
    quiet: () => new Promise((resolve) => {
      talk.quiet.push(resolve);
      tellQuiet(talk);
    }),
    closed: (error) => close(talk, error),
  };
}

function isIdle(talk: Talk): boolean {
  return talk.partial === undefined && talk.running.size === 0 && talk.asked.size === 0;
}

function tellQuiet(talk: Talk): void {
  if (isIdle(talk) || talk.over !== undefined) for (const tell of talk.quiet.splice(0)) tell();
}

function receive(talk: Talk, contextId: number, isCommand: boolean, last: boolean, slice: Uint8Array): void {
  if (talk.over !== undefined) return;
  try {
    const partial = talk.partial ?? begin(talk, contextId);
    if (partial.contextId !== contextId || isCommand !== (partial.data === undefined)) throw new DicomNetError('dicom.message-malformed');
    partial.bytes += slice.length;
    if (partial.data !== undefined) dataCame(talk, partial, partial.data, last, slice);
    else commandCame(talk, partial, last, slice);
  } catch (error) {
    if (!(error instanceof DicomNetError)) throw error;
    talk.association.abort();
    close(talk, error);
    talk.outlet.violated(error);
  }
}

function begin(talk: Talk, contextId: number): Partial {
  if (!talk.contexts.has(contextId)) throw new DicomNetError('dicom.no-context');
  const partial = { contextId, command: [], bytes: 0, data: undefined };
  talk.partial = partial;
  return partial;
}

function dataCame(talk: Talk, partial: Partial, data: Taker, last: boolean, slice: Uint8Array): void {
  if (partial.bytes > talk.limits.datasetBytes) {
    data.fail(new DicomNetError('dicom.dataset-too-long'));
    throw new DicomNetError('dicom.dataset-too-long');
  }
  if (slice.length > 0) data.push(slice);
  if (!last) return;
  talk.partial = undefined;
  data.end();
}

function commandCame(talk: Talk, partial: Partial, last: boolean, slice: Uint8Array): void {
  if (partial.bytes > MAX_COMMAND) throw new DicomNetError('dicom.command-malformed', 'too long');
  partial.command.push(slice);
  if (!last) return;
  const { command, hasData } = readCommand(joined(partial.command, partial.bytes));
  partial.bytes = 0;
  const taker = isResponse(command) ? responseTaker(talk, command) : requestTaker(talk, partial.contextId, command, hasData);
  if (hasData) partial.data = taker;
  else {
    talk.partial = undefined;
    taker.end();
  }
}

/** Requests begin before their dataset has come. */
function requestTaker(talk: Talk, contextId: number, command: Command, hasData: boolean): Taker {
  const data = newFlow<Uint8Array>((bytes) => bytes.length, (change) => hold(talk, change));
  const context = talk.contexts.get(contextId);
  if (command.field === commandField.cancel) talk.cancels.get(command.respondsTo ?? -1)?.abort();
  if (context === undefined || command.field === commandField.cancel) {
    data.discard();
    return data;
  }
  if (talk.queue.length >= MAX_QUEUED) throw new DicomNetError('dicom.too-many-requests');
  const controller = new AbortController();
  const respond = (response: Command, bytes?: Uint8Array) => answer(talk, contextId, data, response, bytes);
  const incoming: Incoming = { context, command, data, hasData, cancelled: controller.signal, respond };
  if (command.messageId !== undefined) talk.cancels.set(command.messageId, controller);
  talk.queue.push(incoming);
  runNext(talk);
  return data;
}

/** Responses are handed on whole, in the order in which they ended. */
function responseTaker(talk: Talk, command: Command): Taker {
  const slices: Uint8Array[] = [];
  let length = 0;
  return {
    push: (slice) => {
      length += slice.length;
      if (length > talk.limits.answerBytes) throw new DicomNetError('dicom.dataset-too-long');
      slices.push(slice);
    },
    end: () => responseCame(talk, { command, data: slices.length === 0 ? undefined : joined(slices, length) }),
    fail: () => undefined,
  };
}

function responseCame(talk: Talk, response: Response): void {
  const id = response.command.respondsTo ?? -1;
  const responses = talk.asked.get(id);
  if (responses === undefined) return;
  responses.push(response);
  if (PENDING.has(response.command.status ?? 0)) return;
  talk.asked.delete(id);
  responses.end();
  tellQuiet(talk);
}

function runNext(talk: Talk): void {
  if (talk.running.size >= talk.limits.operations || talk.over !== undefined) return;
  const incoming = talk.queue.shift();
  if (incoming === undefined) return;
  const controller = talk.cancels.get(incoming.command.messageId ?? -1) ?? new AbortController();
  talk.running.set(incoming, controller);
  void run(talk, incoming, controller);
}

async function run(talk: Talk, incoming: Incoming, controller: AbortController): Promise<void> {
  try {
    await talk.outlet.handle(incoming);
  } catch (error) {
    stoppedInTheMiddle(talk, error);
  } finally {
    talk.running.delete(incoming);
    const id = incoming.command.messageId ?? -1;
    if (talk.cancels.get(id) === controller) talk.cancels.delete(id);
    runNext(talk);
    tellQuiet(talk);
  }
}

/** The other side reads no answer before it has sent all of its dataset: what nobody took is dropped until then. */
async function answer(talk: Talk, contextId: number, data: Flow<Uint8Array>, response: Command, bytes: Uint8Array | undefined): Promise<void> {
  data.discard();
  await data.ended;
  await sendMessage(talk, contextId, response, bytes);
}

/** Collects a dataset that must be small; throws `dicom.dataset-too-long` beyond. */
export async function collectData(data: AsyncIterable<Uint8Array>, longest: number): Promise<Uint8Array> {
  const slices: Uint8Array[] = [];
  let length = 0;
  for await (const slice of data) {
    length += slice.length;
    if (length > longest) throw new DicomNetError('dicom.dataset-too-long');
    slices.push(slice);
  }
  return joined(slices, length);
}

function request(talk: Talk, context: Context, command: Command, data?: Uint8Array | AsyncIterable<Uint8Array>): AsyncIterable<Response> {
  const id = nextId(talk);
  const responses = newFlow<Response>(({ data }) => 256 + (data?.length ?? 0), (change) => hold(talk, change));
  talk.asked.set(id, responses);
  if (talk.over !== undefined) responses.fail(talk.over);
  const sent = sendMessage(talk, context.id, { ...command, messageId: id }, data);
  sent.catch((error: unknown) => responses.fail(error instanceof DicomNetError ? error : new DicomNetError('dicom.association-aborted')));
  return leavingCancels(responses, () => {
    if (!talk.asked.has(id) || talk.over !== undefined) return;
    void sendMessage(talk, context.id, { field: commandField.cancel, respondsTo: id }, undefined).catch(() => undefined);
  });
}

function leavingCancels<T>(items: AsyncIterable<T>, cancel: () => void): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () => {
      const inner = items[Symbol.asyncIterator]();
      return {
        next: () => inner.next(),
        return: async () => {
          cancel();
          await inner.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

function nextId(talk: Talk): number {
  do talk.lastId = (talk.lastId % 0xffff) + 1;
  while (talk.asked.has(talk.lastId));
  return talk.lastId;
}

/** One message after the other: fragments of two must not mix. */
function sendMessage(talk: Talk, contextId: number, command: Command, data: Uint8Array | AsyncIterable<Uint8Array> | undefined): Promise<void> {
  const sent = talk.sending.then(async () => {
    if (talk.over !== undefined) throw talk.over;
    const longest = (talk.limits.peerPduLength - 6) & ~1;
    const value = (isCommand: boolean) => (last: boolean, parts: readonly Uint8Array[], length: number) => {
      talk.association.sendData(contextId, isCommand, last, parts, length);
      return talk.outlet.drained();
    };
    await sendInValues(writeCommand(command, data !== undefined), longest, value(true));
    if (data !== undefined) await sendInValues(data, longest, value(false));
  });
  talk.sending = sent.catch((error: unknown) => stoppedInTheMiddle(talk, error));
  return sent;
}

/** Half a message cannot be taken back, nor can another follow it. That the association is ending already is nobody's fault. */
function stoppedInTheMiddle(talk: Talk, error: unknown): void {
  if (talk.over !== undefined) return;
  talk.association.abort();
  close(talk, new DicomNetError('dicom.association-aborted'));
  if (!(error instanceof DicomNetError) || error.code !== 'dicom.association-refused-state') talk.outlet.fault(error);
}

function hold(talk: Talk, change: number): void {
  talk.held += change;
  if (!talk.paused && talk.held > talk.limits.heldBytes) {
    talk.paused = true;
    talk.outlet.pause();
  } else if (talk.paused && talk.held <= talk.limits.heldBytes / 2) {
    talk.paused = false;
    talk.outlet.resume();
  }
}

function close(talk: Talk, error: DicomNetError): void {
  if (talk.over !== undefined) return;
  talk.over = error;
  talk.partial?.data?.fail(error);
  talk.partial = undefined;
  talk.queue.length = 0;
  for (const controller of talk.cancels.values()) controller.abort();
  for (const responses of talk.asked.values()) responses.fail(error);
  talk.asked.clear();
  tellQuiet(talk);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
