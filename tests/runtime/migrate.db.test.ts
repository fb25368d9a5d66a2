import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../server/src/platform/migrate.ts';
import { order } from '../../server/src/order.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

describe('migrations', () => {
  let db: TestDatabase;
  let folder: string;
  beforeEach(async () => {
    db = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'sen-migrations-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await db.close();
  });
  const ours = () => order.map((name) => ({ name, migrations: new URL(`../../server/src/modules/${name}/migrations/`, import.meta.url) }));
  const tea = () => ({ name: 'tea', migrations: pathToFileURL(`${folder}/`) });
  const write = (file: string, sql: string) => writeFileSync(join(folder, file), sql);
  const run = () => migrate(db.database, [...ours(), tea()]);
  const cups = async () => (await db.database.query<{ found: string | null }>({ text: "SELECT to_regclass('tea.cup') AS found" })).rows[0]?.found;

  it('of every module do nothing when run a second time', async () => {
    expect(await migrate(db.database, ours())).toEqual([]);
  });

  it('are applied once, in order, and recorded', async () => {
    write('0001-create-tea.sql', 'CREATE SCHEMA tea; CREATE TABLE tea.cup (id int)');
    expect((await run()).map(({ name }) => name)).toEqual(['create-tea']);
    write('0002-add-milk.sql', 'ALTER TABLE tea.cup ADD milk bool');
    expect((await run()).map(({ name }) => name)).toEqual(['add-milk']);
    expect(await run()).toEqual([]);
    const { rows } = await db.database.query({ text: "SELECT number, name FROM sen.migration WHERE module = 'tea' ORDER BY number" });
    expect(rows).toEqual([{ number: 1, name: 'create-tea' }, { number: 2, name: 'add-milk' }]);
  });

  it('are all or nothing each', async () => {
    write('0001-create-tea.sql', 'CREATE SCHEMA tea; CREATE TABLE tea.cup (id int); SELECT 1 / 0');
    await expect(run()).rejects.toThrow(/tea\/0001-create-tea failed: division by zero/);
    expect(await cups()).toBeNull();
  });

  it('are done once by servers that start at the same time', async () => {
    write('0001-create-tea.sql', 'CREATE SCHEMA tea; CREATE TABLE tea.cup (id int)');
    const results = await Promise.all([run(), run(), run()]);
    expect(results.map((applied) => applied.length).sort()).toEqual([0, 0, 1]);
  });

  it('refuse one that was changed after it was applied, but not other line ends', async () => {
    write('0001-create-tea.sql', 'CREATE SCHEMA tea;\nSELECT 1;\n');
    await run();
    write('0001-create-tea.sql', 'CREATE SCHEMA tea;\r\nSELECT 1;\r\n');
    expect(await run()).toEqual([]);
    write('0001-create-tea.sql', 'CREATE SCHEMA tea;\nSELECT 2;\n');
    await expect(run()).rejects.toMatchObject({ code: 'platform.migration-changed' });
  });

  it('refuse a database newer than the code', async () => {
    write('0001-create-tea.sql', 'CREATE SCHEMA tea');
    await run();
    await expect(migrate(db.database, ours())).rejects.toMatchObject({ code: 'platform.database-newer', text: { en: expect.stringContaining('tea/0001-create-tea') } });
  });

  it('refuse one that slipped in below an applied one', async () => {
    write('0001-create-tea.sql', 'CREATE SCHEMA tea');
    write('0002-add-cup.sql', 'CREATE TABLE tea.cup (id int)');
    await run();
    await db.database.query({ text: "DELETE FROM sen.migration WHERE module = 'tea' AND number = 1" });
    await expect(run()).rejects.toMatchObject({ code: 'platform.migration-skipped' });
  });

  it('must be numbered without gap', async () => {
    write('0002-create-tea.sql', 'CREATE SCHEMA tea');
    await expect(run()).rejects.toThrow(/expected 0001-<name>.sql, found 0002-create-tea.sql/);
  });
});
