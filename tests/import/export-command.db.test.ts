import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteResource, importResources, readCurrent } from '../../server/src/modules/record/index.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { testKeys } from '../support/program.ts';

const door = fileURLToPath(new URL('../../tools/run.mjs', import.meta.url));
let db: TestDatabase;
let folder: string;
beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sen-export-'));
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'Đường máu' } };
  await importResources(db.work(), [{ resourceType: 'Patient', id: 'one', active: true }, { resourceType: 'Patient', id: 'two' }, { ...observation, id: 'o1' }, { ...observation, id: 'gone' }]);
  await deleteResource(db.work(), { type: 'Observation', id: 'gone', ifMatch: undefined });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await db.close();
});

/** Runs `npm run sen -- export …` as npm would, and waits for it to end by itself. */
function exportTo(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [door, 'sen', 'export', ...args], { env: { ...process.env, DATABASE_URL: db.url, SEN_MASTER_KEY_FILE: testKeys, SEN_DATA: join(folder, 'data') } });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe('npm run sen -- export', () => {
  it('writes one NDJSON file a type in stored bytes, without what is deleted, and says how many', async () => {
    const target = join(folder, 'all');
    const { code, output } = await exportTo(target);
    expect([code, readdirSync(target).sort()]).toEqual([0, ['Observation.ndjson', 'Patient.ndjson']]);
    expect(output).toMatch(/1 {2}Observation\n\s+2 {2}Patient\n\s+3 {2}tài nguyên \/ resources/);
    expect(readFileSync(join(target, 'Observation.ndjson'), 'utf8')).toBe(`${(await readCurrent(db.work(), 'Observation', 'o1')).json}\n`);
  });

  it('limits to types and to what changed since, and compresses', async () => {
    db.clock.advance(60_000);
    const between = new Date(db.clock() - 1000).toISOString();
    await importResources(db.work(), [{ resourceType: 'Patient', id: 'one', active: false }]);
    const target = join(folder, 'some');
    const { code } = await exportTo('--type', 'Patient,Observation', '--since', between, '--gzip', target);
    expect([code, readdirSync(target)]).toEqual([0, ['Patient.ndjson.gz']]);
    expect(JSON.parse(gunzipSync(readFileSync(join(target, 'Patient.ndjson.gz'))).toString()).active).toBe(false);
  });

  it('refuses a wrong command with 1 and a type that is none', async () => {
    expect((await exportTo()).code).toBe(1);
    expect((await exportTo('--since', 'soon', folder)).code).toBe(1);
    const { code, output } = await exportTo('--type', 'Patientt', folder);
    expect([code, output.includes('Patientt') || output.includes('FHIR R4')]).toEqual([1, true]);
  });
});
