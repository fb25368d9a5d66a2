import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { hospital } from '../../server/src/hospital.ts';
import { openDatabase, type Database } from '../../server/src/platform/database.ts';
import { migrate, readMigrations } from '../../server/src/platform/migrate.ts';
import { admin, withDatabase } from '../support/postgres.ts';

const name = `twice_${randomBytes(6).toString('hex')}`;

describe('migrations on an empty database', () => {
  let database: Database;
  beforeAll(async () => {
    await admin(inject('senAdminUrl'), `CREATE DATABASE ${name}`);
    database = openDatabase({ url: withDatabase(inject('senAdminUrl'), name), maxConnections: 2, statementTimeoutMs: 0 });
  });
  afterAll(async () => {
    await database.close();
    await admin(inject('senAdminUrl'), `DROP DATABASE ${name}`);
  });

  it('run all, in the order of the modules, and a second run finds nothing to do', async () => {
    const known = hospital.flatMap(readMigrations).map(({ module, number }) => `${module}/${number}`);
    expect(known.length).toBeGreaterThan(0);
    const first = await migrate(database, hospital);
    expect(first.map(({ module, number }) => `${module}/${number}`)).toEqual(known);
    const before = await tables();
    expect(await migrate(database, hospital)).toEqual([]);
    expect(await tables()).toEqual(before);
  });

  it('leave each module inside its own schema', async () => {
    const schemas = new Set((await tables()).map((table) => table.slice(0, table.indexOf('.'))));
    const own = new Set(['sen', ...hospital.map((manifest) => manifest.name.replaceAll('-', '_'))]);
    expect([...schemas].filter((schema) => !own.has(schema))).toEqual([]);
  });

  async function tables(): Promise<string[]> {
    const text = `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;
    return (await database.query<{ name: string }>({ text })).rows.map((row) => row.name);
  }
});
