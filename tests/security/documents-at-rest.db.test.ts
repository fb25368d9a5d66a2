import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictionary1 } from '../../server/src/modules/record/content-dictionary.ts';
import { exportResources, sealDocuments, takeSnapshot } from '../../server/src/modules/record/index.ts';
import { followTexts } from '../../server/src/modules/record/search/full-text/follow-texts.ts';
import { runSealJob } from '../../server/src/modules/record/sealing/run-seal-job.ts';
import { openContentKeys } from '../../server/src/modules/record/store/open-content-keys.ts';
import { holdKeyring } from '../../server/src/platform/seal.ts';
import { testServer, type TestServer } from '../support/server.ts';

const door = fileURLToPath(new URL('../../tools/run.mjs', import.meta.url));
const dictionary = Buffer.from(dictionary1);
const fhir = { 'content-type': 'application/fhir+json' };
const secret = 'Giải phẫu bệnh: ung thư biểu mô tuyến';
const data = Buffer.from(secret).toString('base64');
let folder: string;
let server: TestServer;

const documents: readonly Record<string, unknown>[] = [
  { resourceType: 'Binary', id: 'tep', contentType: 'text/plain', data },
  { resourceType: 'DocumentReference', id: 'giay', status: 'current', subject: { reference: 'Patient/an' }, description: secret, content: [{ attachment: { contentType: 'text/plain', data } }] },
  { resourceType: 'Media', id: 'anh', status: 'completed', subject: { reference: 'Patient/an' }, content: { contentType: 'image/png', data } },
  { resourceType: 'DiagnosticReport', id: 'phieu', status: 'final', code: { text: 'Sinh thiết' }, subject: { reference: 'Patient/an' }, presentedForm: [{ contentType: 'application/pdf', data }] },
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-documents-'));
  server = await testServer({ env: { SEN_DATA: folder, SEN_MASTER_KEY_FILE: '' } });
  await put({ resourceType: 'Patient', id: 'an', name: [{ text: 'Nguyễn Thị An' }] });
  for (const resource of documents) await put({ ...resource, language: 'en' });
  for (const resource of documents) await put(resource);
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function put(resource: Record<string, unknown>): Promise<number> {
  const response = await server.call(`/fhir/R4/${String(resource['resourceType'])}/${String(resource['id'])}`, { method: 'PUT', headers: fhir, body: JSON.stringify(resource) });
  if (!response.ok) throw new Error(await response.text());
  return response.status;
}

async function get(path: string, accept = 'application/fhir+json'): Promise<{ status: number; text: string }> {
  const response = await server.call(path, { headers: { accept } });
  return { status: response.status, text: await response.text() };
}

interface Row {
  place: string;
  type: number;
  key: string;
  version: number;
  content: Buffer;
}

async function contents(): Promise<Row[]> {
  const { rows } = await server.db.database.query<Row>({
    text: `select 'resource' as place, type, key, version, content from record.resource union all select 'version', type, key, version, content from record.version order by 1, 2, 3, 4`,
  });
  return rows;
}

const rowOf = async (place: string, id: string): Promise<Row> =>
  (await server.db.database.query<Row>({ text: `select '${place}' as place, type, key, version, content from record.${place} where id = $1`, values: [id] })).rows[0]!;

async function lay(row: Row, content: Buffer): Promise<void> {
  await server.db.database.query({ text: `update record.${row.place} set content = $1 where type = $2 and key = $3 and version = $4`, values: [content, row.type, row.key, row.version] });
}

/** What whoever has the tables and this program, but no key, reads of a content. */
function readable(content: Buffer): string {
  try {
    return inflateRawSync(content.subarray(1), { dictionary }).toString();
  } catch {
    return '';
  }
}

/** Runs `npm run sen -- …` over the database and the keys of the server. */
function sen(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [door, 'sen', ...args], { env: { ...process.env, DATABASE_URL: server.db.url, SEN_DATA: folder } });
  let output = '';
  child.stdout.on('data', (part) => (output += String(part)));
  child.stderr.on('data', (part) => (output += String(part)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe('Documents at rest (ASVS v5.0.0-14.2.4, issue 4)', () => {
  it('lie in no row that can be read without a key, live or past', async () => {
    const rows = (await contents()).filter(({ content }) => readable(content).includes('"Nguyễn Thị An"'));
    expect(rows).toHaveLength(1); // the patient, who is no document: so this look can see
    expect((await contents()).filter(({ content }) => readable(content).includes(data))).toEqual([]);
    for (const { id } of documents as { id: string }[]) expect([(await rowOf('resource', id)).content[0], (await rowOf('version', id)).content[0]]).toEqual([0xc1, 0xc1]);
  });

  it('leave no bytes in any other table, the index of full text included', async () => {
    const { database } = server.db;
    await followTexts(server.db.work(), 5_000);
    expect((await database.query({ text: 'select 1 from record.full_text' })).rowCount).toBeGreaterThan(3);
    expect((await get('/fhir/R4/DocumentReference?_content=tuyến')).text).toContain('"giay"'); // words are searched by design
    const { rows } = await database.query<{ place: string }>({
      text: `select format('%I.%I', n.nspname, c.relname) as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`,
    });
    const places: string[] = [];
    const hex = Buffer.from(data).toString('hex');
    for (const { place } of rows) {
      const text = `select 1 from ${place} t where strpos(t::text, $1) > 0 or strpos(lower(t::text), lower($2)) > 0 or strpos(t::text, $3) > 0 limit 1`;
      if ((await database.query({ text, values: [data, data.slice(0, 20), hex] })).rowCount > 0) places.push(place);
    }
    expect(places).toEqual([]);
  });

  it('are read by every way as before', async () => {
    const native = await server.call('/fhir/R4/Binary/tep', { headers: { accept: 'text/plain' } });
    expect(await native.text()).toBe(secret);
    const ways = [
      '/fhir/R4/Binary/tep', '/fhir/R4/Binary/tep/_history/1', '/fhir/R4/DocumentReference/giay/_history/1', '/fhir/R4/DocumentReference/giay/_history', '/fhir/R4/Media/_history',
      '/fhir/R4/_history', '/fhir/R4/DocumentReference?patient=an', '/fhir/R4/DocumentReference?patient=an&_sort=type', '/fhir/R4/Patient?_id=an&_revinclude=DocumentReference:patient',
      '/fhir/R4/Patient/an/$everything', `/fhir/R4/DocumentReference/giay/$graphql?query=${encodeURIComponent('{content{attachment{data}}}')}`,
    ];
    for (const path of ways) expect({ path, ...(await get(path)) }).toEqual({ path, status: 200, text: expect.stringContaining(data) });
    const snapshot = await takeSnapshot(server.db.database);
    await put({ ...documents[1]!, description: 'khác' });
    const { found } = await exportResources(server.db.work(), { type: 'DocumentReference', snapshot, since: undefined, after: undefined, limit: 10 });
    expect(found.map(String)).toEqual([expect.stringContaining(secret)]); // of the version that has since passed
    await put(documents[1]!);
  });

  it('make no new version when they are stored again unchanged', async () => {
    const before = await contents();
    expect(await put(documents[0]!)).toBe(200);
    expect(await contents()).toEqual(before);
  });

  it('are refused when a bit was changed, or when the content is of another row or version', async () => {
    const [live, past, other] = [await rowOf('resource', 'tep'), await rowOf('version', 'tep'), await rowOf('resource', 'anh')];
    const flipped = Buffer.from(live.content);
    flipped[60]! ^= 4;
    for (const content of [flipped, past.content, other.content]) {
      await lay(live, content);
      expect(await get('/fhir/R4/Binary/tep')).toEqual({ status: 503, text: expect.stringContaining('platform.seal-broken') });
    }
    await lay(live, live.content);
    expect((await get('/fhir/R4/Binary/tep')).status).toBe(200);
  });

  it('do not keep what was written after them from being found, when one is broken', async () => {
    await put({ ...documents[1]!, id: 'hong' });
    const broken = await rowOf('resource', 'hong');
    await lay(broken, Buffer.concat([broken.content.subarray(0, -1), Buffer.of(broken.content.at(-1)! ^ 1)]));
    await put({ resourceType: 'Basic', id: 'sau', code: { text: 'viết sau' } });
    expect((await get('/fhir/R4/DocumentReference?_content=tuyến')).status).toBe(503);
    await followTexts(server.db.work(), 5_000);
    expect((await get('/fhir/R4/Basic?_content=sau')).text).toContain('"sau"');
    expect(await get('/fhir/R4/DocumentReference?_content=tuyến')).toEqual({ status: 200, text: expect.not.stringContaining('"hong"') });
    await lay(broken, broken.content);
  });

  it('are refused where their key is missing, and nothing else is', async () => {
    const live = await rowOf('resource', 'tep');
    const stranger = Buffer.from(live.content);
    stranger[1]! ^= 1;
    await lay(live, stranger);
    expect(await get('/fhir/R4/Binary/tep')).toEqual({ status: 503, text: expect.stringContaining('record.content-key') });
    expect((await get('/fhir/R4/Patient/an')).status).toBe(200);
    await lay(live, live.content);
  });

  it('stay as they lie when the master key changes, and open under the new one alone', { timeout: 120_000 }, async () => {
    const { database } = server.db;
    const keys = async () => (await database.query<{ id: string; key_sealed: string }>({ text: 'select id, key_sealed from record.content_key' })).rows;
    const [before, keyBefore] = [await contents(), await keys()];
    expect(await sen('rotate-keys')).toMatchObject({ code: 0 });
    const [key] = await keys();
    expect([key?.id, key?.key_sealed === keyBefore[0]?.key_sealed]).toEqual([keyBefore[0]?.id, false]);
    expect(await contents()).toEqual(before);
    const file = join(folder, 'keys', 'master.json');
    const ring = JSON.parse(readFileSync(file, 'utf8')) as { current: string };
    expect(key?.key_sealed).toContain(ring.current);
    holdKeyring({ data: folder, masterKeyFile: '', masterKeyCommand: '' });
    expect(await openContentKeys(database)).toEqual([]);
    expect((await get('/fhir/R4/Binary/tep')).text).toContain(data);
    const exported = await sen('export', join(folder, 'out'));
    expect(exported).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'out', 'Binary.ndjson'), 'utf8')).toContain(data);
  });
});

describe('Documents of before', () => {
  const plain = (json: string): Buffer => Buffer.concat([Buffer.of(1), deflateRawSync(Buffer.from(json), { dictionary })]);

  /** As they lay before: the same JSON, not sealed. */
  async function layPlain(): Promise<void> {
    for (const { resourceType, id } of documents as { resourceType: string; id: string }[]) {
      for (const row of [await rowOf('resource', id), await rowOf('version', id)]) await lay(row, plain((await get(`/fhir/R4/${resourceType}/${id}/_history/${row.version}`)).text));
    }
  }
  const open = async () => (await contents()).filter(({ content }) => readable(content).includes(data)).length;

  it('are readable, and the server seals them by itself, without a new version', async () => {
    const changes = async () => (await server.db.database.query({ text: 'select 1 from record.change' })).rowCount;
    await layPlain();
    expect(await open()).toBe(8);
    expect((await get('/fhir/R4/DocumentReference/giay')).text).toContain(data);
    const before = [await changes(), (await contents()).map(({ version }) => version)];
    await server.db.database.query({ text: `update record.full_text set words = '''cu1''' where type = $1`, values: [(await rowOf('resource', 'tep')).type] });
    await server.db.database.query({ text: `update record.sealing set walked = 'resource', type = 0, ended_at = null` });
    await runSealJob(server.db.work());
    expect(await open()).toBe(0);
    expect([await changes(), (await contents()).map(({ version }) => version)]).toEqual(before);
    expect((await get('/fhir/R4/DocumentReference/giay/_history')).text).toContain(data);
    expect((await server.db.database.query({ text: `select 1 from record.full_text where words = '''cu1'''` })).rowCount).toBe(0); // gathered anew
    expect((await server.db.database.query({ text: 'select 1 from record.sealing where ended_at is not null' })).rowCount).toBe(1);
  });

  it('are sealed beside people who write them, and no version is lost or left readable', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `viet-${i}`);
    const note = (id: string, round: number) => ({ resourceType: 'Binary', id, contentType: 'text/plain', data: Buffer.from(`${secret} ${round}`).toString('base64') });
    for (const id of ids) await put(note(id, 1));
    for (const id of ids) {
      const row = await rowOf('resource', id);
      await lay(row, plain((await get(`/fhir/R4/Binary/${id}`)).text));
    }
    const writing = (async () => {
      for (const round of [2, 3]) for (const id of ids.toReversed()) await put(note(id, round));
    })();
    const walks = [1, 2].map(() => sealDocuments(() => server.db.work(), () => undefined, new AbortController().signal));
    await Promise.all([writing, ...walks]);
    expect((await contents()).filter(({ content }) => readable(content).includes('"Binary"'))).toEqual([]);
    for (const id of ids) {
      for (const round of [1, 2, 3]) expect(JSON.parse((await get(`/fhir/R4/Binary/${id}/_history/${round}`)).text)).toMatchObject({ ...note(id, round), meta: { versionId: String(round) } });
    }
  });

  it('are sealed by npm run sen -- encrypt-documents, again whenever it is asked', { timeout: 60_000 }, async () => {
    await layPlain();
    expect(await sen('encrypt-documents')).toMatchObject({ code: 0, output: expect.stringContaining('8 documents encrypted') });
    expect(await open()).toBe(0);
    expect(await sen('encrypt-documents')).toMatchObject({ code: 0, output: expect.stringContaining(' 0 documents encrypted') });
    for (const { resourceType, id } of documents as { resourceType: string; id: string }[]) expect((await get(`/fhir/R4/${resourceType}/${id}`)).text).toContain(data);
  });
});
