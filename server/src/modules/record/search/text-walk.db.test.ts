import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { importResources } from '../import-resources.ts';
import { searchJson } from '../search-resources.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const names = [['Hùng'], ['Hùng', 'Hưng'], ['Hung Anh'], ['Hùng Dũng'], ['Lan'], ['Phú Hùng']];
  await importResources(db.work(), names.map((texts, i) => ({ resourceType: 'Patient', id: `p${i}`, birthDate: `19${50 + i}-01-01`, name: texts.map((text) => ({ text })) })));
});
afterAll(() => db.close());

async function pagesOf(query: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let page: string | undefined = ''; page !== undefined; ) {
    const found = await searchJson(db.work(), 'Patient', `${query}${page === '' ? '' : `&_page=${page}`}`);
    pages.push(found.entries.map(({ id }) => id));
    page = found.next;
  }
  return pages;
}

describe('a search by one text alone', () => {
  it('gives each person once, page by page, in the order of the texts', async () => {
    const pages = await pagesOf('name=hung&_count=2');
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().sort()).toEqual(['p0', 'p1', 'p2', 'p3', 'p5']);
    expect(pages.flat().slice(-2)).toEqual(['p2', 'p3']); // "hung anh", "hung dung" after all that are "hung"
  });

  it('finds the same as with an order, a total or another condition', async () => {
    const all = ['p0', 'p1', 'p2', 'p3', 'p5'];
    for (const query of ['name=hung', 'name=hung&_sort=birthdate', 'name=hung&_total=accurate', 'name=hung&birthdate=ge1950', 'name:contains=hung', 'name=hung,lan&name=hung']) {
      expect([query, (await pagesOf(query)).flat().sort()]).toEqual([query, all]);
    }
    expect((await searchJson(db.work(), 'Patient', 'name=hung&_total=accurate&_count=1')).total).toBe(5);
    expect((await searchJson(db.work(), 'Patient', 'name=hung&_count=0')).total).toBe(5);
  });
});
