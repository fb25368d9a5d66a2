import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { purgeEvents } from './purge-events.ts';
import { keepSubscription, loadSubscription } from './store.ts';
import { addEvents, listDeliverable, listEvents, markFailed, markTold, type NewEvent } from './store-events.ts';
import type { State } from './subscription.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const subscribe = (id: string, state: State = 'active') =>
  keepSubscription(db.database, {
    id, state, version: 1, since: 0, ends: undefined, error: undefined, actsFor: { id: 'sen' },
    definition: { mime: 'application/fhir+json', asked: { kind: 'search', type: 'Patient', query: '', payload: false }, channel: { kind: 'rest-hook', endpoint: 'http://127.0.0.1/', headers: [], timeoutMs: 1000 } },
  });
const event = (subscription: string, lane: string, occurred = 1000): NewEvent => ({ subscription, kept: false, type: 'Patient', id: lane, version: 1, method: 'create', occurred, lane });
const numbers = (list: { number: number }[]) => list.map(({ number }) => number);

describe('events of a subscription', () => {
  it('are numbered 1, 2, 3 … without gap, also when many add at once', async () => {
    await subscribe('gapless');
    await subscribe('other');
    await Promise.all(Array.from({ length: 20 }, () => addEvents(db.database, [event('gapless', 'a'), event('other', 'a'), event('gapless', 'b')])));
    expect(numbers(await listEvents(db.database, 'gapless', 1, 1000, 1000))).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect([(await loadSubscription(db.database, 'gapless'))?.events, (await loadSubscription(db.database, 'other'))?.events]).toEqual([40, 20]);
  });

  it('are not gathered by one that is off, nor by one that is gone', async () => {
    await subscribe('off', 'off');
    await addEvents(db.database, [event('off', 'a'), event('nobody', 'a')]);
    expect(await listEvents(db.database, 'off', 1, 10, 10)).toEqual([]);
  });

  it('wait behind a failed one of their lane, and only there', async () => {
    await subscribe('lanes');
    await addEvents(db.database, [event('lanes', 'a'), event('lanes', 'b'), event('lanes', 'a')]);
    await markFailed(db.database, 'lanes', { numbers: [1], failure: 'HTTP 500', most: 2, nextTry: 5000 });
    expect(numbers(await listDeliverable(db.database, 'lanes', 1000, 10))).toEqual([2]);
    expect(numbers(await listDeliverable(db.database, 'lanes', 5000, 10))).toEqual([1, 2]);
    await markFailed(db.database, 'lanes', { numbers: [1], failure: 'HTTP 500', most: 2, nextTry: 9000 });
    expect(numbers(await listDeliverable(db.database, 'lanes', 5000, 10))).toEqual([2, 3]);
  });

  it('are forgotten when they are old, save those that still wait for an endpoint that is tried', async () => {
    const dayMs = 86_400_000;
    const now = db.work().now;
    await subscribe('old');
    await subscribe('resting', 'error');
    await addEvents(db.database, [event('old', 'a', now - 31 * dayMs), event('old', 'b', now - 31 * dayMs), event('old', 'c', now - 29 * dayMs), event('resting', 'a', now - 31 * dayMs)]);
    await markTold(db.database, 'old', [1, 3]);
    await purgeEvents(db.work(), 30);
    expect(numbers(await listEvents(db.database, 'old', 1, 10, 10))).toEqual([2, 3]);
    expect(await listEvents(db.database, 'resting', 1, 10, 10)).toEqual([]);
  });
});
