import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { fastFolder } from '../support/fast-folder.ts';
import { startProgram, type Program } from '../support/program.ts';
import { linesOf } from './bulk-server.ts';
import { glucose, lan, type Json } from './client.ts';

const RESOURCES = 9_000;
let db: TestDatabase;
let folder: string;
let token: string;
beforeAll(async () => {
  db = await testDatabase({ startMs: Date.now() });
  folder = mkdtempSync(join(fastFolder(), 'sen-bulk-kill-'));
  token = await issueToken(db.work(), undefined, 24);
  const all = Array.from({ length: RESOURCES }, (_, i) => ({ ...glucose('Patient/lan', i % 10, '2026-01-01'), id: `e${i}` }));
  for (let from = 0; from < RESOURCES; from += 1000) await importResources(db.work(), all.slice(from, from + 1000));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await db.close();
});

async function startServer(): Promise<{ program: Program; base: string }> {
  const program = startProgram('server/src/main.ts', [], { DATABASE_URL: db.url, SEN_DATA: folder });
  const [base] = await program.says(/http:\/\/localhost:\d+/);
  return { program, base };
}

const call = (base: string, path: string, init: RequestInit = {}) => fetch(`${base}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, prefer: 'respond-async', ...init.headers } });

async function donePart(kind: string): Promise<number> {
  const { rows } = await db.database.query<{ done: string }>({ text: 'select done_resources as done from bulk.job where kind = $1', values: [kind] });
  return Number(rows[0]?.done ?? 0);
}

describe('kill -9 in the midst of an export and an import', () => {
  it('both go on at the next start from their last finished batch, and are whole', { timeout: 120_000 }, async () => {
    // every batch takes a while, so that the kill meets both jobs at work
    await db.database.query({ text: 'create function bulk.slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return null; end $$' });
    await db.database.query({ text: 'create trigger slow after update of place on bulk.job for each row execute function bulk.slow()' });
    const first = await startServer();
    const exporting = (await call(first.base, '/fhir/R4/$export?_type=Observation')).headers.get('content-location')!;
    const lines = Array.from({ length: 6_000 }, (_, i) => JSON.stringify(lan({ id: `i${i}` }))).join('\n');
    const importing = (await call(first.base, '/fhir/R4/_bulk', { method: 'POST', body: lines, headers: { 'content-type': 'application/fhir+ndjson' } })).headers.get('content-location')!;
    expect(await waitUntil(async () => (await donePart('export')) > 0 && (await donePart('import')) > 0, 30_000)).toBe(true);
    first.program.child.kill('SIGKILL');
    await first.program.ended;
    const [exported, imported] = [await donePart('export'), await donePart('import')];
    expect([exported > 0 && exported < RESOURCES, imported > 0 && imported < 6_000]).toEqual([true, true]);
    await db.database.query({ text: 'drop trigger slow on bulk.job' });

    const second = await startServer();
    const there = (address: string) => address.replace(first.base, second.base);
    const statusOf = (address: string) => call(second.base, new URL(address).pathname);
    expect(await waitUntil(async () => (await statusOf(exporting)).status === 200 && (await statusOf(importing)).status === 200, 30_000)).toBe(true);
    const manifest = (await (await statusOf(exporting)).json()) as Json;
    const found: Json[] = (await Promise.all(manifest.output.map(({ url }: Json) => linesOf(there(url), token)))).flat();
    expect([found.length, new Set(found.map(({ id }) => id)).size]).toEqual([RESOURCES, RESOURCES]);
    const { output, error } = (await (await statusOf(importing)).json()) as Json;
    expect([output[0].count, output[0].extension.refused, error]).toEqual([6_000, 0, []]);
    const { rows } = await db.database.query<{ count: string }>({ text: "select count(*) from record.resource_patient where id like 'i%' and version = 1" });
    expect(rows[0]!.count).toBe('6000');
    second.program.child.kill('SIGTERM');
    expect(await second.program.ended).toBe(0);
  });
});
