// A code system of 100,000 concepts: what is asked of it stays right, and how long that takes is told, not judged (machines differ).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Work } from '../../platform/work.ts';
import { answerExpand } from './answer-expand.ts';
import { answerLookup } from './answer-lookup.ts';
import { answerValidateCode } from './answer-validate-code.ts';
import { keepTerminology } from './index.ts';

const url = 'http://sen.test/large';
const words = ['viêm', 'gan', 'cấp', 'mạn', 'phổi', 'tim', 'thận', 'dạ dày', 'ruột', 'khớp', 'xương', 'da', 'mắt', 'tai', 'mũi', 'họng', 'não', 'tủy', 'máu', 'hạch'];

/** 100 groups of 999 codes below them in three levels, each name three of twenty words and a number. */
function largeList(): Readonly<Record<string, unknown>> {
  const named = (n: number) => `${words[n % 20]} ${words[(n * 7 + 3) % 20]} ${words[(n * 13 + 5) % 20]} số ${n}`;
  const leaf = (n: number) => ({ code: `L${n}`, display: named(n), designation: [{ language: 'en', value: `disease number ${n}` }], property: [{ code: 'kind', valueCode: `k${n % 50}` }] });
  const middle = (n: number) => ({ ...leaf(n), code: `M${n}`, concept: Array.from({ length: 26 }, (_, i) => leaf(n * 26 + i)) });
  const concept = Array.from({ length: 100 }, (_, g) => ({ code: `G${g}`, display: `Nhóm ${g}`, concept: Array.from({ length: 37 }, (_, i) => middle(g * 37 + i)) }));
  return { resourceType: 'CodeSystem', url, version: '1', status: 'active', content: 'complete', property: [{ code: 'kind', type: 'code' }], concept };
}

describe('a code system of 100,000 concepts', () => {
  let db: TestDatabase;
  let work: Work;
  const told: string[] = [];
  beforeAll(async () => {
    db = await testDatabase();
    work = db.work();
    const resource = largeList();
    const began = performance.now();
    await work.transact((inner) => keepTerminology(inner, [{ type: 'CodeSystem', id: 'large', after: { resource } }]));
    told.push(`kept in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }, 120_000);
  afterAll(async () => {
    console.info(`100,000 concepts: ${told.join('; ')}`);
    await db.close();
  });

  const call = (query: Record<string, string>) => ({ method: 'GET', type: 'CodeSystem', id: undefined, query: new URLSearchParams(query), body: undefined, contentType: '', accept: '', prefer: '', base: '' }) as const;
  const timed = async <T>(name: string, times: number, run: (n: number) => Promise<T>): Promise<T> => {
    let last = await run(0);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    for (let n = 1; n <= times; n++) last = await run(n);
    const { user, system } = process.cpuUsage(cpu);
    told.push(`${name} ${((performance.now() - began) / times).toFixed(2)} ms (${((user + system) / 1000 / times).toFixed(2)} ms CPU of this process)`);
    return last;
  };
  const expansionOf = async (query: Record<string, string>) => ((await answerExpand(work, { ...call({ url: `${url}?fhir_vs`, ...query }), type: 'ValueSet' })).resource as { expansion: { total: number; contains: { code: string }[] } }).expansion;

  it('looks up and checks single codes', async () => {
    const found = await timed('$lookup', 300, (n) => answerLookup(work, call({ system: url, code: `L${(n * 317) % 96_000}` })));
    expect(JSON.stringify(found.resource)).toContain(`số ${(300 * 317) % 96_000}"`);
    const checked = await timed('$validate-code', 300, (n) => answerValidateCode(work, { ...call({ url: `${url}?fhir_vs`, system: url, code: `L${n}` }), type: 'ValueSet' }));
    expect(checked.resource).toMatchObject({ parameter: [{ name: 'result', valueBoolean: true }, { name: 'display' }] });
  });

  it('is found whole by whoever asks while it is replaced', async () => {
    const small = (display: string) => ({ resourceType: 'CodeSystem', url: 'http://sen.test/moving', status: 'active', content: 'complete', concept: Array.from({ length: 3000 }, (_, i) => ({ code: `c${i}`, display })) });
    const keep = (display: string) => db.work().transact((inner) => keepTerminology(inner, [{ type: 'CodeSystem', id: 'moving', after: { resource: small(display) } }]));
    await keep('0');
    const state = { replacing: true };
    const replaced = (async () => {
      for (let n = 1; n <= 6; n++) await keep(String(n));
      state.replacing = false;
    })();
    for (let n = 0; state.replacing; n++) await expect(answerLookup(db.work(), call({ system: 'http://sen.test/moving', code: `c${n % 3000}` }))).resolves.toBeDefined();
    await replaced;
    expect(JSON.stringify((await answerLookup(db.work(), call({ system: 'http://sen.test/moving', code: 'c7' }))).resource)).toContain('"valueString":"6"');
  });

  it('expands pages of what a filter finds', async () => {
    const all = async (filter: string) => (await expansionOf({ filter })).contains.map(({ code }) => code);
    const found = await all('gan xuong');
    expect(found.length).toBeGreaterThan(1000);
    expect((await timed('$expand filter of two words, first 20', 50, () => expansionOf({ filter: 'gan xuong', count: '20' }))).contains.map(({ code }) => code)).toEqual(found.slice(0, 20));
    expect((await expansionOf({ filter: 'gan xuong', count: '20', offset: '2000' })).contains.map(({ code }) => code)).toEqual(found.slice(2000, 2020));
    const few = await all('so 900');
    expect(await expansionOf({ filter: 'so 900', count: '20', offset: '20' })).toMatchObject({ total: few.length, contains: few.slice(20, 40).map((code) => ({ code })) });
    expect((await expansionOf({ filter: 'v', count: '20' })).total).toBeUndefined(); // more than 1,000: R4 ValueSet.expansion.total is optional
    const { total, contains } = await timed('$expand filter of one code', 50, (n) => expansionOf({ filter: `so ${90_000 + n}`, count: '20' }));
    expect([total, contains.map(({ code }) => code)]).toEqual([1, ['L90050']]);
    expect((await timed('$expand filter of one letter', 10, () => expansionOf({ filter: 'v', count: '20' }))).contains).toHaveLength(20);
    expect((await timed('$expand first page of all', 10, () => expansionOf({ count: '20' }))).total).toBe(100_000);
    expect((await timed('$expand is-a', 20, (n) => expansionOf({ url: `${url}?fhir_vs=isa/G${n}`, count: '20' }))).total).toBe(1000);
  });
});
