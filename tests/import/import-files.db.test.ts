import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findFiles } from '../../server/src/commands/import/find-files.ts';
import { importFiles, type ImportReport } from '../../server/src/commands/import/import-files.ts';
import { readResource } from '../../server/src/modules/record/index.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { everythingStored } from './everything-stored.ts';

let db: TestDatabase;
let folder: string;
let dataFolder: string;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sen-import-'));
  dataFolder = mkdtempSync(join(tmpdir(), 'sen-import-data-'));
});
afterEach(() => {
  for (const one of [folder, dataFolder]) rmSync(one, { recursive: true, force: true });
});

function put(name: string, content: string | Buffer): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
}

interface RunOptions {
  readonly batchSize?: number;
  readonly stopped?: AbortSignal;
  readonly advance?: (resources: number) => void;
}

async function run({ batchSize = 3, stopped, advance = () => undefined }: RunOptions = {}): Promise<ImportReport> {
  const plan = { files: await findFiles([folder]), batchSize, batchesInFlight: 2, maxDocumentMb: 16, dataFolder, anew: false };
  return importFiles(db.house, stopped === undefined ? plan : { ...plan, stopped }, { surveyed: () => undefined, advance });
}

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, name: [{ family: 'Đỗ', given: ['Thị', 'Mai'] }], ...more });
const lines = (...resources: object[]) => `${resources.map((one) => JSON.stringify(one)).join('\n')}\n`;
const counts = ({ resources, created, updated, unchanged, refused, skipped, resumed }: ImportReport) => ({ resources, created, updated, unchanged, refused, skipped, resumed });

describe('importing files', () => {
  it('stores resources, lines and bundles, plain or packed, from folders below folders', async () => {
    put('a/one.json', JSON.stringify(patient('kinds-1'), undefined, 2));
    put('a/b/lines.ndjson', lines(patient('kinds-2'), patient('kinds-3')));
    put('packed', gzipSync(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient('kinds-4') }] })));
    expect(counts(await run())).toEqual({ resources: 4, created: 4, updated: 0, unchanged: 0, refused: 0, skipped: 0, resumed: 0 });
    for (const id of ['kinds-1', 'kinds-2', 'kinds-3', 'kinds-4']) expect(await readResource(db.work(), 'Patient', id)).toMatchObject(patient(id));
  });

  it('leaves everything unchanged when run twice, and updates what changed', async () => {
    put('twice.ndjson', lines(patient('twice-1'), patient('twice-2'), { resourceType: 'Basic', code: { text: 'no id' } }));
    expect(counts(await run())).toMatchObject({ created: 3, unchanged: 0 });
    expect(counts(await run())).toMatchObject({ created: 0, unchanged: 3, resumed: 0 });
    put('twice.ndjson', lines(patient('twice-1'), patient('twice-2', { active: true })));
    expect(counts(await run())).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  });

  it('keeps every digit of a number', async () => {
    const text = '{"resourceType":"Observation","id":"digits","status":"final","code":{"text":"K"},"valueQuantity":{"value":4.10}}';
    put('digits.json', text);
    await run();
    expect(JSON.stringify(await readResource(db.work(), 'Observation', 'digits'))).toContain('"value":4.10');
  });

  it('lets the later of two with the same id win', async () => {
    put('a.ndjson', lines(...Array.from({ length: 9 }, (_, n) => patient('same', { birthDate: `200${n}-01-01` }))));
    await run({ batchSize: 2 });
    expect(await readResource(db.work(), 'Patient', 'same')).toMatchObject({ birthDate: '2008-01-01' });
  });

  it('resolves references whatever the order of the files, and against the record', async () => {
    const npi = 'http://hl7.org/fhir/sid/us-npi';
    put('a-visits.json', JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [
      { fullUrl: 'urn:uuid:0b1f9c1e-0000-4000-8000-000000000001', resource: patient('ref-lan'), request: { method: 'POST', url: 'Patient' } },
      { resource: {
        resourceType: 'Encounter', id: 'ref-visit', status: 'finished', class: { code: 'AMB' },
        subject: { reference: 'urn:uuid:0b1f9c1e-0000-4000-8000-000000000001' },
        participant: [{ individual: { reference: `Practitioner?identifier=${npi}|77` } }],
      } },
    ] }));
    put('z-doctors.ndjson', lines({ resourceType: 'Practitioner', id: 'ref-hung', identifier: [{ system: npi, value: '77' }] }));
    expect(counts(await run())).toMatchObject({ created: 3, refused: 0 });
    const expected = { subject: { reference: 'Patient/ref-lan' }, participant: [{ individual: { reference: 'Practitioner/ref-hung' } }] };
    expect(await readResource(db.work(), 'Encounter', 'ref-visit')).toMatchObject(expected);

    rmSync(join(folder, 'z-doctors.ndjson'));
    expect(counts(await run())).toMatchObject({ unchanged: 2, refused: 0 });
  });
});

describe('what an import refuses is reported, and the rest goes in', () => {
  it('a broken line, with its number and without its text', async () => {
    put('broken.ndjson', `${lines(patient('broken-1'))}{"resourceType":"Patient","name":[{"text":"Bí mật"\n${lines(patient('broken-3'))}`);
    const report = await run();
    expect(counts(report)).toMatchObject({ resources: 3, created: 2, refused: 1 });
    expect(report.files[0]?.refused).toMatchObject([{ position: 'line 2', issues: [{ severity: 'error', code: 'structure' }] }]);
    expect(JSON.stringify(report)).not.toContain('Bí mật');
  });

  it('an unknown element, with its path', async () => {
    put('unknown.ndjson', lines(patient('unknown-1'), patient('unknown-2', { colour: 'blue' }), patient('unknown-3')));
    const report = await run();
    expect(counts(report)).toMatchObject({ created: 2, refused: 1 });
    expect(report.files[0]?.refused).toMatchObject([{ position: 'line 2', type: 'Patient', id: 'unknown-2', issues: [{ expression: 'Patient.colour' }] }]);
  });

  it('a file that cannot be read to its end: what came before stands', async () => {
    const packed = gzipSync(lines(...Array.from({ length: 4000 }, (_, n) => patient(`torn-${n}`, { birthDate: `19${String(n % 100).padStart(2, '0')}-02-03` }))));
    put('torn.ndjson.gz', packed.subarray(0, packed.length - 100));
    put('whole.ndjson', lines(patient('after-torn')));
    const report = await run({ batchSize: 500 });
    expect(report.unreadable).toBe(1);
    expect(report.files.map((file) => file.unreadable)).toEqual([expect.stringMatching(/unexpected end/i), undefined]);
    expect(await readResource(db.work(), 'Patient', 'after-torn')).toBeDefined();
  });
});

describe('an interrupted import goes on where it was', () => {
  const people = Array.from({ length: 30 }, (_, n) => patient(`resume-${n}`));

  it('stopped between two batches: the next run takes over what was finished', async () => {
    put('many.ndjson', lines(...people));
    const stopping = new AbortController();
    let done = 0;
    const stopped = await run({ stopped: stopping.signal, advance: (resources) => void ((done += resources) >= 9 && stopping.abort()) });
    expect(stopped.stopped).toBe(true);
    expect(stopped.created).toBeGreaterThanOrEqual(9);
    expect(stopped.created).toBeLessThan(30);

    const rest = await run();
    expect(counts(rest)).toEqual({ resources: 30, created: 30, updated: 0, unchanged: 0, refused: 0, skipped: 0, resumed: stopped.created });
    expect((await everythingStored(db.work(), 'Patient')).filter((one) => one.id?.startsWith('resume-'))).toHaveLength(30);
    expect(readdirSync(join(dataFolder, 'imports'))).toEqual([]);
  });

  it('killed while writing its progress: the torn line is done once more', async () => {
    put('many.ndjson', lines(...people, patient('resume-last')));
    const stopping = new AbortController();
    await run({ stopped: stopping.signal, advance: () => stopping.abort() });
    const [log] = readdirSync(join(dataFolder, 'imports'));
    writeFileSync(join(dataFolder, 'imports', log as string), '{"batch":0,"created":3,"upd');
    expect(counts(await run())).toMatchObject({ resources: 31, resumed: 0, refused: 0 });
    expect(existsSync(join(dataFolder, 'imports', log as string))).toBe(false);
  });
});
