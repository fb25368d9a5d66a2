import { describe, expect, it } from 'vitest';
import { newAssociation, type Association } from './association.ts';
import { commandField, responseTo, writeCommand, type Command } from './command.ts';
import { collectData, newConversation, type Conversation, type ConversationLimits, type Incoming, type Response } from './conversation.ts';
import type { Context } from './negotiate.ts';
import { DicomNetError } from './net-error.ts';
import { applicationContextName, type AssociateRequest } from './pdu.ts';
import { writeDataHead } from './write-pdu.ts';

const context: Context = { id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntax: '1.2.840.10008.1.2.1', requestorUses: true, requestorProvides: true };
const contexts = new Map([[1, context]]);
const user = { maxPduLength: 0, implementationClass: '', implementationVersion: '', roles: [], extended: [], commonExtended: [] };
const request: AssociateRequest = { calledAe: 'SEN', callingAe: 'CT', applicationContext: applicationContextName, protocolVersion: 1, contexts: [], user };
const limits: ConversationLimits = { operations: 1, heldBytes: 1000, datasetBytes: 1_000_000, answerBytes: 1000, peerPduLength: 106 };

interface Side {
  readonly association: Association;
  readonly conversation: Conversation;
  readonly log: string[];
}

interface Pipe {
  paused: boolean;
  readonly waiting: Uint8Array[];
}

/** Two conversations with pipes between them that obey pauses, as sockets do. */
function talk(handle: (incoming: Incoming) => Promise<void>, own: Partial<ConversationLimits> = {}, handleBack: (incoming: Incoming) => Promise<void> = async () => undefined) {
  const pipes: [Pipe, Pipe] = [{ paused: false, waiting: [] }, { paused: false, waiting: [] }];
  const make = (place: 0 | 1, other: () => Side, handler: typeof handle, proposal?: AssociateRequest): Side => {
    const log: string[] = [];
    const flush = () => {
      for (let bytes = pipes[place].waiting.shift(); bytes !== undefined; bytes = pipes[place].paused ? undefined : pipes[place].waiting.shift()) other().association.receive(bytes);
    };
    const send = (bytes: Uint8Array) => {
      pipes[place].waiting.push(bytes);
      if (!pipes[place].paused) flush();
    };
    const association: Association = newAssociation({
      send, close: () => undefined, startTimer: () => undefined, stopTimer: () => undefined, requested: () => undefined, accepted: () => undefined, rejected: () => undefined,
      data: (...fragment) => conversation.receive(...fragment), releaseAsked: () => undefined, released: () => undefined,
      aborted: ({ by }) => {
        log.push(`aborted by ${by}`);
        conversation.closed(new DicomNetError('dicom.association-aborted'));
      },
    }, { dataLength: 1e6, controlLength: 1e6 }, proposal);
    const back = place === 0 ? 1 : 0;
    const conversation: Conversation = newConversation(association, contexts, { ...limits, ...own }, {
      pause: () => { log.push('pause'); pipes[back].paused = true; },
      resume: () => { log.push('resume'); pipes[back].paused = false; queueMicrotask(() => (back === 0 ? one : two).flush()); },
      drained: () => (pipes[place].waiting.length > 5 ? new Promise((resolve) => { setImmediate(resolve); }) : undefined),
      handle: handler, fault: (error) => log.push(`fault ${String(error)}`), violated: (error) => log.push(error.code),
    });
    return { association, conversation, log, flush } as Side & { flush: () => void };
  };
  const one = make(0, () => two, handleBack, request) as Side & { flush: () => void };
  const two = make(1, () => one, handle) as Side & { flush: () => void };
  two.association.connected();
  one.association.connected();
  two.association.accept({ ...request, contexts: [] });
  return { asks: one, answers: two };
}

async function all(responses: AsyncIterable<Response>): Promise<Response[]> {
  const found: Response[] = [];
  for await (const response of responses) found.push(response);
  return found;
}

const success = (incoming: Incoming) => incoming.respond(responseTo(incoming.command, 0));
const echo: Command = { field: commandField.echo, affectedSopClass: '1.2.840.10008.1.1' };
const store: Command = { field: commandField.store, affectedSopClass: context.abstractSyntax, affectedSopInstance: '2.25.5', priority: 0 };

async function* slices(count: number, size: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n += 1) yield new Uint8Array(size).fill(n);
}

describe('messages (DICOM PS3.7 2024e)', () => {
  it('answers a request without data', async () => {
    const { asks } = talk(success);
    expect(await all(asks.conversation.request(context, echo))).toEqual([{ command: { field: 0x8030, respondsTo: 1, status: 0, affectedSopClass: '1.2.840.10008.1.1' }, data: undefined }]);
    expect(asks.conversation.idle).toBe(true);
  });

  it('carries a dataset of any slices whole, in values of the length the other side takes', async () => {
    const got: Uint8Array[] = [];
    const { asks } = talk(async (incoming) => {
      for await (const slice of incoming.data) got.push(slice);
      await success(incoming);
    });
    await all(asks.conversation.request(context, store, slices(40, 77)));
    expect(Buffer.concat(got)).toEqual(Buffer.concat(Array.from({ length: 40 }, (_none, n) => new Uint8Array(77).fill(n))));
    expect(Math.max(...got.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  it('lets the sender wait while nobody takes, and go on afterwards', async () => {
    const begin = Promise.withResolvers<void>();
    let bytes = 0;
    const { asks, answers } = talk(async (incoming) => {
      await begin.promise;
      for await (const slice of incoming.data) bytes += slice.length;
      await success(incoming);
    });
    const done = all(asks.conversation.request(context, store, slices(100, 100)));
    await new Promise((resolve) => { setImmediate(resolve); });
    expect(answers.log).toEqual(['pause']);
    begin.resolve();
    expect((await done)[0]?.command.status).toBe(0);
    expect(bytes).toBe(10_000);
    expect(answers.log.filter((line) => line === 'pause').length).toBe(answers.log.filter((line) => line === 'resume').length);
  });

  it('answers only when all was sent, also where nobody wanted the data', async () => {
    const { asks } = talk((incoming) => incoming.respond(responseTo(incoming.command, 0xa700)));
    expect((await all(asks.conversation.request(context, store, slices(50, 100))))[0]?.command.status).toBe(0xa700);
    expect((await all(asks.conversation.request(context, echo)))[0]?.command.status).toBe(0xa700);
  });

  it('ends a query when the asker leaves it', async () => {
    let sent = 0;
    const { asks } = talk(async (incoming) => {
      if (incoming.command.field === commandField.echo) return success(incoming);
      await collectData(incoming.data, 100);
      while (!incoming.cancelled.aborted && sent < 10_000) {
        sent += 1;
        await incoming.respond(responseTo(incoming.command, 0xff00), new Uint8Array(8));
        await new Promise((resolve) => { setImmediate(resolve); });
      }
      await incoming.respond(responseTo(incoming.command, 0xfe00));
    });
    for await (const { data } of asks.conversation.request(context, { field: commandField.find, priority: 0 }, new Uint8Array(4))) {
      expect(data?.length).toBe(8);
      break;
    }
    expect((await all(asks.conversation.request(context, echo))).length).toBe(1);
    expect(sent).toBeLessThan(100);
  });

  it('asks back while it answers: both directions at once', async () => {
    const both = talk(async (incoming) => {
      for await (const { command } of both.answers.conversation.request(context, store, slices(3, 50))) expect(command.status).toBe(0);
      await success(incoming);
    }, {}, async (incoming) => {
      expect((await collectData(incoming.data, 1000)).length).toBe(150);
      await success(incoming);
    });
    expect((await all(both.asks.conversation.request(context, { field: commandField.get })))[0]?.command.status).toBe(0);
  });

  it.each([[1, 1], [3, 3]])('handles %i at once where that was agreed', async (operations, most) => {
    let [now, peak] = [0, 0];
    const { asks } = talk(async (incoming) => {
      now += 1;
      peak = Math.max(peak, now);
      await new Promise((resolve) => { setImmediate(resolve); });
      now -= 1;
      await success(incoming);
    }, { operations });
    await Promise.all(Array.from({ length: 6 }, () => all(asks.conversation.request(context, echo))));
    expect(peak).toBe(most);
  });

  it('fails requests and open datasets when the association ends', async () => {
    const stopped = Promise.withResolvers<unknown>();
    const { asks, answers } = talk(async (incoming) => {
      await collectData(incoming.data, 1e6).catch((error: unknown) => stopped.resolve(error));
      expect(incoming.cancelled.aborted).toBe(true);
    });
    const asked = all(asks.conversation.request(context, store, (async function* () {
      yield new Uint8Array(300);
      await new Promise((resolve) => { setImmediate(resolve); });
      asks.association.abort();
      asks.conversation.closed(new DicomNetError('dicom.association-aborted'));
      yield new Uint8Array(10);
    })()));
    await expect(asked).rejects.toThrow('dicom.association-aborted');
    expect(String(await stopped.promise)).toContain('dicom.association-aborted');
    expect(answers.log).toEqual(['aborted by user']);
  });

  it('aborts when a dataset cannot be sent to its end: half a message cannot be taken back', async () => {
    const { asks, answers } = talk(async (incoming) => {
      await collectData(incoming.data, 1e6).catch(() => undefined);
    });
    const broken = (async function* () {
      yield new Uint8Array(300);
      throw new Error('the file cannot be read');
    })();
    await expect(all(asks.conversation.request(context, store, broken))).rejects.toThrow('dicom.association-aborted');
    expect([asks.log, answers.log]).toEqual([['fault Error: the file cannot be read'], ['aborted by user']]);
  });

  it('aborts on a fault of the one who answers', async () => {
    const { asks, answers } = talk(() => Promise.reject(new Error('no database')));
    await expect(all(asks.conversation.request(context, echo))).rejects.toThrow('dicom.association-aborted');
    expect(answers.log).toEqual(['fault Error: no database']);
  });
});

describe('what breaks the rules of messages ends the association', () => {
  const command = (fields: Command, hasData: boolean) => Buffer.concat([writeDataHead(1, true, true, writeCommand(fields, hasData).length), writeCommand(fields, hasData)]);
  const data = (id: number, last: boolean, size: number) => Buffer.concat([writeDataHead(id, false, last, size), new Uint8Array(size)]);
  const never = () => new Promise<void>(() => undefined);

  it.each<[string, readonly Uint8Array[], string]>([
    ['a context nobody agreed on', [Buffer.concat([writeDataHead(9, true, true, 2), new Uint8Array(2)])], 'dicom.no-context'],
    ['a dataset before its command', [data(1, true, 4)], 'dicom.message-malformed'],
    ['a command in the middle of a dataset', [command({ ...store, messageId: 1 }, true), data(1, false, 4), command({ ...echo, messageId: 2 }, false)], 'dicom.message-malformed'],
    ['a command set that cannot be read', [Buffer.concat([writeDataHead(1, true, true, 3), new Uint8Array(3)])], 'dicom.command-malformed'],
    ['a dataset longer than allowed', [command({ ...store, messageId: 1 }, true), ...Array.from({ length: 11 }, () => data(1, false, 100_000))], 'dicom.dataset-too-long'],
    ['requests without end', Array.from({ length: 40 }, (_none, n) => command({ ...echo, messageId: n }, false)), 'dicom.too-many-requests'],
  ])('%s', async (_what, pdus, code) => {
    const { answers } = talk(never, { heldBytes: 1e9 });
    for (const pdu of pdus) answers.association.receive(pdu);
    expect(answers.log).toEqual([code]);
    expect(answers.association.state).toBe('Sta13');
  });
});
