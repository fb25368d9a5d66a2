import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../../../tests/support/server.ts';
import { addStarterLists, importCodeLists, importEdition } from './index.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

async function ask(path: string): Promise<Json> {
  const response = await server.call(`/fhir/R4/${path}`);
  return response.json();
}

const parameter = (answer: Json, name: string): Json => Object.entries(answer.parameter?.find((one: Json) => one.name === name) ?? {}).find(([key]) => key.startsWith('value'))?.[1];
const system = (name: string) => `https://sen.vn/fhir/CodeSystem/${name}`;

describe('the starter sets', () => {
  it('are there after a start, may be added again, and answer questions by day', async () => {
    await addStarterLists(server.db.work());
    const before = await ask('CodeSystem/tinh-2025');
    await addStarterLists(server.db.work());
    expect((await ask('CodeSystem/tinh-2025')).meta.versionId).toBe(before.meta.versionId);
    expect(parameter(await ask(`CodeSystem/$lookup?system=${system('ma-dantoc')}&code=08`), 'display')).toBe('Mông');
    expect(parameter(await ask(`CodeSystem/$lookup?system=${system('tinh')}&code=02&date=2024-01-01`), 'display')).toBe('Tỉnh Hà Giang');
    expect((await ask(`CodeSystem/$lookup?system=${system('tinh')}&code=02&date=2026-01-01`)).resourceType).toBe('OperationOutcome');
    const expansion = async (name: string) => (await ask(`ValueSet/$expand?url=https://sen.vn/fhir/ValueSet/${name}`)).expansion.total;
    expect([await expansion('ma-dantoc'), await expansion('tinh')]).toEqual([55, 34]);
    const translated = await ask(`ConceptMap/$translate?url=https://sen.vn/fhir/ConceptMap/tinh-2008-2025&system=${system('tinh')}&code=02`);
    expect([parameter(translated, 'result'), JSON.stringify(translated)]).toEqual([true, expect.stringContaining('"08"')]);
  });

  it('give way to official lists, which they never overwrite', async () => {
    const official = 'code\tvi\n01\tXét nghiệm (bản chính thức)';
    const [report] = await importCodeLists(server.db.work(), (file) => (file === 'ma_nhom.tsv' ? official : undefined));
    expect(report).toEqual({ file: 'ma_nhom.tsv', codes: 1, name: 'CodeSystem/ma-nhom-2021-5937', outcome: 'updated' });
    await addStarterLists(server.db.work());
    expect((await ask('CodeSystem/ma-nhom-2021-5937')).concept).toHaveLength(1);
  });

  it('take further editions, of which the one that began last holds', async () => {
    const edition = { version: '2026-1804-full', from: '2026-07-01' };
    expect((await importEdition(server.db.work(), 'new.tsv', 'ma-khoa', edition, 'code\tvi\nK01\tKhám bệnh (mới)')).outcome).toBe('created');
    const displayOn = async (day: string) => parameter(await ask(`CodeSystem/$lookup?system=${system('ma-khoa')}&code=K01&date=${day}`), 'display');
    expect([await displayOn('2026-06-30'), await displayOn('2026-07-01')]).toEqual(['Khám bệnh', 'Khám bệnh (mới)']);
  });
});

const folder = process.env['SEN_TEST_CODES'] ?? fileURLToPath(new URL('../../../../../shared/standards/codes', import.meta.url));
const title = existsSync(folder) ? 'the official lists' : `the official lists: NOT RUN, the folder ${folder} is absent; set SEN_TEST_CODES to a folder of them`;

describe.skipIf(!existsSync(folder))(title, () => {
  it('load whole, in seconds', { timeout: 60_000 }, async () => {
    const read = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined);
    const reports = await importCodeLists(server.db.work(), read);
    expect(reports.filter(({ outcome }) => outcome === 'refused' || outcome === 'unreadable')).toEqual([]);
    expect(reports.find(({ file }) => file === 'icd10-4469.tsv')?.codes).toBeGreaterThan(12_218);
    expect(parameter(await ask(`CodeSystem/$lookup?system=${system('icd10-vn')}&code=A00.0`), 'display')).toContain('Vibrio cholerae');
    const expanded = async (name: string, rest: string) => (await ask(`ValueSet/$expand?url=${encodeURIComponent(`${system(name)}?fhir_vs`)}&${rest}`)).expansion.contains.map(({ code }: Json) => code);
    expect(await expanded('icd10-vn', 'filter=dai+thao+duong&count=200')).toContain('E11.9');
    expect(await expanded('dvkt', 'filter=noi+soi+phe+quan+ong+mem&count=200')).toContain('01.0115.0297');
    const mapped = await ask('ConceptMap/$translate?url=https://sen.vn/fhir/ConceptMap/dvkt-icd9cm&system=https://sen.vn/fhir/CodeSystem/dvkt&code=01.0115.0297');
    expect(JSON.stringify(mapped)).toContain('88.73');
  });
});
