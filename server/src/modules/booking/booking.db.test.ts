import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { readFoundation } from './index.ts';

describe('booking', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('stands after its first migration', async () => {
    expect(await readFoundation(db.work())).toBeLessThanOrEqual(Date.now());
  });
});
