// Random and mutated bytes at the whole acceptor: it may refuse, it may not crash, hang, or keep what it was told to keep.
import { describe, expect, it } from 'vitest';
import { newAssociation } from './association.ts';
import { commandField, responseTo, writeCommand } from './command.ts';
import { newConversation, type Conversation } from './conversation.ts';
import { negotiate } from './negotiate.ts';
import { DicomNetError } from './net-error.ts';
import { applicationContextName, type AssociateRequest } from './pdu.ts';
import { sopClass } from './sop-classes.ts';
import { writeAssociateRequest, writeDataHead, writeReleaseRequest } from './write-pdu.ts';

const rounds = Number(process.env['SEN_TEST_FUZZ_ROUNDS'] ?? 3000);
const policy = { serves: new Set<string>(Object.values(sopClass)), stores: true, operations: 4, maxPduLength: 16_384, implementationClass: '2.25.1', implementationVersion: 'SEN' };
const heldBytes = 100_000;

/** Mulberry32: the same numbers in every run, so that a find can be repeated by its round. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const proposal: AssociateRequest = {
  calledAe: 'SEN', callingAe: 'CT', applicationContext: applicationContextName, protocolVersion: 1,
  contexts: [
    { id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2.4.70'] },
    { id: 3, abstractSyntax: sopClass.studyFind, transferSyntaxes: ['1.2.840.10008.1.2'] },
  ],
  user: {
    maxPduLength: 16_384, implementationClass: '2.25.1', implementationVersion: 'CT', window: { invoked: 4, performed: 1 }, roles: [{ sopClass: '1.2.840.10008.5.1.4.1.1.2', scu: true, scp: true }],
    extended: [{ sopClass: sopClass.studyFind, information: Uint8Array.of(1) }], commonExtended: [{ sopClass: '1.2', serviceClass: '1.3', related: ['1.4'] }],
    identity: { kind: 1, answerWanted: true, primary: Uint8Array.of(65), secondary: new Uint8Array(0) },
  },
};

const whole = Buffer.concat([
  writeAssociateRequest(proposal),
  message(1, { field: commandField.store, messageId: 1, affectedSopClass: '1.2.840.10008.5.1.4.1.1.2', affectedSopInstance: '2.25.9', priority: 0 }, 3000),
  message(3, { field: commandField.find, messageId: 2, affectedSopClass: sopClass.studyFind, priority: 0 }, 60),
  message(3, { field: commandField.cancel, respondsTo: 2 }, 0),
  writeReleaseRequest(),
]);

function message(id: number, command: Parameters<typeof writeCommand>[0], size: number): Buffer {
  const set = writeCommand(command, size > 0);
  const head = Buffer.concat([writeDataHead(id, true, true, set.length), set]);
  return size === 0 ? head : Buffer.concat([head, writeDataHead(id, false, false, size / 2), Buffer.alloc(size / 2), writeDataHead(id, false, true, size / 2), Buffer.alloc(size / 2)]);
}

type Numbers = ReturnType<typeof numbers>;

function mutated(any: Numbers): Buffer {
  const bytes = Buffer.from(whole.subarray(0, any(4) === 0 ? any(whole.length) : whole.length));
  for (let times = any(6); times > 0; times -= 1) {
    const at = any(bytes.length + 1) % Math.max(1, bytes.length);
    switch (any(4)) {
      case 0: bytes[at] = any(256); break;
      case 1: bytes[at] = (bytes[at] ?? 0) ^ (1 << any(8)); break;
      case 2: bytes.fill([0, 0xff, 0x7f, 0x80][any(4)] ?? 0, at, Math.min(bytes.length, at + 1 + any(4))); break;
      default: bytes.copy(bytes, at, any(Math.max(1, bytes.length)));
    }
  }
  return bytes;
}

function random(any: Numbers): Buffer {
  const bytes = Buffer.from(Array.from({ length: any(400) }, () => any(256)));
  // Mostly with a head that is believed, so that what is behind it is reached.
  if (bytes.length > 6 && any(4) > 0) bytes.set([1 + any(7), 0, 0, 0, 0, bytes.length - 6]);
  return any(2) === 0 ? bytes : Buffer.concat([writeAssociateRequest(proposal), bytes]);
}

/** Feeds an acceptor that answers as the real one does; gives what it held at most and whether it sent or closed. */
async function feed(bytes: Buffer, any: Numbers): Promise<{ readonly waiting: number }> {
  let conversation: Conversation | undefined;
  const running = new Set<Promise<void>>();
  const association = newAssociation({
    send: () => undefined, close: () => undefined, startTimer: () => undefined, stopTimer: () => undefined, accepted: () => undefined, rejected: () => undefined,
    requested: (request) => {
      const { accept, contexts, operations } = negotiate(request, policy);
      conversation = newConversation(association, contexts, { operations, heldBytes, datasetBytes: 5000, answerBytes: 1000, peerPduLength: Math.max(512, request.user.maxPduLength) }, {
        pause: () => undefined, resume: () => undefined, drained: () => undefined, fault: () => undefined, violated: () => undefined,
        handle: (incoming) => {
          const done = (async () => {
            for await (const slice of incoming.data) if (slice.length === 1) break;
            await incoming.respond(responseTo(incoming.command, 0));
          })().catch(() => undefined);
          running.add(done);
          return done.finally(() => running.delete(done));
        },
      });
      association.accept(accept);
    },
    data: (...fragment) => conversation?.receive(...fragment), releaseAsked: () => association.replyRelease(), released: () => undefined, aborted: () => conversation?.closed(closed),
  }, { dataLength: 20_000, controlLength: 20_000 });
  association.connected();
  for (let at = 0; at < bytes.length; ) {
    const next = at + 1 + any(bytes.length);
    association.receive(bytes.subarray(at, next));
    at = next;
  }
  association.closed();
  conversation?.closed(closed);
  await Promise.all(running);
  return { waiting: running.size };
}

const closed = new DicomNetError('dicom.association-closed');

describe('an acceptor under fuzz', () => {
  it.each([['mutated conversations', mutated, 1], ['random bytes', random, 2]] as const)('survives %s', async (_what, make, seed) => {
    const started = performance.now();
    const memory = process.memoryUsage().rss;
    for (let round = 0; round < rounds; round += 1) {
      const any = numbers(seed * 1_000_003 + round);
      const { waiting } = await feed(make(any), any).catch((error: unknown) => {
        throw new Error(`round ${round}`, { cause: error });
      });
      if (waiting !== 0) throw new Error(`round ${round} never ends`);
    }
    expect((performance.now() - started) / rounds).toBeLessThan(20);
    expect(process.memoryUsage().rss - memory).toBeLessThan(300_000_000);
  });
});
