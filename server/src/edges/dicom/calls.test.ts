import { afterEach, describe, expect, it } from 'vitest';
import { commitmentInstance, DicomStatus, sopClass, status, transferSyntax, type Context, type Incoming, type PlannedInstance } from '@sen/dicom/net';
import { responseTo } from '../../../../packages/dicom/src/net/command.ts';
import { collectData } from '../../../../packages/dicom/src/net/conversation.ts';
import { makeAuthority, type Issued } from '../../../../tests/support/certificates.ts';
import { ctClass, ctDataset } from '../../../../tests/support/ct-file.ts';
import { listenInTest, memoryArchive, planned, type ArchiveHooks, type MemoryArchive } from '../../../../tests/support/dicom-archive.ts';
import { askCommitment, contextOf, echo, find, reportEvent, retrieve } from './calls.ts';
import { openAssociation, type DicomCall, type DicomCallTerms } from './open-association.ts';
import { sendInstances } from './send-instances.ts';
import { usualLimits, type DicomTls } from './settings.ts';

const { implicitLittle, explicitLittle } = transferSyntax;
const jpeg = '1.2.840.10008.1.2.4.70';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function archiveAt(hooks: ArchiveHooks = {}, tls?: DicomTls): Promise<{ archive: MemoryArchive; port: number }> {
  const archive = memoryArchive(hooks);
  const listener = await listenInTest(archive, {}, tls);
  closing.push(() => listener.close(0));
  return { archive, port: listener.port };
}

async function call(port: number, contexts: DicomCallTerms['contexts'], more: Partial<DicomCallTerms> = {}): Promise<DicomCall> {
  const opened = await openAssociation({
    address: { host: '127.0.0.1', port, aeTitle: 'ARCHIVE', secure: more.tls !== undefined }, callingAe: 'SEN', limits: usualLimits, contexts,
    fault: (what, error) => { throw new Error(what, { cause: error }); }, ...more,
  });
  closing.push(async () => opened.abort());
  return opened;
}

function image(number: number, syntax: string = explicitLittle): PlannedInstance {
  const sopInstance = `2.25.900.${number}`;
  return planned({ sopClass: ctClass, sopInstance, transferSyntax: syntax, dataset: ctDataset({ sopInstance, series: '2.25.901', study: '2.25.902', number, size: 64 }) });
}

const ours = (context: Context) => context.requestorUses;
const query = Buffer.from('0800520006000000535455445920', 'hex');

describe('calling others', () => {
  it('echoes and releases', async () => {
    const { archive, port } = await archiveAt();
    const opened = await call(port, [{ abstractSyntax: sopClass.verification, transferSyntaxes: [implicitLittle] }]);
    expect(await echo(opened)).toBe(status.success);
    await opened.release();
    expect([await opened.ended, archive.signs.map((sign) => sign.kind)]).toEqual([{ kind: 'released' }, ['associated', 'request', 'released']]);
  });

  it('sends objects as they are, each in the encoding that costs least, and says which were not taken', async () => {
    const { archive, port } = await archiveAt();
    const opened = await call(port, [{ abstractSyntax: ctClass, transferSyntaxes: [explicitLittle] }, { abstractSyntax: ctClass, transferSyntaxes: [jpeg] }]);
    const unreadable: PlannedInstance = { ...image(3), open: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('gone')) }) }) };
    const sent = await sendInstances({ instances: [image(1), image(2, jpeg), unreadable, image(4, '1.2.3'), image(5)], ask: opened.ask, contexts: opened.contexts, ours });
    expect(sent).toEqual({ completed: 3, warned: 0, failures: [{ sopInstance: '2.25.900.3', status: undefined }, { sopInstance: '2.25.900.4', status: undefined }] });
    expect([...archive.stored.values()].map(({ sopInstance, transferSyntax }) => [sopInstance, transferSyntax])).toEqual([['2.25.900.1', explicitLittle], ['2.25.900.2', jpeg], ['2.25.900.5', explicitLittle]]);
    expect(archive.stored.get('2.25.900.1')?.dataset).toEqual(ctDataset({ sopInstance: '2.25.900.1', series: '2.25.901', study: '2.25.902', number: 1, size: 64 }));
    await opened.release();
  });

  it('finds, and cancels a query it leaves', async () => {
    const { archive, port } = await archiveAt();
    archive.matches.set(sopClass.worklistFind, Array.from({ length: 5000 }, (_none, n) => Buffer.from([8, 0, 0x50, 0, 2, 0, 0, 0, 48 + (n % 10), 32])));
    const opened = await call(port, [{ abstractSyntax: sopClass.worklistFind, transferSyntaxes: [implicitLittle] }, { abstractSyntax: sopClass.studyFind, transferSyntaxes: [implicitLittle] }]);
    let count = 0;
    for await (const match of find(opened, sopClass.worklistFind, query)) {
      expect(match[8]).toBe(48 + (count % 10));
      count += 1;
    }
    expect(count).toBe(5000);
    for await (const _match of find(opened, sopClass.worklistFind, query)) break;
    const none = find(opened, sopClass.studyFind, query);
    expect(await none.next()).toEqual({ done: true, value: status.success });
    expect(archive.asked.map(({ sopClass, identifier, transferSyntax }) => [sopClass, Buffer.from(identifier).equals(query), transferSyntax])).toEqual([
      [sopClass.worklistFind, true, implicitLittle], [sopClass.worklistFind, true, implicitLittle], [sopClass.studyFind, true, implicitLittle],
    ]);
    const requests = archive.signs.filter((sign) => sign.kind === 'request').map(({ status }) => status);
    expect(requests).toEqual([status.success, status.cancelled, status.success]);
    await opened.release();
  });

  it('hears the status a service chose', async () => {
    const { port } = await archiveAt({ retrieve: () => Promise.reject(new DicomStatus(status.outOfResourcesForMatches, 'too many')) });
    const opened = await call(port, [{ abstractSyntax: sopClass.patientFind, transferSyntaxes: [implicitLittle] }, { abstractSyntax: sopClass.studyGet, transferSyntaxes: [implicitLittle] }]);
    expect(await find(opened, sopClass.patientFind, query).next()).toEqual({ done: true, value: status.wrongClass });
    for await (const { command } of retrieve(opened, sopClass.studyGet, query)) expect([command.status, command.errorComment]).toEqual([status.outOfResourcesForMatches, 'too many']);
    await opened.release();
  });

  it('is told why it may not, and that nobody is there', async () => {
    const { port } = await archiveAt({ admit: () => 'called-ae-unknown' });
    await expect(call(port, [])).rejects.toThrow('dicom.association-rejected: result 1, source 1, reason 7');
    await expect(call(1, [])).rejects.toThrow('ECONNREFUSED');
  });
});

describe('C-GET and C-MOVE (DICOM PS3.4 2024e, C.4.2 and C.4.3)', () => {
  const getting = [{ abstractSyntax: sopClass.studyGet, transferSyntaxes: [implicitLittle] }, { abstractSyntax: ctClass, transferSyntaxes: [explicitLittle] }];
  const roles = [{ sopClass: ctClass, scu: false, scp: true }];

  it('gets over its own association, with counts', async () => {
    const { archive, port } = await archiveAt({ retrieve: async () => [image(1), image(2), image(3, jpeg)] });
    const got: string[] = [];
    const handle = async (incoming: Incoming) => {
      expect((await collectData(incoming.data, 1e6)).length).toBeGreaterThan(8192);
      got.push(incoming.command.affectedSopInstance ?? '');
      await incoming.respond(responseTo(incoming.command, got.length === 1 ? status.elementsDiscarded : status.success));
    };
    const opened = await call(port, getting, { roles, handle });
    const responses = [];
    for await (const response of retrieve(opened, sopClass.studyGet, query)) responses.push(response);
    expect(got).toEqual(['2.25.900.1', '2.25.900.2']);
    expect(responses.at(-1)?.command).toMatchObject({ status: status.someFailed, completed: 1, warning: 1, failed: 1 });
    expect(Buffer.from(responses.at(-1)?.data ?? []).toString('latin1')).toBe('\x08\0\x58\0\x0a\0\0\x002.25.900.3');
    expect(archive.faults).toEqual([]);
    await opened.release();
  });

  it('moves to where the archive says, telling the destination who asked', async () => {
    const destination = await archiveAt();
    const { archive, port } = await archiveAt({ retrieve: async () => [image(1), image(2, jpeg)] });
    archive.destinations.set('READING', { host: '127.0.0.1', port: destination.port, aeTitle: 'READING', secure: false });
    const opened = await call(port, [{ abstractSyntax: sopClass.studyMove, transferSyntaxes: [explicitLittle] }]);
    const responses = [];
    for await (const { command } of retrieve(opened, sopClass.studyMove, query, 'READING')) responses.push(command);
    expect(responses.at(-1)).toMatchObject({ status: status.success, completed: 2, failed: 0, warning: 0 });
    expect([...destination.archive.stored.values()].map(({ sopInstance, transferSyntax, peer }) => [sopInstance, transferSyntax, peer.callingAe, peer.calledAe])).toEqual([['2.25.900.1', explicitLittle, 'SEN', 'READING'], ['2.25.900.2', jpeg, 'SEN', 'READING']]);
    await opened.release();
  });

  it.each([['nobody knows', 'ELSE', status.moveDestinationUnknown, undefined], ['does not answer', 'DEAD', status.outOfResourcesForTransfer, 2]])('says that a destination %s', async (_what, name, code, failed) => {
    const { archive, port } = await archiveAt({ retrieve: async () => [image(1), image(2)] });
    archive.destinations.set('DEAD', { host: '127.0.0.1', port: 1, aeTitle: 'DEAD', secure: false });
    const opened = await call(port, [{ abstractSyntax: sopClass.studyMove, transferSyntaxes: [explicitLittle] }]);
    const responses = [];
    for await (const { command } of retrieve(opened, sopClass.studyMove, query, name)) responses.push(command);
    expect(responses).toMatchObject([{ status: code, ...(failed !== undefined && { failed }) }]);
    await opened.release();
  });

  it('stops where it was cancelled, and says what remained', async () => {
    const many = Array.from({ length: 200 }, (_none, n) => image(n));
    const { archive, port } = await archiveAt({ retrieve: async () => many });
    let got = 0;
    const opened = await call(port, getting, { roles, handle: async (incoming) => {
      await collectData(incoming.data, 1e6);
      got += 1;
      await incoming.respond(responseTo(incoming.command, status.success));
    } });
    for await (const { command } of retrieve(opened, sopClass.studyGet, query)) {
      expect(command).toMatchObject({ status: status.pending, completed: 1, remaining: 199 });
      break;
    }
    await opened.release();
    expect(got).toBeLessThan(200);
    expect(archive.signs.map((sign) => (sign.kind === 'request' ? sign.status : sign.kind))).toEqual(['associated', status.cancelled, 'released']);
    expect(archive.faults).toEqual([]);
  });
});

describe('storage commitment and performed steps (DICOM PS3.4 2024e, J and F)', () => {
  it('asks for commitment and hears the report on the same association', async () => {
    const { port } = await archiveAt({ normalized: async ({ operation, type, sopInstance, data, report }) => {
      expect([operation, type, sopInstance, data?.length]).toEqual(['n-action', 1, commitmentInstance, 14]);
      setImmediate(() => void report({ sopClass: sopClass.commitment, sopInstance: commitmentInstance, event: 1, data: query }));
      return { status: status.success };
    } });
    const heard = Promise.withResolvers<unknown>();
    const opened = await call(port, [{ abstractSyntax: sopClass.commitment, transferSyntaxes: [implicitLittle] }], { handle: async (incoming) => {
      heard.resolve([incoming.command.eventType, Buffer.from(await collectData(incoming.data, 100)).equals(query)]);
      await incoming.respond(responseTo(incoming.command, status.success));
    } });
    expect(await askCommitment(opened, query)).toEqual({ status: status.success });
    expect(await heard.promise).toEqual([1, true]);
    await opened.release();
  });

  it('reports over a new association, in the role of the provider', async () => {
    const { archive, port } = await archiveAt();
    const opened = await call(port, [{ abstractSyntax: sopClass.commitment, transferSyntaxes: [explicitLittle] }], { roles: [{ sopClass: sopClass.commitment, scu: false, scp: true }] });
    const context = contextOf(opened, sopClass.commitment);
    expect(context).toMatchObject({ requestorUses: false, requestorProvides: true });
    expect(await reportEvent(opened.ask, context, { sopClass: sopClass.commitment, sopInstance: commitmentInstance, event: 2, data: query })).toEqual({ status: status.success });
    expect(archive.normalized).toMatchObject([{ operation: 'event-report', type: 2, sopInstance: commitmentInstance, transferSyntax: explicitLittle }]);
    await opened.release();
  });

  it('creates a step under a name given by the archive, and refuses what it does not serve', async () => {
    const { port } = await archiveAt({ normalized: async ({ data }) => ({ status: status.success, sopInstance: '2.25.42', ...(data !== undefined && { data }) }) });
    const opened = await call(port, [{ abstractSyntax: sopClass.performedStep, transferSyntaxes: [explicitLittle] }]);
    const context = contextOf(opened, sopClass.performedStep);
    const answers = [];
    for (const field of [0x0140, 0x0150, 0x0001, 0x0777]) {
      for await (const { command, data } of opened.ask(context, { field, affectedSopClass: sopClass.performedStep }, query)) answers.push([command.status, command.affectedSopInstance, data?.length]);
    }
    expect(answers).toEqual([[status.success, '2.25.42', 14], [status.classNotSupported, undefined, undefined], [status.classNotSupported, undefined, undefined], [status.unrecognizedOperation, undefined, undefined]]);
    await opened.release();
  });
});

describe('TLS (DICOM PS3.15 2024e, annex B)', () => {
  const echoing = [{ abstractSyntax: sopClass.verification, transferSyntaxes: [implicitLittle] }];
  const side = ({ key, cert }: Issued, more: Partial<DicomTls>): DicomTls => ({ key, certificate: cert, pins: [], mutual: true, ...more });

  it('believes certificates of its authority and those that are pinned, no other', async () => {
    const [house, stranger] = [await makeAuthority('CN=Bệnh viện'), await makeAuthority('CN=Khác')];
    const [server, machine, self] = [await house.issue({ name: 'CN=archive' }), await house.issue({ name: 'CN=CT phòng 1' }), await stranger.issue({ name: 'CN=Old MR' })];
    const pin = Buffer.from(await self.certificate.getThumbprint('SHA-256')).toString('hex');
    const { archive, port } = await archiveAt({}, side(server, { authorities: house.cert, pins: [pin] }));
    for (const tls of [side(machine, { authorities: house.cert }), side(self, { authorities: house.cert })]) {
      const opened = await call(port, echoing, { tls });
      expect(await echo(opened)).toBe(status.success);
      await opened.release();
    }
    expect(archive.signs.filter(({ kind }) => kind === 'associated').map(({ peer }) => [peer.secure, peer.certificate?.subject])).toEqual([[true, 'CT phòng 1'], [true, 'Old MR']]);
    expect(archive.signs[0]?.peer.certificate?.fingerprint).toBe(Buffer.from(await machine.certificate.getThumbprint('SHA-256')).toString('hex'));
    const unknown = await stranger.issue({ name: 'CN=Old MR' });
    await expect(call(port, echoing, { tls: side(unknown, { authorities: house.cert }) })).rejects.toThrow();
    await expect(call(port, echoing, { tls: side(machine, { authorities: stranger.cert }) })).rejects.toThrow('not believed');
    await expect(call(port, echoing, { tls: side(machine, {}) })).rejects.toThrow('not believed');
    await expect(call(port, echoing)).rejects.toThrow();
  });
});
