import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { listenTo } from './listen.ts';
import { waitUntil } from './processes.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const notify = (channel: string, payload: string) => db.database.query({ text: 'select pg_notify($1, $2)', values: [channel, payload] });
const connections = async () => Number((await db.database.query<{ n: string }>({ text: "select count(*) as n from pg_stat_activity where datname = current_database() and application_name = 'sen listening'" })).rows[0]?.n);

describe('listenTo', () => {
  it('hears each notice of its channel, says first that anything may have changed, and hears nothing once stopped', async () => {
    const heard: string[] = [];
    const other: string[] = [];
    const stop = listenTo(db.database, 'drug_prices', (payload) => void heard.push(payload));
    const stopOther = listenTo(db.database, 'Wards', (payload) => void other.push(payload));
    expect(await waitUntil(() => heard.length === 1 && other.length === 1, 5_000)).toBe(true);
    await notify('drug_prices', 'a');
    await notify('Wards', 'b');
    await notify('nobody', 'c');
    expect(await waitUntil(() => heard.length === 2 && other.length === 2, 5_000)).toBe(true);
    expect([heard, other]).toEqual([['', 'a'], ['', 'b']]);
    expect(await connections()).toBe(1);
    await stop();
    await notify('drug_prices', 'd');
    await notify('Wards', 'e');
    expect(await waitUntil(() => other.length === 3, 5_000)).toBe(true);
    await stopOther();
    expect(heard).toEqual(['', 'a']);
    expect(await waitUntil(async () => (await connections()) === 0, 5_000)).toBe(true);
  });

  it('connects again after the connection breaks, and says that something may have been missed', async () => {
    const heard: string[] = [];
    const stop = listenTo(db.database, 'drug_prices', (payload) => void heard.push(payload));
    expect(await waitUntil(() => heard.length === 1, 5_000)).toBe(true);
    await db.database.query({ text: "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sen listening'" });
    expect(await waitUntil(() => heard.length === 2, 10_000)).toBe(true);
    await notify('drug_prices', 'after');
    expect(await waitUntil(() => heard.length === 3, 5_000)).toBe(true);
    expect(heard).toEqual(['', '', 'after']);
    await stop();
  });

  it('can be stopped before it ever connected', async () => {
    await listenTo(db.database, 'x', () => undefined)();
    expect(await waitUntil(async () => (await connections()) === 0, 5_000)).toBe(true);
  });
});
