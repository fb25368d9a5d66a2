import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { createResource } from './create-resource.ts';
import { deleteResource } from './delete-resource.ts';
import { followChanges, type FeedChange } from './follow-changes.ts';
import { updateResource } from './update-resource.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const patient = (more: object = {}) => ({ resourceType: 'Patient', name: [{ family: 'Vũ' }], ...more });

async function drain(follower: string, limit = 100): Promise<FeedChange[]> {
  const seen: FeedChange[] = [];
  while ((await followChanges(db.work(), { follower, limit }, async (_work, changes) => void seen.push(...changes))) > 0);
  return seen;
}

// The feed waits for the oldest transaction of the whole cluster, and other tests run in it.
async function drainAll(follower: string, count: number, limit = 100): Promise<FeedChange[]> {
  const seen: FeedChange[] = [];
  await expect.poll(async () => seen.push(...(await drain(follower, limit))), { timeout: 10_000 }).toBe(count);
  return seen;
}

describe('following the changes of the record', () => {
  it('hands over every change once, in order, and remembers the position', async () => {
    await updateResource(db.work(), { type: 'Patient', id: 'f', resource: patient({ id: 'f' }) });
    await updateResource(db.work(), { type: 'Patient', id: 'f', resource: patient({ id: 'f', active: true }) });
    await deleteResource(db.work(), { type: 'Patient', id: 'f' });
    const seen = await drainAll('ward.one', 3, 2);
    expect(seen.map(({ version, method }) => [version, method])).toEqual([[1, 'PUT'], [2, 'PUT'], [3, 'DELETE']]);
    expect(await drain('ward.one')).toEqual([]);
    expect(await drainAll('ward.two', 3)).toEqual(seen);
  });

  it('stays where it was when the follower fails', async () => {
    await drainAll('ward.fails', 3);
    await createResource(db.work(), { type: 'Patient', resource: patient() });
    const failing = () =>
      followChanges(db.work(), { follower: 'ward.fails', limit: 10 }, async () => {
        throw new Error('cannot');
      });
    await expect.poll(() => failing().catch((error: Error) => error.message), { timeout: 10_000 }).toBe('cannot');
    expect((await drainAll('ward.fails', 1))[0]!.method).toBe('POST');
  });

  it('never skips a change that commits later than its followers', async () => {
    await drainAll('ward.late', 4);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const late = db.work().transact(async (work) => {
      await updateResource(work, { type: 'Patient', id: 'late', resource: patient({ id: 'late' }) });
      await held;
    });
    await updateResource(db.work(), { type: 'Patient', id: 'early', resource: patient({ id: 'early' }) });
    const before = await drain('ward.late');
    release();
    await late;
    const after = await drainAll('ward.late', 2 - before.length);
    expect([...before, ...after].map(({ id }) => id).sort()).toEqual(['early', 'late']);
  });

  it('lets one process at a time follow under a name', async () => {
    let inner = -1;
    const outer = await followChanges(db.work(), { follower: 'ward.single', limit: 1 }, async () => {
      inner = await followChanges(db.work(), { follower: 'ward.single', limit: 1 }, async () => undefined);
    });
    expect([outer, inner]).toEqual([1, 0]);
  });
});
