import type { Resource } from '@sen/fhir';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { importResources, readResource, searchResources, updateResource } from '../index.ts';
import { loadIndexStates, seeWalks, setIndexZone } from '../store.ts';
import { checkIndexForm } from './check-index-form.ts';
import { reindexBatch } from './reindex-batch.ts';
import { reindexNow } from './reindex-now.ts';
import { requestReindex } from './request-reindex.ts';

const zone = 'Asia/Ho_Chi_Minh';
let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
  setIndexZone(zone);
  await checkIndexForm(db.work(), zone);
});
afterEach(async () => {
  setIndexZone(zone);
  await db.close();
});

const patients = (count: number): Resource[] => Array.from({ length: count }, (_, n) => ({
  resourceType: 'Patient', id: `p${n}`, name: [{ family: 'Nguyễn', given: ['Thị', `Mai${n}`] }], birthDate: '1990-05-01', telecom: [{ system: 'phone', value: `09${n}` }],
}));

/** What an older version would have left: no tokens, texts under places that nobody knows. */
async function spoil(): Promise<void> {
  await db.database.query({ text: "update record.resource set tokens = '{1,2,3}', present = 7, date_low = 0, marks = 32" });
  await db.database.query({ text: "update record.text_value set text = 'zzzzzzzzzzz' || substr(text, 12)" });
}

async function rows(): Promise<unknown> {
  const { rows: resources } = await db.database.query({ text: 'select id, patient, date_low, date_high, present, marks, tokens::text from record.resource order by type, id' });
  const { rows: texts } = await db.database.query({ text: 'select text, key from record.text_value order by text, key' });
  const { rows: ranges } = await db.database.query({ text: 'select place, low, high, key from record.range_value order by place, low, high, key' });
  return { resources, texts, ranges };
}

const walk = (): Promise<unknown> => reindexNow(db.work, [], () => undefined, new AbortController().signal);
const mai = async (): Promise<number | undefined> => (await searchResources(db.work(), 'Patient', 'name=mai&_total=accurate&_count=1')).total;

describe('reindex', () => {
  it('gives every resource the rows that a write would have given it', async () => {
    await importResources(db.work(), patients(1200));
    await importResources(db.work(), patients(3).map(({ id }) => ({ resourceType: 'Observation', id: id!, status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${id}` }, valueString: 'Âm tính', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }] } })));
    const before = await rows();
    await spoil();
    expect(await mai()).toBe(0);
    expect(await walk()).toMatchObject({ done: 1203, changed: 1203, typesLeft: 0 });
    expect(await rows()).toEqual(before);
    expect(await walk()).toMatchObject({ done: 1203, changed: 0, typesLeft: 0 });
  });

  it('leaves the rows of a resource of another type that has the same id', async () => {
    await importResources(db.work(), [
      { resourceType: 'Patient', id: 'same', name: [{ text: 'Lan' }] },
      { resourceType: 'Practitioner', id: 'same', name: [{ text: 'Hùng' }] },
    ]);
    const before = await rows();
    await db.database.query({ text: "insert into record.text_value select 'zzzzzzzzzzzold', key from record.resource limit 1" });
    await walk();
    expect(await rows()).toEqual(before);
  });

  it('goes on where it was after a process was killed in the middle', async () => {
    await importResources(db.work(), patients(1200));
    const before = await rows();
    await spoil();
    await requestReindex(db.work(), ['Patient']);
    await seeWalks(db.database);
    expect(await reindexBatch(db.work())).toMatchObject({ type: 'Patient', done: 500, ended: false });
    // killed within the next batch: nothing of it is there
    await expect(db.work().transact(async (inner) => {
      await reindexBatch(inner);
      throw new Error('killed');
    })).rejects.toThrow('killed');
    expect(await loadIndexStates(db.database)).toEqual([expect.objectContaining({ type: 'Patient', done: 500, total: 1200, endedAt: undefined })]);
    expect(await reindexBatch(db.work())).toMatchObject({ done: 500, ended: false });
    expect(await reindexBatch(db.work())).toMatchObject({ done: 200, ended: true });
    expect(await reindexBatch(db.work())).toBeUndefined();
    expect(await rows()).toEqual(before);
  });

  it('is right beside writers, who never fail for it', async () => {
    await importResources(db.work(), patients(600));
    await spoil();
    const writing = Promise.all(Array.from({ length: 4 }, async (_, writer) => {
      for (let n = writer; n < 600; n += 4) {
        if (n % 7 > 3) continue;
        const resource = await readResource(db.work(), 'Patient', `p${n}`);
        await updateResource(db.work(), { type: 'Patient', id: `p${n}`, resource: { ...resource, name: [{ family: 'Nguyễn', given: ['Thị', `Mai${n}`, 'An'] }] } });
      }
    }));
    await Promise.all([walk(), walk(), writing]);
    await walk();
    const after = await rows();
    expect(await walk()).toMatchObject({ changed: 0 });
    expect(await rows()).toEqual(after);
    expect(await mai()).toBe(600);
  });

  it('lets several processes walk at once, each another type', async () => {
    await importResources(db.work(), [...patients(3), { resourceType: 'Organization', id: 'o', name: 'Sen' }]);
    await requestReindex(db.work(), []);
    await seeWalks(db.database);
    const both = await Promise.all([reindexBatch(db.work()), reindexBatch(db.work())]);
    expect(both.map((batch) => batch?.type).sort()).toEqual(['Organization', 'Patient']);
  });
});

describe('the form of the index', () => {
  it('is made anew when rows were written by an older version', async () => {
    await importResources(db.work(), patients(2));
    const before = await rows();
    await db.database.query({ text: 'update record.index_form set form = 1' });
    await spoil();
    expect(await checkIndexForm(db.work(), zone)).toBe(true);
    expect(await checkIndexForm(db.work(), zone)).toBe(false);
    expect(await loadIndexStates(db.database)).toEqual([expect.objectContaining({ type: 'Patient', codes: ['*'], endedAt: undefined })]);
    await walk();
    expect(await rows()).toEqual(before);
  });

  it('is made anew when the zone of partial dates changes', async () => {
    await importResources(db.work(), [{ resourceType: 'Patient', id: 'p', birthDate: '2020-01-01' }]);
    const low = async () => Number((await db.database.query<{ date_low: string }>({ text: 'select date_low from record.resource' })).rows[0]?.date_low);
    expect(await low()).toBe(Date.parse('2020-01-01T00:00:00+07:00'));
    setIndexZone('UTC');
    expect(await checkIndexForm(db.work(), 'UTC')).toBe(true);
    await walk();
    expect(await low()).toBe(Date.parse('2020-01-01T00:00:00Z'));
  });
});
