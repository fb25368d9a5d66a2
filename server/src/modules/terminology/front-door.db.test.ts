import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateResource, type Resource } from '@sen/fhir';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { communes, communesBefore, communesSince, diseaseList, diseases, testList, testNames, tests, valueSet } from '../../../../tests/conformance/terminology-lists.ts';
import { conceptsAbove, conceptsBelow, expandForSearch, isCodeIn, keepTerminology, lookUpDisplay, terminologyCapabilities } from './index.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const liver = valueSet('liver', { include: [{ system: diseases, filter: [{ property: 'group', op: '=', value: 'liver' }] }] });
  const place = valueSet('place', { include: [{ system: communes }] });
  const foreign = valueSet('foreign', { include: [{ system: 'http://none.test', filter: [{ property: 'concept', op: 'is-a', value: 'x' }] }, { system: diseases }] });
  for (const resource of [diseaseList, communesBefore, communesSince, testList, testNames, liver, place, foreign]) {
    await db.work().transact((work) => keepTerminology(work, [{ type: resource.resourceType, id: resource.id, after: { resource } }]));
  }
});
afterAll(() => db.close());

describe('expandForSearch', () => {
  it('gives the codes of a value set by its address, with version or as ValueSet/id', async () => {
    const expected = [{ system: diseases, code: 'B15' }, { system: diseases, code: 'K74' }];
    expect(await expandForSearch(db.database, 'http://sen.test/ValueSet/liver')).toEqual(expected);
    expect(await expandForSearch(db.database, 'ValueSet/liver')).toEqual(expected);
    expect((await expandForSearch(db.database, 'http://sen.test/ValueSet/place')).map(({ code }) => code)).toEqual(['00004', '09999', '00008']);
  });

  it('refuses an unknown value set, and one of too many codes', async () => {
    await expect(expandForSearch(db.database, 'http://none.test')).rejects.toMatchObject({ category: 'not-found', code: 'terminology.unknown-value-set' });
    await expect(expandForSearch(db.database, 'ValueSet/none')).rejects.toMatchObject({ code: 'terminology.unknown-value-set' });
    const many = { resourceType: 'CodeSystem', url: 'http://sen.test/many', status: 'active', content: 'complete', concept: Array.from({ length: 10_001 }, (_, i) => ({ code: String(i) })) };
    await keepTerminology(db.work(), [{ type: 'CodeSystem', id: 'many', after: { resource: many } }]);
    await expect(expandForSearch(db.database, 'http://sen.test/many?fhir_vs')).rejects.toMatchObject({ category: 'rule', code: 'terminology.too-costly' });
  });
});

describe('conceptsBelow and conceptsAbove', () => {
  it('give the code itself and all below or above it, over every parent', async () => {
    expect(await conceptsBelow(db.database, diseases, 'XI')).toEqual(['XI', 'B15', 'B15.0', 'B15.9', 'K74']);
    expect((await conceptsAbove(db.database, diseases, 'B15.0')).sort()).toEqual(['B15', 'B15.0', 'I', 'XI']);
  });

  it('give the code alone when code or code system is unknown', async () => {
    expect(await conceptsBelow(db.database, 'http://none.test', 'x')).toEqual(['x']);
    expect(await conceptsAbove(db.database, diseases, 'Z99')).toEqual(['Z99']);
  });
});

describe('isCodeIn', () => {
  const liver = 'http://sen.test/ValueSet/liver';

  it('says yes, no and why, or unknown', async () => {
    expect(await isCodeIn(db.database, liver, { system: diseases, code: 'K74' })).toEqual({ result: true, display: 'Xơ gan' });
    expect(await isCodeIn(db.database, liver, { system: undefined, code: 'K74' })).toEqual({ result: true, display: 'Xơ gan' });
    expect(await isCodeIn(db.database, liver, { system: diseases, code: 'A90' })).toEqual({ result: false, wrong: 'code', message: { vi: 'Mã "A90" không thuộc tập giá trị.', en: 'The code "A90" is not in the value set.' } });
    expect(await isCodeIn(db.database, liver, { system: diseases, code: 'K74', display: 'Flu' })).toMatchObject({ result: false, wrong: 'display', display: 'Xơ gan' });
    expect(await isCodeIn(db.database, 'http://none.test', { system: diseases, code: 'K74' })).toMatchObject({ result: 'unknown' });
    const foreign = 'http://sen.test/ValueSet/foreign';
    expect(await isCodeIn(db.database, foreign, { system: 'http://none.test', code: 'y' })).toMatchObject({ result: 'unknown' });
    expect(await isCodeIn(db.database, foreign, { system: diseases, code: 'K74' })).toMatchObject({ result: true });
  });

  it('judges by the lists of the day that is given', async () => {
    const on = async (date: string) => (await isCodeIn(db.database, 'http://sen.test/ValueSet/place', { system: communes, code: '00001', date })).result;
    expect([await on('2025-06-30'), await on('2025-07-01')]).toEqual([true, false]);
  });
});

describe('lookUpDisplay', () => {
  it('names a code in a language, or not at all', async () => {
    expect(await lookUpDisplay(db.database, tests, 'GLU', 'vi')).toBe('Đường huyết');
    expect(await lookUpDisplay(db.database, tests, 'GLU')).toBe('Glucose');
    expect(await lookUpDisplay(db.database, tests, 'none', 'vi')).toBeUndefined();
  });
});

describe('R4 TerminologyCapabilities', () => {
  it('lists the code systems with their versions, and the parameters of $expand', async () => {
    const told = (await terminologyCapabilities(db.database, { base: 'http://sen.test/fhir/R4', now: db.clock() })) as { codeSystem: { uri: string }[]; expansion: object };
    expect(validateResource(told as unknown as Resource)).toEqual([]);
    expect(told.codeSystem).toContainEqual({ uri: communes, version: [{ code: '2004' }, { code: '2025' }], subsumption: true });
    expect(told).toMatchObject({ resourceType: 'TerminologyCapabilities', status: 'active', kind: 'instance', validateCode: { translations: true }, expansion: { hierarchical: true, paging: true } });
  });
});
