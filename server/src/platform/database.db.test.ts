import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { PgBoss } from 'pg-boss';
import { prepareQueues } from './jobs.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

describe('a text of several statements', () => {
  it('gives the rows of all of them', async () => {
    expect(await db.database.query({ text: "select 1 as a; create temporary table t (b int); select 2 as a union all select 3" })).toEqual({ rows: [{ a: 1 }, { a: 2 }, { a: 3 }], rowCount: 3 });
  });

  it('serves the maintenance of pg-boss, which counts and clears finished jobs', async () => {
    await prepareQueues(db.database, ['tea']);
    const failures: unknown[] = [];
    const boss = new PgBoss({ schema: 'jobs', migrate: false, createSchema: false, schedule: false, supervise: false, db: { executeSql: async (text, values) => db.database.query({ text, ...(values === undefined ? {} : { values }) }) } });
    boss.on('error', (error) => failures.push(error));
    await boss.start();
    await boss.supervise('tea');
    await boss.stop({ graceful: false });
    expect(failures).toEqual([]);
  });
});
