import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { createResource } from '../create-resource.ts';
import { searchResources } from '../search-resources.ts';
import { forgetKnown } from './spellings.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  forgetKnown();
});
afterAll(() => db.close());

const condition = (text: string) => ({ resourceType: 'Condition', subject: { reference: 'Patient/lan' }, code: { text } });
const found = async (text: string): Promise<number> => (await searchResources(db.work(), 'Condition', `code:text=${encodeURIComponent(text)}`)).resources.length;
const rows = async (): Promise<number> => (await db.database.query({ text: 'select 1 from record.token_text' })).rowCount;

describe('record.token_text', () => {
  it('holds each text once for all resources, by the start of each word', async () => {
    for (let i = 0; i < 4; i++) await createResource(db.work(), { type: 'Condition', resource: condition('Viêm phổi') });
    expect(await rows()).toBe(2);
    expect([await found('viem'), await found('phổi'), await found('iem')]).toEqual([4, 4, 0]);
  });

  it('writes a text again when the transaction that wrote it first was rolled back', async () => {
    const lost = new Error('rolled back');
    const abandoned = db.work().transact(async (work) => {
      for (let i = 0; i < 3; i++) await createResource(work, { type: 'Condition', resource: condition('Sốt xuất huyết') });
      throw lost;
    });
    await expect(abandoned).rejects.toBe(lost);
    expect(await found('sốt')).toBe(0);
    await createResource(db.work(), { type: 'Condition', resource: condition('Sốt xuất huyết') });
    expect(await found('sốt')).toBe(1);
  });

  it('finds at once what a transaction of its own has written', async () => {
    const count = await db.work().transact(async (work) => {
      await createResource(work, { type: 'Condition', resource: condition('Hen phế quản') });
      return (await searchResources(work, 'Condition', 'code:text=hen')).resources.length;
    });
    expect(count).toBe(1);
  });
});
