import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '@sen/fhir';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { Queryable } from '../../../platform/database.ts';
import { changesAfter, feedStart, historyPage, loadCurrent, loadVersion, newId, storeChanges, type Change, type Current } from '../store.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const patient = (id: string, name: string, version = 1): { resource: Resource; json: string } => {
  const resource = { resourceType: 'Patient', id, meta: { versionId: String(version) }, name: [{ text: name }] };
  return { resource, json: JSON.stringify(resource) };
};

function change(id: string, name: string, current?: Current): Change {
  const version = (current?.version ?? 0) + 1;
  return { type: 'Patient', id, current, version, updated: 1_800_000_000_000 + version, after: patient(id, name, version), method: current === undefined ? 'POST' : 'PUT' };
}

async function textsOf(id: string): Promise<string[]> {
  const { rows } = await db.database.query<{ text: string }>({
    text: 'select distinct substr(t.text, 12) as text from record.text_value t join record.resource r on r.key = t.key where r.id = $1 order by 1',
    values: [id],
  });
  return rows.map((r) => r.text);
}

describe('storing changes', () => {
  it('gives back the very bytes, and replaces the index rows of an update', async () => {
    const id = newId(Date.now());
    expect(await storeChanges(db.database, [change(id, 'Lê Văn Bình')])).toEqual([true]);
    const first = await loadCurrent(db.database, 'Patient', id);
    expect(first?.json?.toString()).toBe(patient(id, 'Lê Văn Bình').json);
    expect(await storeChanges(db.database, [change(id, 'Lê Thị Cúc', first)])).toEqual([true]);
    expect(await textsOf(id)).toEqual(['cuc', 'le thi cuc', 'thi cuc']);
    expect((await loadVersion(db.database, 'Patient', id, 1))?.json?.toString()).toContain('Bình');
  });

  it('lets one of many equal creates win', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, (_, i) => storeChanges(db.database, [change('same-id', `Người ${i}`)])));
    expect(results.flat().filter(Boolean)).toHaveLength(1);
  });

  it('lets one of many updates of a version win, and loses nothing of it', async () => {
    await storeChanges(db.database, [change('contended', 'Đầu')]);
    const seen = await loadCurrent(db.database, 'Patient', 'contended');
    const results = await Promise.all(Array.from({ length: 12 }, (_, i) => storeChanges(db.database, [change('contended', `Sau ${i}`, seen)])));
    expect(results.flat().filter(Boolean)).toHaveLength(1);
    expect((await historyPage(db.database, { type: 'Patient', id: 'contended', count: 10 })).versions.map((v) => v.version)).toEqual([2, 1]);
  });

  it('deletes with a tombstone and takes the numbering up again afterwards', async () => {
    await storeChanges(db.database, [change('gone', 'Một')]);
    const one = await loadCurrent(db.database, 'Patient', 'gone');
    await storeChanges(db.database, [{ ...change('gone', '', one), after: undefined, method: 'DELETE' }]);
    const two = await loadCurrent(db.database, 'Patient', 'gone');
    expect(two).toMatchObject({ version: 2, json: undefined });
    expect(await textsOf('gone')).toEqual([]);
    // a writer that never saw the deletion may not begin again at 1
    expect(await storeChanges(db.database, [change('gone', 'Lạc')])).toEqual([false]);
    expect(await storeChanges(db.database, [change('gone', 'Ba', two)])).toEqual([true]);
    const { versions } = await historyPage(db.database, { type: 'Patient', id: 'gone', count: 10 });
    expect(versions.map((v) => [v.version, v.method])).toEqual([[3, 'PUT'], [2, 'DELETE'], [1, 'POST']]);
  });

  it('stores a bundle of many types in one go', async () => {
    const types = ['Patient', 'Encounter', 'Observation', 'Basic', 'Coverage'];
    const changes = types.map((type): Change => {
      const resource = { resourceType: type, id: `mixed-${type}` };
      return { type, id: resource.id, current: undefined, version: 1, updated: 1, after: { resource, json: JSON.stringify(resource) }, method: 'PUT' };
    });
    expect(await storeChanges(db.database, changes)).toEqual(types.map(() => true));
    for (const type of types) expect((await loadCurrent(db.database, type, `mixed-${type}`))?.version).toBe(1);
  });
});

describe('the feed of changes', () => {
  it('waits for a transaction that began earlier and commits later, and never skips it', async () => {
    const start = await feedEnd();
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let began: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (began = resolve));
    const slow = db.database.transaction(async (tx) => {
      await storeChanges(tx, [change('feed-slow', 'Chậm')]);
      began();
      await held;
    });
    await written;
    await storeChanges(db.database, [change('feed-fast', 'Nhanh')]);
    const early = await drain(start);
    expect(early.ids).not.toContain('feed-fast');
    commit();
    await slow;
    const late = await drainUntil(early.cursor, 2 - early.ids.length);
    expect([...early.ids, ...late.ids]).toEqual(['feed-slow', 'feed-fast']);
  });

  it('keeps the versions of a resource in order when an older transaction writes the newer one', async () => {
    await storeChanges(db.database, [change('feed-order', 'Một')]);
    const start = await feedEnd();
    await db.database.transaction(async (old) => {
      await storeChanges(old, [change('feed-first', 'Giữ số giao dịch')]);
      const one = await loadCurrent(db.database, 'Patient', 'feed-order');
      await storeChanges(db.database, [change('feed-order', 'Hai', one)]);
      await storeChanges(old, [change('feed-order', 'Ba', await loadCurrent(old, 'Patient', 'feed-order'))]);
    });
    const { versions } = await drainUntil(start, 3);
    expect(versions.filter((v) => v.startsWith('feed-order'))).toEqual(['feed-order/2', 'feed-order/3']);
  });

  it('misses nothing while many write and a follower reads', async () => {
    let cursor = await feedEnd();
    const got: string[] = [];
    const follower = (async () => {
      for (const end = Date.now() + 20_000; got.length < 120 && Date.now() < end; ) {
        const page = await drain(cursor);
        cursor = page.cursor;
        got.push(...page.ids);
      }
    })();
    const ids = Array.from({ length: 120 }, (_, i) => `many-${i}`);
    await Promise.all(ids.map((id, i) => db.database.transaction(async (tx: Queryable) => {
      await storeChanges(tx, [change(id, `Người ${i}`)]);
      if (i % 3 === 0) await tx.query({ text: 'select pg_sleep(0.005)' });
    })));
    await follower;
    expect([...got].sort()).toEqual([...ids].sort());
  });
});

/** The cursor after everything written so far. */
async function feedEnd(): Promise<string> {
  const { rows } = await db.database.query<{ count: string }>({ text: 'select count(*) from record.change' });
  return (await drainUntil(feedStart, Number(rows[0]?.count))).cursor;
}

/** The feed waits for every transaction of the cluster, also those of other tests' databases: ask again until it has come. */
async function drainUntil(from: string, count: number): ReturnType<typeof drain> {
  const all = { ids: [] as string[], versions: [] as string[], cursor: from };
  for (const end = Date.now() + 20_000; all.ids.length < count && Date.now() < end; ) {
    const page = await drain(all.cursor);
    all.ids.push(...page.ids);
    all.versions.push(...page.versions);
    all.cursor = page.cursor;
  }
  return all;
}

async function drain(from: string): Promise<{ ids: string[]; versions: string[]; cursor: string }> {
  const ids: string[] = [];
  const versions: string[] = [];
  let cursor = from;
  for (;;) {
    const page = await changesAfter(db.database, cursor, 7);
    if (page.changes.length === 0) return { ids, versions, cursor };
    cursor = page.cursor;
    ids.push(...page.changes.map((c) => c.id));
    versions.push(...page.changes.map((c) => `${c.id}/${c.version}`));
  }
}
