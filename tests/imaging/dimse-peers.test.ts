// DIMSE with programs of others, both ways: DCMTK as machine and station, dcmqrscp and Orthanc as archives.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commitmentInstance, sopClass, status, transferSyntax, type PlannedInstance, type Response } from '@sen/dicom/net';
import { answerRequest } from '../../server/src/edges/dicom/answer-request.ts';
import { contextOf, echo, find, reportEvent, retrieve } from '../../server/src/edges/dicom/calls.ts';
import { openAssociation, type DicomCall, type DicomCallTerms } from '../../server/src/edges/dicom/open-association.ts';
import { sendInstances } from '../../server/src/edges/dicom/send-instances.ts';
import { usualLimits, type DicomTls } from '../../server/src/edges/dicom/settings.ts';
import { freePort } from '../../server/src/platform/free-port.ts';
import { makeAuthority } from '../support/certificates.ts';
import { ctClass, ctDataset, ctFile, element } from '../support/ct-file.ts';
import { listenInTest, memoryArchive, planned, type ArchiveHooks, type MemoryArchive } from '../support/dicom-archive.ts';
import { isInstalled, run, startPeer, type Peer } from '../support/dicom-peers.ts';

const { implicitLittle, explicitLittle } = transferSyntax;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sen-dimse-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function archiveAt(hooks: ArchiveHooks = {}, tls?: DicomTls): Promise<{ archive: MemoryArchive; port: string }> {
  const archive = memoryArchive(hooks);
  const listener = await listenInTest(archive, {}, tls);
  closing.push(() => listener.close(0));
  return { archive, port: String(listener.port) };
}

function ct(number: number, size = 64) {
  return { sopInstance: `2.25.800.${number}`, series: '2.25.801', study: '2.25.802', number, size };
}

function fileOf(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The bytes after preamble and file meta information, as they lie in the file. */
function datasetIn(path: string): Buffer {
  const file = readFileSync(path);
  return file.subarray(144 + file.readUInt32LE(140));
}

function image(number: number): PlannedInstance {
  return planned({ sopClass: ctClass, sopInstance: ct(number).sopInstance, transferSyntax: explicitLittle, dataset: ctDataset(ct(number)) });
}

const here = '127.0.0.1';

describe.skipIf(!isInstalled('storescu'))('DCMTK as machine and as station (Debian package dcmtk)', () => {
  it('echoes', async () => {
    const { archive, port } = await archiveAt();
    expect(await run('echoscu', ['-aet', 'CT_PHONG1', '-aec', 'SEN', '--repeat', '3', here, port])).toEqual({ code: 0, output: '' });
    expect(archive.signs.map(({ kind, peer }) => [kind, peer.callingAe, peer.implementationVersion])).toContainEqual(['released', 'CT_PHONG1', expect.stringContaining('OFFIS_DCMTK')]);
  });

  it.each([
    ['explicit little endian', [], '-xe', explicitLittle], ['implicit little endian', ['dcmconv', '+ti'], '-xi', implicitLittle], ['explicit big endian', ['dcmconv', '+tb'], '-xb', transferSyntax.explicitBig],
    ['deflated', ['dcmconv', '+td'], '-xd', '1.2.840.10008.1.2.1.99'], ['JPEG lossless', ['dcmcjpeg'], '-xs', '1.2.840.10008.1.2.4.70'], ['JPEG-LS', ['dcmcjpls'], '-xt', '1.2.840.10008.1.2.4.80'],
    ['RLE', ['dcmcrle'], '-xr', '1.2.840.10008.1.2.5'],
  ])('stores %s byte for byte', async (name, [converter, ...options], proposed, syntax) => {
    const { archive, port } = await archiveAt();
    const made = fileOf(`${name}.dcm`, ctFile(ct(1)));
    const path = converter === undefined ? made : `${made}.converted`;
    if (converter !== undefined) await run(converter, [...options, made, path]);
    const sent = await run('storescu', ['-R', proposed, '-aec', 'SEN', here, port, path]);
    expect(sent).toEqual({ code: 0, output: '' });
    const [stored] = archive.stored.values();
    // storescu deflates anew, with other settings than dcmconv: what was deflated is compared.
    const plain = (bytes: Buffer) => (name === 'deflated' ? inflateRawSync(bytes) : bytes);
    expect([stored?.transferSyntax, stored?.sopClass, plain(stored?.dataset ?? Buffer.alloc(0)).equals(plain(datasetIn(path)))]).toEqual([syntax, ctClass, true]);
  });

  it('stores through four associations at once', async () => {
    const { archive, port } = await archiveAt();
    const folders = [0, 1, 2, 3].map((one) => join(folder, `many-${one}`));
    for (const one of folders) mkdirSync(one);
    for (let n = 0; n < 80; n += 1) writeFileSync(join(folders[n % 4] ?? '', `${n}.dcm`), ctFile(ct(n, 256)));
    const ran = await Promise.all(folders.map((one) => run('storescu', ['+sd', here, port, one])));
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect([archive.stored.size, archive.stored.get('2.25.800.79')?.dataset.equals(ctDataset(ct(79, 256)))]).toEqual([80, true]);
  });

  it('shows why an association or an object was refused', async () => {
    const { port } = await archiveAt({ admit: ({ callingAe }) => (callingAe === 'STRANGER' ? 'calling-ae-unknown' : 'allowed'), store: async () => ({ status: status.outOfResources, comment: 'disk is full' }) });
    const path = fileOf('refused.dcm', ctFile(ct(1)));
    expect((await run('echoscu', ['-aet', 'STRANGER', here, port])).output).toContain('Calling AE Title Not Recognized');
    const refused = await run('storescu', ['-v', here, port, path]);
    expect(refused.output).toContain('Refused: OutOfResources');
    expect((await run('storescu', ['-d', here, port, path])).output).toContain('disk is full');
  });

  it('finds studies and the worklist, and cancels', async () => {
    const { archive, port } = await archiveAt();
    const study = (n: number) => Buffer.concat([element(8, 0x52, 'CS', 'STUDY'), element(0x10, 0x10, 'PN', 'TRAN^THI BINH'), element(0x20, 0xd, 'UI', `2.25.7.${n}`)]);
    archive.matches.set(sopClass.studyFind, Array.from({ length: 300 }, (_none, n) => study(n)));
    archive.matches.set(sopClass.worklistFind, [element(0x10, 0x10, 'PN', 'LE^VAN CUONG')]);
    const found = await run('findscu', ['-S', '-v', '-k', '0008,0052=STUDY', '-k', '0010,0010=TRAN*', '-k', '0020,000D', here, port]);
    expect([found.code, found.output.match(/2\.25\.7\.\d+/g)?.length]).toEqual([0, 300]);
    expect(archive.asked[0]).toMatchObject({ transferSyntax: explicitLittle, sopClass: sopClass.studyFind });
    expect(Buffer.from(archive.asked[0]?.identifier ?? []).includes('TRAN*')).toBe(true);
    const worklist = await run('findscu', ['-W', '-v', '-k', '0010,0010', here, port]);
    expect(worklist.output).toContain('LE^VAN CUONG');
    expect((await run('findscu', ['-S', '-v', '--cancel', '5', '-k', '0008,0052=STUDY', here, port])).code).toBe(0);
  });

  it('gets a study', async () => {
    const { port } = await archiveAt({ retrieve: async () => [image(1), image(2), image(3)] });
    const got = join(folder, 'got');
    mkdirSync(got);
    const ran = await run('getscu', ['-S', '-v', '-k', '0008,0052=STUDY', '-k', '0020,000D=2.25.802', '-od', got, here, port]);
    expect(ran.code).toBe(0);
    const files = readdirSync(got).sort();
    expect(files.length).toBe(3);
    expect(files.map((name, place) => datasetIn(join(got, name)).equals(ctDataset(ct(place + 1))))).toEqual([true, true, true]);
  });

  it('moves a study to itself and to a third', async () => {
    const { archive, port } = await archiveAt({ retrieve: async () => [image(1), image(2)] });
    const [own, third] = [await freePort(), await freePort()];
    const moved = join(folder, 'moved');
    mkdirSync(moved);
    archive.destinations.set('STATION', { host: here, port: own, aeTitle: 'STATION', secure: false });
    archive.destinations.set('THIRD', { host: here, port: third, aeTitle: 'THIRD', secure: false });
    const key = ['-S', '-v', '-k', '0008,0052=STUDY', '-k', '0020,000D=2.25.802'];
    const ran = await run('movescu', [...key, '-aet', 'STATION', '-aem', 'STATION', '--port', String(own), '-od', moved, here, port]);
    expect([ran.code, readdirSync(moved).length]).toEqual([0, 2]);
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    const peer = await startPeer('storescp', ['-od', taken, '-aet', 'THIRD', String(third)], third, folder);
    closing.push(peer.stop);
    expect((await run('movescu', [...key, '-aem', 'THIRD', here, port])).code).toBe(0);
    expect(readdirSync(taken).map((name) => datasetIn(join(taken, name)).length)).toEqual([ctDataset(ct(1)).length, ctDataset(ct(2)).length]);
    expect((await run('movescu', [...key, '-aem', 'NOBODY', here, port])).output).toContain('Refused: MoveDestinationUnknown');
    expect(archive.asked.map(({ cancelled }) => cancelled.aborted)).toEqual([false, false, false]);
  });

  it('speaks TLS with certificates on both sides, and is refused without', async () => {
    const authority = await makeAuthority('CN=Bệnh viện', 'RSA');
    const [server, machine] = [await authority.issue({ name: 'CN=archive', kind: 'RSA' }), await authority.issue({ name: 'CN=CT1', kind: 'RSA' })];
    const { archive, port } = await archiveAt({}, { key: server.key, certificate: server.cert, authorities: authority.cert, pins: [], mutual: true });
    const [key, cert, ca] = [fileOf('key.pem', Buffer.from(machine.key)), fileOf('cert.pem', Buffer.from(machine.cert)), fileOf('ca.pem', Buffer.from(authority.cert))];
    const path = fileOf('tls.dcm', ctFile(ct(9)));
    expect(await run('echoscu', ['+tls', key, cert, '+cf', ca, here, port])).toEqual({ code: 0, output: '' });
    expect(await run('storescu', ['+tls', key, cert, '+cf', ca, here, port, path])).toEqual({ code: 0, output: '' });
    expect([archive.stored.get('2.25.800.9')?.dataset.equals(ctDataset(ct(9))), archive.stored.get('2.25.800.9')?.peer.certificate?.subject]).toEqual([true, 'CT1']);
    expect((await run('echoscu', ['+tla', '+cf', ca, here, port])).code).not.toBe(0);
    expect((await run('echoscu', [here, port])).code).not.toBe(0);
  });
});

function call(port: number, aeTitle: string, contexts: DicomCallTerms['contexts'], more: Partial<DicomCallTerms> = {}): Promise<DicomCall> {
  return openAssociation({ address: { host: here, port, aeTitle, secure: false }, callingAe: 'SEN', limits: usualLimits, contexts, fault: () => undefined, ...more });
}

const storing = [{ abstractSyntax: ctClass, transferSyntaxes: [explicitLittle] }];
const querying = [sopClass.verification, sopClass.studyFind, sopClass.studyMove, sopClass.studyGet].map((abstractSyntax) => ({ abstractSyntax, transferSyntaxes: [explicitLittle, implicitLittle] }));
const studyOf = (uid: string) => Buffer.concat([element(8, 0x52, 'CS', 'STUDY'), element(0x10, 0x10, 'PN', ''), element(0x20, 0xd, 'UI', uid)]);

/** Sends, asks, gets and moves with another archive as its client. `aeTitle` is theirs; they know us as SEN at `ours`. */
async function useArchive(port: number, aeTitle: string, ours: MemoryArchive): Promise<void> {
  const sending = await call(port, aeTitle, storing);
  const sent = await sendInstances({ instances: [image(1), image(2), image(3)], ask: sending.ask, contexts: sending.contexts, ours: ({ requestorUses }) => requestorUses });
  expect(sent).toEqual({ completed: 3, warned: 0, failures: [] });
  await sending.release();
  const got = memoryArchive();
  const asking: DicomCall = await call(port, aeTitle, [...querying, ...storing], {
    roles: [{ sopClass: ctClass, scu: false, scp: true }],
    handle: (incoming, peer) => answerRequest({ incoming, seat: { services: got.services, peer, identifierBytes: 1e6, fault: () => undefined, ask: asking.ask, contexts: () => asking.contexts, calling: { callingAe: 'SEN', limits: usualLimits, fault: () => undefined } } }),
  });
  expect(await echo(asking)).toBe(status.success);
  const matches = [];
  for await (const match of find(asking, sopClass.studyFind, studyOf(''))) matches.push(Buffer.from(match).includes('2.25.802'));
  expect(matches).toEqual([true]);
  expect(await lastOf(retrieve(asking, sopClass.studyGet, studyOf('2.25.802')))).toBe(status.success);
  expect([...got.stored.values()].map(({ dataset, sopInstance }) => [sopInstance, dataset.length > 8192]).sort()).toEqual([1, 2, 3].map((n) => [`2.25.800.${n}`, true]));
  expect(await lastOf(retrieve(asking, sopClass.studyMove, studyOf('2.25.802'), 'SEN'))).toBe(status.success);
  expect([...ours.stored.keys()].sort()).toEqual(['2.25.800.1', '2.25.800.2', '2.25.800.3']);
  await asking.release();
}

async function lastOf(responses: AsyncIterable<Response>): Promise<number | undefined> {
  let last: number | undefined;
  for await (const { command } of responses) last = command.status;
  return last;
}

describe.skipIf(!isInstalled('dcmqrscp'))('dcmqrscp as archive (Debian package dcmtk)', () => {
  it('takes, finds, gives and moves', async () => {
    const { archive, port } = await archiveAt();
    const own = await freePort();
    const work = mkdtempSync(join(folder, 'dcmqr-'));
    mkdirSync(join(work, 'db'));
    writeFileSync(join(work, 'dcmqr.cfg'), [
      `NetworkTCPPort = ${own}`, 'MaxPDUSize = 16384', 'MaxAssociations = 16', 'HostTable BEGIN', `sen = (SEN, ${here}, ${port})`, 'HostTable END', 'VendorTable BEGIN', 'VendorTable END',
      'AETable BEGIN', `OTHER ${join(work, 'db')} RW (200, 1024mb) ANY`, 'AETable END', '',
    ].join('\n'));
    const peer = await startPeer('dcmqrscp', ['-c', join(work, 'dcmqr.cfg')], own, work);
    closing.push(peer.stop);
    await useArchive(own, 'OTHER', archive);
  });
});

describe.skipIf(!isInstalled('Orthanc'))('Orthanc as archive (Debian package orthanc)', () => {
  let peer: Peer | undefined;
  let [dicom, http] = [0, 0];

  async function orthanc(port: string): Promise<void> {
    [dicom, http] = [await freePort(), await freePort()];
    const work = mkdtempSync(join(folder, 'orthanc-'));
    writeFileSync(join(work, 'orthanc.json'), JSON.stringify({
      Name: 'other', StorageDirectory: join(work, 'db'), IndexDirectory: join(work, 'db'), HttpPort: http, DicomPort: dicom, DicomAet: 'OTHER', RemoteAccessAllowed: false, AuthenticationEnabled: false, Plugins: [],
      DicomModalities: { sen: { AET: 'SEN', Host: here, Port: Number(port), AllowStorageCommitment: true } }, DicomAlwaysAllowFind: true, DicomAlwaysAllowMove: true, DicomAlwaysAllowGet: true, DicomCheckCalledAet: true,
    }));
    peer = await startPeer('Orthanc', [join(work, 'orthanc.json')], http, work);
    closing.push(peer.stop);
  }

  const rest = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`http://${here}:${http}${path}`, body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };

  it('takes, finds, gives and moves', async () => {
    const { archive, port } = await archiveAt();
    await orthanc(port);
    await useArchive(dicom, 'OTHER', archive);
  });

  it('echoes, sends, queries and asks us for commitment', async () => {
    const reported = Promise.withResolvers<unknown>();
    const { archive, port } = await archiveAt({ normalized: async ({ operation, data, transferSyntax }) => {
      if (operation === 'n-action') reported.resolve(reportLater(dicom, transferSyntax, data ?? new Uint8Array(0)));
      return { status: status.success };
    } });
    archive.matches.set(sopClass.studyFind, [Buffer.concat([implicit(8, 0x52, 'STUDY '), implicit(0x20, 0xd, '2.25.802')])]); // the encoding that Orthanc lists first
    await orthanc(port);
    const upload = (await (await fetch(`http://${here}:${http}/instances`, { method: 'POST', body: new Uint8Array(ctFile(ct(5))) })).json()) as { ID: string };
    await rest('/modalities/sen/echo', {});
    await rest('/modalities/sen/store', upload.ID);
    expect(archive.stored.get('2.25.800.5')?.dataset.length).toBe(ctDataset(ct(5)).length);
    const query = (await rest('/modalities/sen/query', { Level: 'Study', Query: {} })) as { ID: string };
    expect(await rest(`/queries/${query.ID}/answers`)).toEqual(['0']);
    const commitment = (await rest('/modalities/sen/storage-commitment', { DicomInstances: [{ SOPClassUID: ctClass, SOPInstanceUID: '2.25.800.5' }] })) as { ID: string };
    expect(await reported.promise).toMatchObject({ status: status.success });
    expect(await rest(`/storage-commitment/${commitment.ID}`)).toMatchObject({ Status: 'Success' });
  });
});

function implicit(group: number, number: number, value: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, Buffer.from(value)]);
}

/** The report over a new association: what was asked for is what is kept. */
async function reportLater(port: number, syntax: string, asked: Uint8Array): Promise<unknown> {
  const reporting = await call(port, 'OTHER', [{ abstractSyntax: sopClass.commitment, transferSyntaxes: [syntax] }], { roles: [{ sopClass: sopClass.commitment, scu: false, scp: true }] });
  const outcome = await reportEvent(reporting.ask, contextOf(reporting, sopClass.commitment), { sopClass: sopClass.commitment, sopInstance: commitmentInstance, event: 1, data: asked });
  await reporting.release();
  return outcome;
}
