// The archive as machines and stations of others meet it: DCMTK and Orthanc at the real doors, database and disk behind them.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { imaging } from '../../server/src/modules/imaging/module.ts';
import { reportCommitments } from '../../server/src/modules/imaging/dimse/report-commitments.ts';
import { upsertMachine, type MachineSettings } from '../../server/src/modules/imaging/machines/machine-store.ts';
import { freePort } from '../../server/src/platform/free-port.ts';
import { openLog } from '../../server/src/platform/log.ts';
import { answerMachines, type Machines } from '../../server/src/start/answer-machines.ts';
import { makeAuthority } from '../support/certificates.ts';
import { ctClass, ctDataset, ctFile, type CtFile } from '../support/ct-file.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { isInstalled, run, startPeer, type Peer } from '../support/dicom-peers.ts';
import { startProgram, type Program } from '../support/program.ts';

const here = '127.0.0.1';
let folder = '';
let db: TestDatabase;
let machines: Machines;
let port = '';
let tlsPort = '';
let authority: Awaited<ReturnType<typeof makeAuthority>>;

const pem = (name: string) => join(folder, name);

async function issue(name: string): Promise<string> {
  const { cert, key } = await authority.issue({ name: `CN=${name}`, kind: 'RSA' });
  writeFileSync(pem(`${name}.crt`), cert);
  writeFileSync(pem(`${name}.key`), key);
  return new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
}

async function listMachine(aeTitle: string, more: Partial<MachineSettings> = {}): Promise<void> {
  await upsertMachine(db.database, {
    aeTitle, facility: 'sen-hong', name: aeTitle, modality: 'CT', roomId: null, addresses: [], certificate: null, host: null, port: null, secure: false, mayStore: true, mayQuery: true, active: true, ...more,
  });
}

async function open(): Promise<void> {
  machines = (await answerMachines(db.house, openLog('silent')))!;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-dimse-archive-'));
  authority = await makeAuthority('Hospital', 'RSA');
  writeFileSync(pem('authority.crt'), authority.cert);
  await issue('sen');
  [port, tlsPort] = [String(await freePort()), String(await freePort())];
  db = await testDatabase({ env: {
    SEN_DICOM_PORT: port, SEN_DICOM_TLS_PORT: tlsPort, SEN_DICOM_TLS_KEY_FILE: pem('sen.key'), SEN_DICOM_TLS_CERTIFICATE_FILE: pem('sen.crt'), SEN_DICOM_TLS_AUTHORITIES_FILE: pem('authority.crt'),
  } });
  await imaging.start?.(db.house);
  await listMachine('CT1');
  await open();
});
afterAll(async () => {
  await machines.stop();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function ct(study: number, number: number, size = 64): CtFile {
  return { sopInstance: `2.25.900.${study}.${number}`, series: `2.25.901.${study}`, study: `2.25.902.${study}`, number, size };
}

function fileOf(name: string, bytes: Buffer): string {
  writeFileSync(pem(name), bytes);
  return pem(name);
}

function folderOf(name: string): string {
  mkdirSync(pem(name));
  return pem(name);
}

/** The bytes after preamble and file meta information, as they lie in the file. */
function datasetIn(path: string): Buffer {
  const file = readFileSync(path);
  return file.subarray(144 + file.readUInt32LE(140));
}

const store = (...args: string[]) => run('storescu', ['-R', '-aet', 'CT1', '-aec', 'SEN', ...args]);
const find = (...args: string[]) => run('findscu', ['-v', '-aet', 'CT1', '-aec', 'SEN', ...args, here, port]);
const studyKeys = (study: number) => ['-S', '-aet', 'CT1', '-aec', 'SEN', '-k', '0008,0052=STUDY', '-k', `0020,000D=2.25.902.${study}`];

async function rowsOf<T extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<readonly T[]> {
  return (await db.database.query<T>({ text, values })).rows;
}

describe.skipIf(!isInstalled('storescu'))('a machine of the list (DCMTK, Debian package dcmtk)', () => {
  it('echoes, and is seen alive; who is in no list, elsewhere, or asks for another, is refused and seen', async () => {
    expect(await run('echoscu', ['-aet', 'CT1', '-aec', 'SEN', here, port])).toEqual({ code: 0, output: '' });
    await listMachine('FAR', { addresses: ['10.20.0.0/16'] });
    expect((await run('echoscu', ['-aet', 'STRANGER', '-aec', 'SEN', here, port])).output).toContain('Calling AE Title Not Recognized');
    expect((await run('echoscu', ['-aet', 'FAR', '-aec', 'SEN', here, port])).output).toContain('Calling AE Title Not Recognized');
    expect((await run('echoscu', ['-aet', 'CT1', '-aec', 'OTHER', here, port])).output).toContain('Called AE Title Not Recognized');
    await machines.stop();
    await open();
    expect(await rowsOf('SELECT ae_title, heard_operation, refused_because FROM imaging.machine ORDER BY 1')).toEqual([
      { ae_title: 'CT1', heard_operation: 'echo', refused_because: 'called-ae-unknown' }, { ae_title: 'FAR', heard_operation: null, refused_because: 'address-unknown' },
    ]);
    expect(await rowsOf('SELECT ae_title, address, because, times FROM imaging.stranger')).toEqual([{ ae_title: 'STRANGER', address: here, because: 'calling-ae-unknown', times: 1 }]);
  });

  it.each([
    ['explicit little endian', [], '-xe', '+xe'], ['implicit little endian', ['dcmconv', '+ti'], '-xi', '+xe'], ['explicit big endian', ['dcmconv', '+tb'], '-xb', '+xb'],
    ['deflated', ['dcmconv', '+td'], '-xd', '+xd'], ['JPEG lossless', ['dcmcjpeg'], '-xs', '+xs'], ['JPEG baseline', ['dcmcjpeg', '+eb', '+Wm'], '-xy', '+xy'], ['JPEG-LS', ['dcmcjpls'], '-xt', '+xt'], ['RLE', ['dcmcrle'], '-xr', '+xr'],
  ])('stores %s and gets it back byte for byte', async (name, [converter, ...options], proposed, wanted) => {
    const study = 10 + proposed.charCodeAt(2);
    const made = fileOf(`${name}.dcm`, ctFile(ct(study, 1)));
    const path = converter === undefined ? made : `${made}.converted`;
    if (converter !== undefined) await run(converter, [...options, made, path]);
    expect(await store(proposed, here, port, path)).toEqual({ code: 0, output: '' });
    const got = folderOf(`got ${name}`);
    expect((await run('getscu', [...studyKeys(study), '--bit-preserving', wanted, '-od', got, here, port])).code).toBe(0);
    const back = readdirSync(got).map((file) => datasetIn(join(got, file)));
    // storescu deflates anew, with other settings than dcmconv: what was deflated is compared.
    const plain = (bytes: Buffer) => (name === 'deflated' ? inflateRawSync(bytes) : bytes);
    // getscu proposes explicit before implicit: what we made of it is the file as it was before its conversion.
    const expected = datasetIn(name.startsWith('implicit') ? made : path);
    expect(back.map((bytes) => plain(bytes).equals(plain(expected)))).toEqual([true]);
  });

  it('is given another encoding of uncompressed pixels where it does not take the stored one', async () => {
    const made = fileOf('implicit.dcm', ctFile(ct(300, 1)));
    await run('dcmconv', ['+tb', made, `${made}.big`]);
    expect(await store('-xb', here, port, `${made}.big`)).toEqual({ code: 0, output: '' });
    const got = folderOf('got implicit');
    expect((await run('getscu', [...studyKeys(300), '--bit-preserving', '-od', got, here, port])).code).toBe(0);
    const [file = ''] = readdirSync(got);
    expect((await run('dcmconv', ['+te', join(got, file), `${made}.back`])).code).toBe(0);
    expect(datasetIn(`${made}.back`).equals(ctDataset(ct(300, 1)))).toBe(true);
  });

  it('hears success for the same again, and for another object under the same UID, which is kept for a person; what cannot be filed is kept with a warning', async () => {
    const first = fileOf('first.dcm', ctFile(ct(310, 1)));
    for (let n = 0; n < 2; n += 1) expect(await store(here, port, first)).toEqual({ code: 0, output: '' });
    const other = fileOf('other.dcm', Buffer.concat([ctFile(ct(310, 1)).subarray(0, -2), Buffer.from([1, 2])]));
    expect(await store(here, port, other)).toEqual({ code: 0, output: '' });
    expect(await rowsOf('SELECT state, source FROM imaging.conflict WHERE instance_uid = $1', [ct(310, 1).sopInstance])).toEqual([{ state: 'open', source: 'CT1' }]);
    const odd = fileOf('odd.dcm', ctFile({ ...ct(310, 2), study: '' }));
    expect((await store('-v', here, port, odd)).output).toContain('DataSetDoesNotMatchSOPClass');
    expect(await rowsOf('SELECT code, source, state FROM imaging.quarantine')).toEqual([{ code: 'imaging.uid-missing', source: 'CT1', state: 'open' }]);
  });

  it('may do only what it is allowed', async () => {
    await listMachine('READER', { mayStore: false });
    await listMachine('SENDER', { mayQuery: false });
    const path = fileOf('allowed.dcm', ctFile(ct(320, 1)));
    expect((await run('storescu', ['-v', '-aet', 'READER', '-aec', 'SEN', here, port, path])).output).toContain('0x124');
    expect((await run('findscu', ['-v', '-S', '-aet', 'SENDER', '-aec', 'SEN', '-k', '0008,0052=STUDY', here, port])).output).toMatch(/0x0?124/);
    expect(await rowsOf('SELECT uid FROM imaging.study WHERE uid = $1', [ct(320, 1).study])).toEqual([]);
  });

  it('calls over TLS with its certificate, and with that of nobody else', async () => {
    const fingerprint = await issue('mr1');
    await issue('mr2');
    await listMachine('MR1', { certificate: fingerprint });
    const echo = (certificate: string) => run('echoscu', ['-aet', 'MR1', '-aec', 'SEN', '+tls', pem(`${certificate}.key`), pem(`${certificate}.crt`), '+cf', pem('authority.crt'), here, tlsPort]);
    expect((await echo('mr1')).code).toBe(0);
    expect((await echo('mr2')).output).toContain('Association Rejected');
    expect((await run('echoscu', ['-aet', 'MR1', '-aec', 'SEN', here, port])).output).toContain('Association Rejected');
    const path = fileOf('tls.dcm', ctFile(ct(330, 1)));
    expect(await run('storescu', ['-R', '-aet', 'MR1', '-aec', 'SEN', '+tls', pem('mr1.key'), pem('mr1.crt'), '+cf', pem('authority.crt'), here, tlsPort, path])).toEqual({ code: 0, output: '' });
    expect(await rowsOf('SELECT source FROM imaging.instance WHERE uid = $1', [ct(330, 1).sopInstance])).toEqual([{ source: 'MR1' }]);
  });
});

describe.skipIf(!isInstalled('findscu'))('a station (DCMTK)', () => {
  beforeAll(async () => {
    for (const number of [1, 2, 3]) expect((await store(here, port, fileOf(`station-${number}.dcm`, ctFile(ct(400, number))))).code).toBe(0);
  });

  const utf8 = ['-k', '0008,0005=ISO_IR 192'];

  it.each([
    ['without marks', 'nguyen van an'], ['with marks', 'Nguyễn^Văn^An'], ['given name first', 'An^Nguyễn'], ['with a wildcard', 'NGUY*'],
  ])('finds a name %s', async (_how, name) => {
    const { output } = await find('-S', ...utf8, '-k', '0008,0052=STUDY', '-k', `0010,0010=${name}`, '-k', '0020,000D=2.25.902.400', '-k', '0008,0061', '-k', '0020,1208');
    expect(output).toContain('Nguyễn^Văn An');
    expect(output).toMatch(/\(0008,0061\) CS \[CT\s*\]/);
    expect(output).toMatch(/\(0020,1208\) IS \[3\s*\]/);
  });

  it('is answered in letters it knows', async () => {
    const { output } = await find('-S', '-k', '0008,0052=STUDY', '-k', '0010,0010', '-k', '0020,000D=2.25.902.400');
    expect(output).toContain('Nguyen^Van An');
  });

  it('finds patients, series and images, and nothing where nothing matches', async () => {
    expect((await find('-P', '-k', '0008,0052=PATIENT', '-k', '0010,0020=BN0001', '-k', '0010,0010')).output.match(/Find Response: \d+/g)?.length).toBe(1);
    expect((await find('-S', '-k', '0008,0052=SERIES', '-k', '0020,000D=2.25.902.400', '-k', '0020,000E', '-k', '0008,0060=CT')).output).toContain('2.25.901.400');
    const images = await find('-S', '-k', '0008,0052=IMAGE', '-k', '0020,000D=2.25.902.400', '-k', '0020,000E=2.25.901.400', '-k', '0008,0018', '-k', '0020,0013=2-');
    expect(images.code).toBe(0);
    expect((await find('-S', '-k', '0008,0052=IMAGE', '-k', '0020,000D=2.25.902.400', '-k', '0008,0018')).output.match(/2\.25\.900\.400\.\d/g)).toEqual(['2.25.900.400.1', '2.25.900.400.2', '2.25.900.400.3']);
    expect((await find('-S', '-k', '0008,0052=STUDY', '-k', '0008,0020=19990101-19991231', '-k', '0020,000D')).output).not.toContain('Find Response: ');
    expect((await find('-S', '-k', '0008,0052=PATIENT', '-k', '0010,0020')).output).toContain('Error: DataSetDoesNotMatchSOPClass');
  });

  it('moves a study to a station of the list, and to no other', async () => {
    const own = await freePort();
    await listMachine('STATION', { host: here, port: own });
    const moved = folderOf('moved');
    const ran = await run('movescu', [...studyKeys(400), '-aet', 'STATION', '-aem', 'STATION', '+P', String(own), '+B', here, port], moved);
    expect([ran.code, readdirSync(moved).sort().map((name, at) => datasetIn(join(moved, name)).equals(ctDataset(ct(400, at + 1))))]).toEqual([0, [true, true, true]]);
    expect((await run('movescu', ['-v', ...studyKeys(400), '-aem', 'NOWHERE', here, port])).output).toMatch(/MoveDestinationUnknown|0xa801/i);
  });

  it('is moved what is stored as it is stored, implicit little endian too', async () => {
    const own = await freePort();
    await listMachine('STATION', { host: here, port: own });
    const made = fileOf('moved implicit.dcm', ctFile(ct(410, 1)));
    await run('dcmconv', ['+ti', made, `${made}.implicit`]);
    expect(await store('-xi', here, port, `${made}.implicit`)).toEqual({ code: 0, output: '' });
    const moved = folderOf('moved implicit');
    expect((await run('movescu', [...studyKeys(410), '-aet', 'STATION', '-aem', 'STATION', '+xi', '+P', String(own), '+B', here, port], moved)).code).toBe(0);
    expect(readdirSync(moved).map((name) => datasetIn(join(moved, name)).equals(datasetIn(`${made}.implicit`)))).toEqual([true]);
  });

  it('finds all of it after a restart', async () => {
    await machines.stop();
    await imaging.start?.(db.house);
    await open();
    const got = folderOf('after restart');
    expect((await run('getscu', [...studyKeys(400), '--bit-preserving', '-od', got, here, port])).code).toBe(0);
    expect(readdirSync(got).sort().map((name, at) => datasetIn(join(got, name)).equals(ctDataset(ct(400, at + 1))))).toEqual([true, true, true]);
  });
});

describe.skipIf(!isInstalled('Orthanc'))('another archive (Orthanc)', () => {
  it('is sent a study, sends one, and hears what we keep, on its own association and on one of ours', async () => {
    const [dicom, http] = [await freePort(), await freePort()];
    const work = mkdtempSync(join(folder, 'orthanc-'));
    writeFileSync(join(work, 'orthanc.json'), JSON.stringify({
      Name: 'other', StorageDirectory: join(work, 'db'), IndexDirectory: join(work, 'db'), HttpPort: http, DicomPort: dicom, DicomAet: 'ORTHANC', RemoteAccessAllowed: false, AuthenticationEnabled: false, Plugins: [],
      DicomModalities: { sen: { AET: 'SEN', Host: here, Port: Number(port), AllowStorageCommitment: true } }, DicomAlwaysAllowStore: true,
    }));
    const peer: Peer = await startPeer('Orthanc', [join(work, 'orthanc.json')], http, work);
    closing.push(peer.stop);
    await listMachine('ORTHANC', { host: here, port: dicom });
    const rest = async (path: string, body?: unknown): Promise<unknown> => {
      const answer = await fetch(`http://${here}:${http}${path}`, body === undefined ? {} : { method: 'POST', body: body instanceof Uint8Array ? body as Uint8Array<ArrayBuffer> : typeof body === 'string' ? body : JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    const { ID } = (await rest('/instances', new Uint8Array(ctFile(ct(500, 1))))) as { ID: string };
    await rest('/modalities/sen/echo', {});
    await rest('/modalities/sen/store', ID);
    expect(await rowsOf('SELECT source FROM imaging.instance WHERE uid = $1', [ct(500, 1).sopInstance])).toEqual([{ source: 'ORTHANC' }]);
    expect(await store(here, port, fileOf('to-orthanc.dcm', ctFile(ct(510, 1))))).toEqual({ code: 0, output: '' });
    expect((await run('movescu', [...studyKeys(510), '-aem', 'ORTHANC', here, port], folder)).code).toBe(0);
    expect(((await rest('/instances')) as string[]).length).toBe(2);
    const ask = async (number: number) => ((await rest('/modalities/sen/storage-commitment', { DicomInstances: [{ SOPClassUID: ctClass, SOPInstanceUID: ct(500, number).sopInstance }] })) as { ID: string }).ID;
    const [kept, missing] = [await ask(1), await ask(2)];
    db.clock.advance(20_000);
    await reportCommitments(db.work());
    expect(await rest(`/storage-commitment/${kept}`)).toMatchObject({ Status: 'Success' });
    expect(await rest(`/storage-commitment/${missing}`)).toMatchObject({ Status: 'Failure' });
    expect(await rowsOf('SELECT count(*)::int AS untold FROM imaging.commitment WHERE told_at IS NULL')).toEqual([{ untold: 0 }]);
  });
});

describe.skipIf(!isInstalled('storescu'))('a server that is killed while a machine sends', () => {
  it('has all that it acknowledged', async () => {
    const [dicom, files] = [String(await freePort()), folderOf('kill')];
    for (let n = 0; n < 300; n += 1) writeFileSync(join(files, `${String(n).padStart(3, '0')}.dcm`), ctFile(ct(600, n, 128)));
    const env = { DATABASE_URL: db.url, SEN_DATA: join(folder, 'killed'), SEN_DICOM_PORT: dicom, SEN_DATABASE_CONNECTIONS: '8' };
    const start = async (): Promise<Program> => {
      const program = startProgram('server/src/main.ts', [], env);
      closing.push(async () => {
        program.child.kill('SIGKILL');
        await program.ended;
      });
      await program.says(/http:\/\//);
      return program;
    };
    const program = await start();
    const sending = run('storescu', ['-v', '-R', '+sd', '-aet', 'CT1', '-aec', 'SEN', here, dicom, files]);
    while ((await rowsOf<{ n: number }>('SELECT count(*)::int AS n FROM imaging.instance WHERE study_uid = $1', [ct(600, 0).study]))[0]!.n < 40) await new Promise((resolve) => { setTimeout(resolve, 5); });
    program.child.kill('SIGKILL');
    await program.ended;
    const { output } = await sending;
    const acknowledged = [...output.matchAll(/Sending file: \S*?(\d+)\.dcm\n[^]*?Store Response \((\w+)\)/g)].flatMap(([, n, said]) => (said === 'Success' ? [Number(n)] : []));
    expect(acknowledged.length).toBeGreaterThanOrEqual(39);
    expect(acknowledged.length).toBeLessThan(300);
    await start();
    const got = folderOf('after kill');
    expect((await run('getscu', ['-S', '-aet', 'CT1', '-aec', 'SEN', '-k', '0008,0052=STUDY', '-k', `0020,000D=${ct(600, 0).study}`, '--bit-preserving', '-od', got, here, dicom])).code).toBe(0);
    const back = new Set(readdirSync(got).map((name) => datasetIn(join(got, name)).toString('latin1')));
    expect(acknowledged.filter((n) => !back.has(ctDataset(ct(600, n, 128)).toString('latin1')))).toEqual([]);
  }, 120_000);
});
