import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { importResources } from '../import-resources.ts';
import { searchJson } from '../search-resources.ts';

const codes = ['c', 'a', 'b', 'd'];
const many = Array.from({ length: 2600 }, (_, i) => ({ id: `o${i}`, day: `2026-01-${String(1 + ((i * 7) % 5)).padStart(2, '0')}`, code: codes[(i * 13) % 4] as string }));

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const resources = many.map(({ id, day, code }) => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://x', code }] }, effectiveDateTime: day }));
  for (let at = 0; at < resources.length; at += 500) await importResources(db.work(), resources.slice(at, at + 500));
});
afterAll(() => db.close());

async function walked(query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page: string | undefined = ''; page !== undefined; ) {
    const found = await searchJson(db.work(), 'Observation', `${query}${page === '' ? '' : `&_page=${page}`}`);
    ids.push(...found.entries.map(({ id }) => id));
    page = found.next;
  }
  return ids;
}

describe('R4 search §3.1.1.5.1: an order by a date and then by a code', () => {
  it.each([['-date,code', -1, 1], ['date,-code', 1, -1]] as const)('holds over all pages: %s', { timeout: 30_000 }, async (sort, day, code) => {
    const ids = await walked(`_sort=${sort}&_count=300`);
    expect(new Set(ids).size).toBe(many.length);
    const found = ids.map((id) => many[Number(id.slice(1))]!);
    const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    const wrong = found.findIndex((one, i) => {
      const before = found[i - 1];
      return before !== undefined && (day * compare(before.day, one.day) || code * compare(before.code, one.code)) > 0;
    });
    expect(wrong).toBe(-1);
  });
});
