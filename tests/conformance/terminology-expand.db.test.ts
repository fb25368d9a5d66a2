import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateResource } from '@sen/fhir';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, type Answered, type Client, type Json } from './client.ts';
import { codesOf, communes, communesBefore, communesSince, diseaseList, diseases, testList, testNames, tests, valueSet } from './terminology-lists.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const list of [diseaseList, communesBefore, communesSince, testList, testNames]) expect((await fhir('PUT', `/CodeSystem/${list.id}`, list)).status).toBe(201);
});
afterAll(() => server.close());

const whole = { include: [{ system: diseases }] };
const expand = (compose: Json, parameters = '', more: object = {}): Promise<Answered> => fhir('POST', `/ValueSet/$expand${parameters}`, valueSet('given', compose, more));
const codes = async (compose: Json, parameters = '', more: object = {}): Promise<string> => codesOf((await expand(compose, parameters, more)).body.expansion.contains);
const filtered = (property: string, op: string, value: string, exclude?: Json[]) => ({ include: [{ system: diseases, filter: [{ property, op, value }] }], ...(exclude === undefined ? {} : { exclude }) });

describe('R4 ValueSet/$expand: which value set', () => {
  it('expands by url, by url and version, at an instance, and one that comes with the call', async () => {
    await fhir('PUT', '/ValueSet/liver', valueSet('liver', filtered('group', '=', 'liver'), { version: '1', title: 'Bệnh gan' }));
    const byUrl = await fhir('GET', '/ValueSet/$expand?url=http://sen.test/ValueSet/liver');
    expect(byUrl.status).toBe(200);
    const { expansion, ...heading } = byUrl.body;
    expect(heading).toMatchObject({ resourceType: 'ValueSet', id: 'liver', url: 'http://sen.test/ValueSet/liver', version: '1', title: 'Bệnh gan', status: 'active' });
    expect(heading.compose).toBeUndefined();
    expect(validateResource(byUrl.body)).toEqual([]);
    expect(expansion).toEqual({
      identifier: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/), timestamp: expect.stringMatching(/Z$/), total: 2,
      parameter: [{ name: 'version', valueUri: `${diseases}|2026` }],
      contains: [{ system: diseases, version: '2026', code: 'B15', display: 'Viêm gan A cấp' }, { system: diseases, version: '2026', code: 'K74', display: 'Xơ gan' }],
    });
    for (const path of ['/ValueSet/liver/$expand', '/ValueSet/$expand?url=http://sen.test/ValueSet/liver%7C1', '/ValueSet/$expand?url=http://sen.test/ValueSet/liver&valueSetVersion=1']) {
      expect(codesOf((await fhir('GET', path)).body.expansion.contains)).toBe('B15 K74');
    }
    const parameters = { resourceType: 'Parameters', parameter: [{ name: 'valueSet', resource: valueSet('x', filtered('group', '=', 'liver')) }, { name: 'count', valueInteger: 1 }] };
    expect(codesOf((await fhir('POST', '/ValueSet/$expand', parameters)).body.expansion.contains)).toBe('B15');
  });

  it('gives the definition too when asked (includeDefinition)', async () => {
    const { body } = await expand(whole, '?includeDefinition=true');
    expect(body.compose).toEqual(whole);
    expect(body.expansion.parameter).toContainEqual({ name: 'includeDefinition', valueBoolean: true });
  });

  it('knows the value set of all codes (CodeSystem.valueSet) and the implicit ones of a code system (?fhir_vs)', async () => {
    for (const url of ['http://sen.test/ValueSet/all-diseases', `${diseases}?fhir_vs`]) {
      const { body } = await fhir('GET', `/ValueSet/$expand?url=${encodeURIComponent(url)}`);
      expect([body.url, codesOf(body.expansion.contains)]).toEqual([url, 'I B15 B15.0 B15.9 A90 A91 XI K74']);
    }
    const { body } = await fhir('GET', `/ValueSet/$expand?url=${encodeURIComponent(`${diseases}?fhir_vs=isa/B15`)}`);
    expect(codesOf(body.expansion.contains)).toBe('B15 B15.0 B15.9');
  });

  it('gives a ready expansion of a value set without compose', async () => {
    const ready = { resourceType: 'ValueSet', status: 'active', expansion: { timestamp: '2026-01-01', contains: [{ system: diseases, code: 'I', abstract: true, contains: [{ system: diseases, code: 'B15' }] }, { system: 'http://unknown.test', code: 'x', display: 'X' }] } };
    const { body } = await fhir('POST', '/ValueSet/$expand', ready);
    expect(body.expansion.contains.map(({ code, display }: Json) => [code, display])).toEqual([['B15', 'Viêm gan A cấp'], ['x', 'X']]);
  });

  it('answers 404 for an unknown value set or code system, 400 for a call that names none', async () => {
    const unknown = await fhir('GET', '/ValueSet/$expand?url=http://sen.test/ValueSet/none');
    expect([unknown.status, issueOf(unknown).code, issueOf(unknown).details.coding[0]?.code]).toEqual([404, 'not-found', 'terminology.unknown-value-set']);
    const system = await expand({ include: [{ system: 'http://unknown.test' }] });
    expect([system.status, issueOf(system).details.coding[0]?.code]).toEqual([404, 'terminology.unknown-code-system']);
    expect((await fhir('GET', '/ValueSet/nobody/$expand')).status).toBe(404);
    for (const wrong of ['', '?url=http://sen.test/ValueSet/liver&context=x', '?url=http://sen.test/ValueSet/liver&count=few', '?url=http://sen.test/ValueSet/liver&date=soon', '?url=http://sen.test/ValueSet/liver&system-version=x', '?url=%00']) {
      expect((await fhir('GET', `/ValueSet/$expand${wrong}`)).status).toBe(400);
    }
  });

  it('follows the resources: a value set that is changed or deleted expands otherwise, or not at all', async () => {
    await fhir('PUT', '/ValueSet/short', valueSet('short', filtered('code', '=', 'K74')));
    await fhir('PUT', '/ValueSet/short', valueSet('short', filtered('code', '=', 'A90')));
    expect(codesOf((await fhir('GET', '/ValueSet/$expand?url=http://sen.test/ValueSet/short')).body.expansion.contains)).toBe('A90');
    await fhir('DELETE', '/ValueSet/short');
    expect((await fhir('GET', '/ValueSet/$expand?url=http://sen.test/ValueSet/short')).status).toBe(404);
  });
});

describe('R4 ValueSet.compose (§4.9.5): include, exclude, filters', () => {
  it.each([
    ['concept', 'is-a', 'B15', 'B15 B15.0 B15.9'],
    ['concept', 'descendent-of', 'B15', 'B15.0 B15.9'],
    ['concept', 'is-a', 'XI', 'B15 B15.0 B15.9 XI K74'],
    ['concept', 'is-not-a', 'I', 'XI K74'],
    ['concept', 'generalizes', 'B15.0', 'I B15 B15.0 XI'],
    ['concept', 'in', 'A90, K74', 'A90 K74'],
    ['concept', 'not-in', 'A90,A91,B15,B15.0,B15.9', 'I XI K74'],
    ['code', 'regex', 'B15\\.[0-9]', 'B15.0 B15.9'],
    ['code', 'regex', 'B1', ''],
    ['display', 'regex', '.*gan', 'B15.0 B15.9 K74'],
    ['display', '=', 'Xơ gan', 'K74'],
    ['parent', '=', 'I', 'B15 A90 A91'],
    ['parent', '=', 'XI', 'B15 K74'],
    ['parent', 'exists', 'false', 'I XI'],
    ['child', '=', 'K74', 'XI'],
    ['child', 'exists', 'true', 'I B15 XI'],
    ['group', '=', 'liver', 'B15 K74'],
    ['group', 'in', 'liver,heart', 'B15 K74'],
    ['group', 'exists', 'false', 'I B15.0 B15.9 A90 A91 XI'],
    ['group', 'regex', 'l.*r', 'B15 K74'],
    ['notifiable', '=', 'true', 'B15 A90'],
    ['inactive', '=', 'true', 'A91'],
    ['notSelectable', '=', 'true', 'I XI'],
  ])('filter %s %s %s gives %s', async (property, op, value, expected) => {
    expect(await codes(filtered(property, op, value))).toBe(expected);
  });

  it('takes all filters of an include together, all includes one after another, each code once, and leaves out what is excluded', async () => {
    expect(await codes({ include: [{ system: diseases, filter: [{ property: 'concept', op: 'is-a', value: 'I' }, { property: 'notifiable', op: '=', value: 'true' }] }] })).toBe('B15 A90');
    expect(await codes({ include: [{ system: tests }, { system: diseases, concept: [{ code: 'K74' }, { code: 'B15' }] }, { system: diseases, filter: [{ property: 'group', op: '=', value: 'liver' }] }] })).toBe('GLU HBA1C K74 B15');
    expect(await codes(filtered('concept', 'is-a', 'I', [{ system: diseases, filter: [{ property: 'concept', op: 'is-a', value: 'B15' }] }, { system: diseases, concept: [{ code: 'A91' }] }]))).toBe('I A90');
  });

  it('lists concepts in the order of the value set under the name it gives, without those the code system does not have', async () => {
    const { body } = await expand({ include: [{ system: diseases, concept: [{ code: 'K74', display: 'Gan xơ' }, { code: 'nothing' }, { code: 'A90' }] }] });
    expect(body.expansion.contains.map(({ code, display }: Json) => `${code} ${display}`)).toEqual(['K74 Gan xơ', 'A90 Sốt xuất huyết Dengue']);
  });

  it('lists concepts of a code system that is not known here', async () => {
    const { body } = await expand({ include: [{ system: 'http://snomed.info/sct', concept: [{ code: '38362002', display: 'Dengue' }] }] });
    expect(body.expansion.contains).toEqual([{ system: 'http://snomed.info/sct', code: '38362002', display: 'Dengue' }]);
  });

  it('compares codes without case where the code system says so, and gives its own spelling', async () => {
    expect(await codes({ include: [{ system: tests, concept: [{ code: 'glu' }] }] })).toBe('GLU');
  });

  it('takes what several value sets have in common, also with a system; and refuses one that includes itself', async () => {
    await fhir('PUT', '/ValueSet/livers', valueSet('livers', filtered('group', '=', 'liver')));
    await fhir('PUT', '/ValueSet/infections', valueSet('infections', filtered('concept', 'is-a', 'I')));
    const [livers, infections] = ['http://sen.test/ValueSet/livers', 'http://sen.test/ValueSet/infections'];
    expect(await codes({ include: [{ valueSet: [livers, infections] }] })).toBe('B15');
    expect(await codes({ include: [{ valueSet: [livers] }, { valueSet: [infections] }] })).toBe('B15 K74 I B15.0 B15.9 A90 A91');
    expect(await codes({ include: [{ system: diseases, filter: [{ property: 'notifiable', op: '=', value: 'true' }], valueSet: [infections] }], exclude: [{ valueSet: [livers] }] })).toBe('A90');
    await fhir('PUT', '/ValueSet/circle', valueSet('circle', { include: [{ valueSet: ['http://sen.test/ValueSet/circle-back'] }] }));
    await fhir('PUT', '/ValueSet/circle-back', valueSet('circle-back', { include: [{ valueSet: ['http://sen.test/ValueSet/circle'] }] }));
    const circle = await fhir('GET', '/ValueSet/circle/$expand');
    expect([circle.status, issueOf(circle).details.coding[0]?.code]).toEqual([422, 'terminology.circular-value-set']);
  });

  it('refuses value sets that grow with each level they include each other, and takes a percent sign that encodes nothing as it is', async () => {
    for (let n = 0; n < 28; n++) {
      const next = `http://sen.test/ValueSet/twice-${n + 1}`;
      expect((await fhir('PUT', `/ValueSet/twice-${n}`, valueSet(`twice-${n}`, n === 27 ? whole : { include: [{ valueSet: [next] }, { valueSet: [next] }] }))).status).toBe(201);
    }
    const grown = await fhir('GET', '/ValueSet/twice-0/$expand');
    expect([grown.status, issueOf(grown).details.coding[0]?.code]).toEqual([422, 'terminology.too-many-value-sets']);
    expect(codesOf((await fhir('GET', '/ValueSet/twice-24/$expand')).body.expansion.contains)).toBe('I B15 B15.0 B15.9 A90 A91 XI K74');
    const percent = await fhir('GET', `/ValueSet/$expand?url=${encodeURIComponent(`${diseases}?fhir_vs=isa/%zz`)}`);
    expect([percent.status, issueOf(percent).details.coding[0]?.code]).toEqual([404, 'terminology.unknown-code']);
  });

  it('leaves out inactive codes when the value set says so (compose.inactive = false)', async () => {
    expect(await codes({ ...filtered('concept', 'in', 'A90,A91'), inactive: false })).toBe('A90');
  });

  it('refuses filters that the code system does not have, unknown codes in them, and regular expressions that cannot be used', async () => {
    for (const [filter, code] of [[filtered('colour', '=', 'red'), 'unsupported-filter'], [filtered('group', 'is-a', 'liver'), 'unsupported-filter'], [filtered('code', 'regex', '(B)\\1'), 'bad-regex'], [filtered('code', 'regex', '(B'), 'bad-regex']] as const) {
      const answer = await expand(filter);
      expect([answer.status, issueOf(answer).details.coding[0]?.code]).toEqual([422, `terminology.${code}`]);
    }
    const unknown = await expand(filtered('concept', 'is-a', 'Z99'));
    expect([unknown.status, issueOf(unknown).details.coding[0]?.code]).toEqual([404, 'terminology.unknown-code']);
  });

  it('answers a regular expression that others need exponential time for, or refuses it', async () => {
    expect(await codes(filtered('display', 'regex', '(([a-zA-Zâêô ]+)+)+!'))).toBe('');
    const huge = await expand(filtered('display', 'regex', '(((a{1,250}){1,250}){1,250}){1,250}'));
    expect([huge.status, issueOf(huge).details.coding[0]?.code]).toEqual([422, 'terminology.bad-regex']);
  });
});

describe('R4 ValueSet/$expand: filter, paging, nesting, names', () => {
  it('finds beginnings of words without accents or case, in code, display and designations', async () => {
    for (const [filter, expected] of [['viem gan', 'B15 B15.0 B15.9'], ['GAN vi', 'B15 B15.0 B15.9'], ['gan xơ', 'K74'], ['hepatitis', 'B15 B15.0 B15.9'], ['b15.9', 'B15.9'], ['an', ''], ['xuat', 'A90 A91']]) {
      expect(await codes(whole, `?filter=${encodeURIComponent(filter!)}`)).toBe(expected);
    }
  });

  it('finds by what a supplement calls a concept, and by the name that the value set gives', async () => {
    expect(await codes({ include: [{ system: tests }] }, '?filter=duong')).toBe('GLU HBA1C');
    expect(await codes({ include: [{ system: diseases, concept: [{ code: 'K74', display: 'Chai gan' }, { code: 'A90' }] }] }, '?filter=chai')).toBe('K74');
  });

  it('pages with offset and count, telling the total of all pages', async () => {
    const pages: string[] = [];
    for (const offset of [0, 3, 6, 9]) {
      const { body } = await expand(whole, `?count=3&offset=${offset}`);
      expect([body.expansion.total, body.expansion.offset]).toEqual([8, offset]);
      pages.push(codesOf(body.expansion.contains));
    }
    expect(pages).toEqual(['I B15 B15.0', 'B15.9 A90 A91', 'XI K74', '']);
    const { body } = await expand(whole, '?count=0&filter=gan');
    expect([body.expansion.total, body.expansion.contains]).toEqual([4, undefined]);
  });

  it('nests as the code system does when asked (excludeNested=false), under the nearest member above', async () => {
    expect(await codes(whole, '?excludeNested=false')).toBe('I(B15(B15.0 B15.9) A90 A91) XI(K74)');
    expect(await codes({ ...whole, exclude: [{ system: diseases, concept: [{ code: 'B15' }] }] }, '?excludeNested=false')).toBe('I(B15.0 B15.9 A90 A91) XI(K74)');
    expect(await codes(whole, '?excludeNested=false&count=3')).toBe('I B15 B15.0');
  });

  it('marks abstract and inactive codes, and leaves the latter out with activeOnly', async () => {
    const { body } = await expand(filtered('concept', 'in', 'I,A91'));
    expect(body.expansion.contains).toEqual([{ system: diseases, version: '2026', abstract: true, code: 'I', display: 'Bệnh nhiễm trùng' }, { system: diseases, version: '2026', inactive: true, code: 'A91', display: 'Sốt xuất huyết (mã cũ)' }]);
    expect(await codes(filtered('concept', 'in', 'I,A91'), '?activeOnly=true')).toBe('I');
  });

  it('names in the language asked for (displayLanguage), else in that of the code system', async () => {
    const named = async (language: string) => (await expand({ include: [{ system: tests }, { system: diseases, concept: [{ code: 'K74' }, { code: 'A91' }] }] }, language)).body.expansion.contains.map(({ display }: Json) => display);
    expect(await named('')).toEqual(['Glucose', 'Hemoglobin A1c', 'Xơ gan', 'Sốt xuất huyết (mã cũ)']);
    expect(await named('?displayLanguage=vi')).toEqual(['Đường huyết', 'Huyết sắc tố gắn đường', 'Xơ gan', 'Sốt xuất huyết (mã cũ)']);
    expect(await named('?displayLanguage=en-GB,vi;q=0.5')).toEqual(['Glucose', 'Hemoglobin A1c', 'Cirrhosis of liver', 'Sốt xuất huyết (mã cũ)']);
  });

  it('gives designations when asked (includeDesignations), or only those of a language (designation)', async () => {
    const of = async (parameters: string) => (await expand({ include: [{ system: tests, concept: [{ code: 'GLU', designation: [{ language: 'fr', value: 'Glucose (fr)' }] }] }] }, parameters)).body.expansion.contains[0].designation;
    expect(await of('?includeDesignations=true')).toEqual([{ language: 'fr', value: 'Glucose (fr)' }, { language: 'vi', value: 'Đường huyết' }]);
    expect(await of(`?designation=${encodeURIComponent('urn:ietf:bcp:47|vi')}`)).toEqual([{ language: 'vi', value: 'Đường huyết' }]);
    expect(await of('')).toBeUndefined();
  });

  it('tells back the parameters it acted on', async () => {
    const { body } = await expand(whole, '?filter=gan&count=2&displayLanguage=vi&activeOnly=true');
    expect(body.expansion.parameter).toEqual([
      { name: 'filter', valueString: 'gan' }, { name: 'count', valueInteger: 2 }, { name: 'activeOnly', valueBoolean: true }, { name: 'displayLanguage', valueCode: 'vi' },
      { name: 'version', valueUri: `${diseases}|2026` },
    ]);
  });

  it('refuses more than 10,000 codes at once as too costly, and gives them by pages', async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => ({ code: `M${i}`, display: `Mục ${i}` }));
    await fhir('PUT', '/CodeSystem/many', { resourceType: 'CodeSystem', id: 'many', url: 'http://sen.test/many', status: 'active', content: 'complete', concept: many });
    const all = await expand({ include: [{ system: 'http://sen.test/many' }] });
    expect([all.status, issueOf(all).code, issueOf(all).details.coding[0]?.code]).toEqual([422, 'too-costly', 'terminology.too-costly']);
    const { body } = await expand({ include: [{ system: 'http://sen.test/many' }] }, '?count=2&offset=10000');
    expect([body.expansion.total, codesOf(body.expansion.contains)]).toEqual([10_001, 'M10000']);
  });
});

describe('R4 ValueSet/$expand: editions and days', () => {
  const list = { include: [{ system: communes }] };

  it('uses the edition in force on the day, and of it the codes in force', async () => {
    expect(await codes(list, '?date=2025-06-30')).toBe('00001 00004');
    expect(await codes(list, '?date=2025-07-01')).toBe('00004 00008');
    expect(await codes(list, '?date=2025-10-01')).toBe('00004 09999 00008');
    expect(await codes(list, '?date=2026-01-01')).toBe('00004 09999');
    expect((await expand(list, '?date=2003-01-01')).status).toBe(404);
    expect(await codes({ ...list, lockedDate: '2025-06-30' })).toBe('00001 00004');
  });

  it('counts days by the calendar of the hospital, not by UTC', async () => {
    expect(await codes(list, `?date=${encodeURIComponent('2025-06-30T16:59:59Z')}`)).toBe('00001 00004');
    expect(await codes(list, `?date=${encodeURIComponent('2025-06-30T17:00:00Z')}`)).toBe('00004 00008');
  });

  it('uses the version that the value set says, that system-version gives where none is said, or force-system-version in its place', async () => {
    const old = { include: [{ system: communes, version: '2004' }] };
    expect(await codes(old, '?date=2025-10-01')).toBe('00001 00004');
    const named = (name: string, version: string) => `?date=2025-10-01&${name}=${encodeURIComponent(`${communes}|${version}`)}`;
    expect(await codes(list, named('system-version', '2004'))).toBe('00001 00004');
    expect(await codes(old, named('system-version', '2025'))).toBe('00001 00004');
    expect(await codes(old, named('force-system-version', '2025'))).toBe('00004 09999 00008');
    const checked = await expand(list, named('check-system-version', '2004'));
    expect([checked.status, issueOf(checked).details.coding[0]?.code]).toEqual([422, 'terminology.wrong-version']);
    expect(await codes(list, named('check-system-version', '2025'))).toBe('00004 09999 00008');
  });

  it('takes 9999-12-31 for an open end', async () => {
    const open = { ...communesSince, id: 'open', url: 'http://sen.test/open', extension: [{ ...communesSince.extension[0], valuePeriod: { start: '2025-07-01', end: '9999-12-31' } }] };
    expect((await fhir('PUT', '/CodeSystem/open', open)).status).toBe(201);
    expect(await codes({ include: [{ system: 'http://sen.test/open' }] }, '?date=2200-01-01')).toBe('00004 09999');
  });

  it('leaves out a code system (exclude-system)', async () => {
    expect(await codes({ include: [{ system: tests }, { system: communes }] }, `?date=2025-06-30&exclude-system=${communes}`)).toBe('GLU HBA1C');
  });
});
