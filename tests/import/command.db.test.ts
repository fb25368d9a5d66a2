import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { testKeys } from '../support/program.ts';

const door = fileURLToPath(new URL('../../tools/run.mjs', import.meta.url));
let db: TestDatabase;
let folder: string;
beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sen-import-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await db.close();
});

/** Runs `npm run sen -- import …` as npm would, and waits for it to end by itself. */
function importFile(path: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [door, 'sen', 'import', path], { env: { ...process.env, DATABASE_URL: db.url, SEN_MASTER_KEY_FILE: testKeys, SEN_DATA: folder } });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe('npm run sen -- import', () => {
  it('imports, says what it did in both languages, and ends', async () => {
    const path = join(folder, 'patients.ndjson');
    writeFileSync(path, '{"resourceType":"Patient","id":"one","name":[{"text":"Lê Văn Một"}]}\n{"resourceType":"Patient","id":"two","gender":"xx"}\n');
    const { code, output } = await importFile(path);
    expect(output).toContain('1 mới, 0 cập nhật, 0 không đổi, 1 bị từ chối');
    expect(output).toContain('1 created, 0 updated, 0 unchanged, 1 refused');
    expect(code).toBe(2);
    const { rows } = await db.database.query<{ id: string }>({ text: 'select id from record.resource' });
    expect(rows.map((row) => row.id)).toEqual(['one']);
  });
});
