import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

describe('afterCommit', () => {
  it('runs steps in order once the outermost transaction has committed, outside it', async () => {
    const steps: string[] = [];
    const value = await db.work().transact(async (outer) => {
      await outer.transact((inner) => inner.afterCommit(async ({ transactional }) => void steps.push(`first ${transactional}`)));
      await outer.afterCommit(async ({ transactional }) => void steps.push(`second ${transactional}`));
      steps.push('in the transaction');
      return 7;
    });
    expect([value, steps]).toEqual([7, ['in the transaction', 'first false', 'second false']]);
  });

  it('runs nothing of what was rolled back', async () => {
    const steps: string[] = [];
    let attempt = 0;
    await expect(db.work().transact(async (work) => {
      await work.afterCommit(async () => void steps.push('never'));
      throw new Error('no');
    })).rejects.toThrow('no');
    await db.work().transact(async (work) => {
      const now = ++attempt;
      await work.afterCommit(async () => void steps.push(`attempt ${now}`));
      if (now === 1) throw Object.assign(new Error('deadlock'), { code: '40P01' });
    });
    expect(steps).toEqual(['attempt 2']);
  });

  it('runs at once outside a transaction', async () => {
    const steps: string[] = [];
    await db.work().afterCommit(async ({ transactional }) => void steps.push(String(transactional)));
    expect(steps).toEqual(['false']);
  });
});
