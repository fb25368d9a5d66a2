import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

describe('a test database', () => {
  const opened: TestDatabase[] = [];
  const open = async () => {
    const db = await testDatabase();
    opened.push(db);
    return db;
  };
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.close();
  });

  it('is migrated, and apart from every other', async () => {
    const [one, two] = [await open(), await open()];
    await one.database.query({ text: 'CREATE TABLE note (text text)' });
    const { rows } = await two.database.query<{ note: string | null; ledger: string }>({ text: "SELECT to_regclass('note') AS note, to_regclass('sen.migration') AS ledger" });
    expect(rows).toEqual([{ note: null, ledger: 'sen.migration' }]);
  });

  it('has a clock that stands still and work that tells', async () => {
    const db = await open();
    const before = db.work().now;
    db.clock.advance(1000);
    expect(db.work().now).toBe(before + 1000);
    await db.work().transact((work) => work.tell({ name: 'record.changed', data: {} }));
    expect(db.told).toEqual(['record.changed']);
  });

  it('runs in a time zone that is not the hospital’s', () => {
    expect(new Date(0).getTimezoneOffset()).toBe(300);
  });
});
