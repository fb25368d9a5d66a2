import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Admission, applicationContextName, status } from '@sen/dicom/net';
import { commandField, writeCommand } from '../../../../packages/dicom/src/net/command.ts';
import type { AssociateRequest } from '../../../../packages/dicom/src/net/pdu.ts';
import { writeAssociateRequest, writeDataHead } from '../../../../packages/dicom/src/net/write-pdu.ts';
import { ctClass } from '../../../../tests/support/ct-file.ts';
import { listenInTest, memoryArchive, type ArchiveHooks } from '../../../../tests/support/dicom-archive.ts';
import type { DicomLimits } from './settings.ts';

const proposal: AssociateRequest = {
  calledAe: 'SEN', callingAe: 'CT_PHONG1', applicationContext: applicationContextName, protocolVersion: 1,
  contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }, { id: 3, abstractSyntax: ctClass, transferSyntaxes: ['1.2.840.10008.1.2.1'] }],
  user: { maxPduLength: 16_384, implementationClass: '2.25.1', implementationVersion: '', roles: [], extended: [], commonExtended: [] },
};
const echo = command(1, { field: commandField.echo, messageId: 1, affectedSopClass: '1.2.840.10008.1.1' }, false);
const store = command(3, { field: commandField.store, messageId: 1, affectedSopClass: ctClass, affectedSopInstance: '2.25.5', priority: 0 }, true);

function command(id: number, fields: Parameters<typeof writeCommand>[0], hasData: boolean): Buffer {
  const set = writeCommand(fields, hasData);
  return Buffer.concat([writeDataHead(id, true, true, set.length), set]);
}

function data(last: boolean, size: number): Buffer {
  return Buffer.concat([writeDataHead(3, false, last, size), Buffer.alloc(size)]);
}

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(limits: Partial<DicomLimits> = {}, hooks: ArchiveHooks = {}) {
  const archive = memoryArchive(hooks);
  const listener = await listenInTest(archive, limits);
  opened.push({ close: () => listener.close(0) });
  return { archive, listener };
}

interface Wire {
  readonly socket: Socket;
  /** The next bytes from the other side; empty when it has closed. */
  hear(): Promise<Buffer>;
  readonly gone: Promise<unknown>;
}

function dial(port: number): Wire {
  const socket = connect(port, '127.0.0.1');
  const heard: Buffer[] = [];
  let wake = () => undefined as void;
  socket.on('data', (chunk) => {
    heard.push(chunk);
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => wake());
  return {
    socket, gone: once(socket, 'close'),
    hear: async () => {
      while (heard.length === 0 && !socket.destroyed) await new Promise<void>((resolve) => { wake = resolve; });
      return Buffer.concat(heard.splice(0));
    },
  };
}

async function associated(port: number): Promise<Wire> {
  const wire = dial(port);
  wire.socket.write(writeAssociateRequest(proposal));
  expect((await wire.hear())[0]).toBe(2);
  return wire;
}

/** Writes a byte every few milliseconds until the other side ends it. */
async function drip(wire: Wire, bytes: Uint8Array): Promise<void> {
  for (const byte of bytes) {
    if (wire.socket.destroyed) return;
    wire.socket.write(Uint8Array.of(byte));
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => { setTimeout(resolve, 5); });
}

const abort = /^07000000000400000/;

describe('who may associate', () => {
  it.each<[Admission, string]>([
    ['calling-ae-unknown', '03000000000400010103'], ['called-ae-unknown', '03000000000400010107'], ['address-unknown', '03000000000400010103'],
    ['certificate-unknown', '03000000000400010101'], ['busy', '03000000000400020301'],
  ])('refuses: %s', async (admission, expected) => {
    const { archive, listener } = await open({}, { admit: () => admission });
    const wire = dial(listener.port);
    wire.socket.write(writeAssociateRequest(proposal));
    expect((await wire.hear()).toString('hex')).toBe(expected);
    expect(archive.signs).toMatchObject([{ kind: 'refused', because: admission, peer: { callingAe: 'CT_PHONG1', calledAe: 'SEN', address: '127.0.0.1', secure: false } }]);
    wire.socket.end();
  });

  it('tells those beyond the limit that it is one, and takes them when another has gone', async () => {
    const { listener } = await open({ associationsPerPeerMax: 1 });
    const first = await associated(listener.port);
    const second = dial(listener.port);
    second.socket.write(writeAssociateRequest(proposal));
    expect((await second.hear()).toString('hex')).toBe('03000000000400020302');
    first.socket.destroy();
    second.socket.destroy();
    await until(() => listener.associations === 0);
    (await associated(listener.port)).socket.destroy();
  });

  it('refuses one who takes PDUs of a few bytes only', async () => {
    const { listener } = await open();
    const wire = dial(listener.port);
    wire.socket.write(writeAssociateRequest({ ...proposal, user: { ...proposal.user, maxPduLength: 9 } }));
    expect((await wire.hear()).toString('hex')).toBe('03000000000400010101');
    wire.socket.end();
  });
});

describe('what hangs or lies is ended', () => {
  it('one who never proposes, though it drips bytes', async () => {
    const { listener } = await open({ artimMs: 150 });
    const wire = dial(listener.port);
    await drip(wire, writeAssociateRequest(proposal));
    await wire.gone;
    await until(() => listener.associations === 0);
  });

  it('one who lets a PDU drip', async () => {
    const { archive, listener } = await open({ pduMs: 150 });
    const wire = await associated(listener.port);
    await drip(wire, echo);
    expect((await wire.hear()).toString('hex')).toMatch(abort);
    expect(archive.signs.map(({ kind }) => kind)).toEqual(['associated', 'timed-out']);
  });

  it('one who says nothing, also in the middle of an object', async () => {
    const { archive, listener } = await open({ idleMs: 150 });
    const silent = await associated(listener.port);
    const half = await associated(listener.port);
    half.socket.write(Buffer.concat([store, data(false, 100)]));
    expect([(await silent.hear()).toString('hex'), (await half.hear()).toString('hex')]).toEqual([expect.stringMatching(abort), expect.stringMatching(abort)]);
    expect(archive.signs.filter(({ kind }) => kind === 'timed-out').length).toBe(2);
    expect([archive.stored.size, archive.faults.length]).toEqual([0, 0]);
  });

  it('not one who waits for us', async () => {
    const { listener } = await open({ idleMs: 100 }, { store: async ({ data }) => {
      for await (const slice of data) void slice;
      await new Promise((resolve) => { setTimeout(resolve, 400); });
      return { status: status.success };
    } });
    const wire = await associated(listener.port);
    wire.socket.write(Buffer.concat([store, data(true, 100)]));
    const answer = await wire.hear();
    expect([answer[0], answer.includes(Buffer.from([0, 0, 0, 9, 2, 0, 0, 0, 0, 0]))]).toEqual([4, true]);
    wire.socket.destroy();
  });

  it('one who does not hang up after our last word', async () => {
    const { listener } = await open({ artimMs: 150 }, { admit: () => 'calling-ae-unknown' });
    const wire = dial(listener.port);
    wire.socket.write(writeAssociateRequest(proposal));
    await wire.gone;
    await until(() => listener.associations === 0);
  });

  it.each([['a PDU of 2 GiB', Buffer.from([4, 0, 0x80, 0, 0, 0])], ['a proposal of 4 GiB', Buffer.from([1, 0, 0xff, 0xff, 0xff, 0xff])], ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')]])(
    'one who sends %s', async (_what, bytes) => {
      const { listener } = await open();
      const [before, after] = [dial(listener.port), await associated(listener.port)];
      before.socket.write(bytes);
      after.socket.write(bytes);
      expect([(await before.hear()).toString('hex'), (await after.hear()).toString('hex')]).toEqual([expect.stringMatching(abort), expect.stringMatching(abort)]);
      before.socket.end();
      after.socket.end();
    });
});

describe('a sender', () => {
  it('waits while what it sent is not written; memory does not grow with it', async () => {
    const go = Promise.withResolvers<void>();
    let taken = 0;
    const { listener } = await open({ heldBytes: 200_000 }, { store: async ({ data }) => {
      await go.promise;
      for await (const slice of data) taken += slice.length;
      return { status: status.success };
    } });
    const wire = await associated(listener.port);
    wire.socket.write(store);
    for (let n = 0; n < 1000; n += 1) wire.socket.write(data(n === 999, 100_000));
    await until(() => wire.socket.bytesWritten > 100_000);
    let before = -1;
    // Until nothing more goes out: pipes of the system and what is allowed to be held are full.
    while (wire.socket.bytesWritten - wire.socket.writableLength !== before) {
      before = wire.socket.bytesWritten - wire.socket.writableLength;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    expect(before).toBeLessThan(20_000_000);
    expect(taken).toBe(0);
    go.resolve();
    expect((await wire.hear())[0]).toBe(4);
    expect(taken).toBe(100_000_000);
    wire.socket.destroy();
  });

  it('that dies in the middle leaves nothing behind', async () => {
    const stopped = Promise.withResolvers<unknown>();
    const { archive, listener } = await open({}, { store: async ({ data, cancelled }) => {
      try {
        for await (const slice of data) void slice;
      } catch (error) {
        stopped.resolve([String(error), cancelled.aborted]);
        throw error;
      }
      return { status: status.success };
    } });
    const wire = await associated(listener.port);
    wire.socket.write(Buffer.concat([store, data(false, 5000)]));
    await until(() => listener.associations === 1);
    wire.socket.resetAndDestroy();
    expect(await stopped.promise).toEqual([expect.stringContaining('dicom.association-aborted'), true]);
    await until(() => listener.associations === 0);
    expect(archive.signs.map(({ kind }) => kind)).toEqual(['associated', 'lost']);
    expect(archive.faults).toEqual([]);
  });

  it('hears of a fault of ours by a status without detail, and the next request is answered', async () => {
    const { archive, listener } = await open({}, { store: () => Promise.reject(new Error('Nguyễn Văn An: disk full')) });
    const wire = await associated(listener.port);
    wire.socket.write(Buffer.concat([store, data(true, 5000)]));
    const answer = await wire.hear();
    expect([answer.includes(Buffer.from([0, 0, 0, 9, 2, 0, 0, 0, 1, 0xc0])), answer.includes('disk')]).toEqual([true, false]);
    expect(archive.faults.map(String)).toEqual(['Error: Nguyễn Văn An: disk full']);
    wire.socket.write(echo);
    expect((await wire.hear())[0]).toBe(4);
    wire.socket.destroy();
  });
});

describe('stopping', () => {
  it('lets what runs end, ends what waits, and takes nobody new', async () => {
    const [began, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { listener } = await open({}, { store: async ({ data }) => {
      for await (const slice of data) void slice;
      began.resolve();
      await go.promise;
      return { status: status.success };
    } });
    const [waiting, busy] = [await associated(listener.port), await associated(listener.port)];
    busy.socket.write(Buffer.concat([store, data(true, 100)]));
    await began.promise;
    const since = performance.now();
    const closed = listener.close(5000);
    expect((await waiting.hear()).toString('hex')).toMatch(abort);
    waiting.socket.end();
    go.resolve();
    const answer = await busy.hear();
    expect([answer[0], answer.includes(Buffer.from([0, 0, 0, 9, 2, 0, 0, 0, 0, 0]))]).toEqual([4, true]);
    busy.socket.end();
    await closed;
    expect(performance.now() - since).toBeLessThan(3000);
    await expect(dial(listener.port).gone).rejects.toThrow('ECONNREFUSED');
  });
});
