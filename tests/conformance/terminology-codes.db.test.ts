import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateResource } from '@sen/fhir';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, type Answered, type Client, type Json } from './client.ts';
import { communes, communesBefore, communesSince, diseaseList, diseases, groupsIn, testList, testNames, tests, valueIn, valueSet } from './terminology-lists.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const list of [diseaseList, communesBefore, communesSince, testList, testNames]) await fhir('PUT', `/CodeSystem/${list.id}`, list);
  const liver = valueSet('liver', { include: [{ system: diseases, filter: [{ property: 'group', op: '=', value: 'liver' }] }, { system: communes }, { system: 'http://unknown.test', concept: [{ code: 'x' }] }] });
  await fhir('PUT', '/ValueSet/liver', liver);
});
afterAll(() => server.close());

const parametersOf = (values: Record<string, unknown>) => ({
  resourceType: 'Parameters',
  parameter: Object.entries(values).map(([name, value]) => (name.startsWith('coding') || name === 'codeableConcept' ? { name, [name === 'codeableConcept' ? 'valueCodeableConcept' : 'valueCoding']: value } : { name, valueString: value })),
});
const reason = (answer: Answered) => [answer.status, issueOf(answer).code, issueOf(answer).details.coding[0]?.code];

describe('R4 CodeSystem/$lookup', () => {
  const lookup = (query: string) => fhir('GET', `/CodeSystem/$lookup?${query}`);

  it('tells name, version, display, designations and properties, digits as they were written', async () => {
    const list = JSON.stringify({ ...diseaseList, id: 'diseases' }).replace('"valueDecimal":28', '"valueDecimal":28.0');
    await fhir('PUT', '/CodeSystem/diseases', list);
    const { status, body, text } = await lookup(`system=${diseases}&code=B15`);
    expect(status).toBe(200);
    expect([valueIn(body, 'name'), valueIn(body, 'version'), valueIn(body, 'display')]).toEqual(['Diseases', '2026', 'Viêm gan A cấp']);
    expect(groupsIn(body, 'designation')).toEqual([{ language: 'en', value: 'Acute hepatitis A' }]);
    expect(groupsIn(body, 'property')).toEqual([
      { code: 'definition', value: 'Viêm gan do virus A.' }, { code: 'inactive', value: false },
      { code: 'parent', value: 'I', description: 'Bệnh nhiễm trùng' }, { code: 'parent', value: 'XI', description: 'Bệnh hệ tiêu hóa' },
      { code: 'child', value: 'B15.0', description: 'Viêm gan A có hôn mê gan' }, { code: 'child', value: 'B15.9', description: 'Viêm gan A không có hôn mê gan' },
      { code: 'days', value: 28 }, { code: 'group', value: 'liver' }, { code: 'notifiable', value: true }, { code: 'under', value: 'XI' },
    ]);
    expect(text).toContain('"valueDecimal":28.0');
    expect(validateResource(body)).toEqual([]);
  });

  it('takes a Coding by POST, and tells only the properties asked for', async () => {
    const { body } = await fhir('POST', '/CodeSystem/$lookup', { resourceType: 'Parameters', parameter: [{ name: 'coding', valueCoding: { system: diseases, code: 'B15' } }, { name: 'property', valueCode: 'group' }, { name: 'property', valueCode: 'lang.en' }] });
    expect([groupsIn(body, 'property'), groupsIn(body, 'designation')]).toEqual([[{ code: 'group', value: 'liver' }], [{ language: 'en', value: 'Acute hepatitis A' }]]);
  });

  it('names in the language asked for, also by what a supplement says, and finds codes without case where the system does not tell', async () => {
    expect(valueIn((await lookup(`system=${diseases}&code=A90&displayLanguage=en`)).body, 'display')).toBe('Dengue fever');
    const { body } = await lookup(`system=${tests}&code=glu&displayLanguage=vi`);
    expect([valueIn(body, 'display'), groupsIn(body, 'designation')]).toEqual(['Đường huyết', [{ language: 'vi', value: 'Đường huyết' }]]);
  });

  it('reads the edition in force on the day, or of the version; a code not in force is told as inactive', async () => {
    const display = async (more: string) => valueIn((await lookup(`system=${communes}&code=00004${more}`)).body, 'display');
    expect([await display('&date=2025-06-30'), await display('&date=2025-07-01'), await display('&version=2004')]).toEqual(['Phường Trúc Bạch', 'Phường Ba Đình', 'Phường Trúc Bạch']);
    const inactive = async (day: string) => groupsIn((await lookup(`system=${communes}&code=00008&date=${day}&property=inactive`)).body, 'property');
    expect([await inactive('2025-12-31'), await inactive('2026-01-01')]).toEqual([[{ code: 'inactive', value: false }], [{ code: 'inactive', value: true }]]);
  });

  it('answers 404 for an unknown code or code system, 400 for a call that names none', async () => {
    expect(reason(await lookup(`system=${diseases}&code=Z99`))).toEqual([404, 'not-found', 'terminology.unknown-code']);
    expect(reason(await lookup('system=http://none.test&code=Z99'))).toEqual([404, 'not-found', 'terminology.unknown-code-system']);
    expect(reason(await lookup(`system=${diseases}&version=1&code=B15`))).toEqual([404, 'not-found', 'terminology.unknown-code-system']);
    for (const wrong of ['code=B15', `system=${diseases}`, '', `system=${diseases}&code=%00`]) expect((await lookup(wrong)).status).toBe(400);
  });
});

describe('R4 ValueSet/$validate-code', () => {
  const check = async (query: string): Promise<[unknown, unknown, unknown]> => {
    const { status, body } = await fhir('GET', `/ValueSet/$validate-code?url=http://sen.test/ValueSet/liver&${query}`);
    expect(status).toBe(200);
    return [valueIn(body, 'result'), valueIn(body, 'display'), valueIn(body, 'message')];
  };

  it('says yes with the display, at the type, at an instance and by POST', async () => {
    expect(await check(`system=${diseases}&code=K74`)).toEqual([true, 'Xơ gan', undefined]);
    expect(await check(`system=${diseases}&code=K74&displayLanguage=en`)).toEqual([true, 'Cirrhosis of liver', undefined]);
    const instance = await fhir('POST', '/ValueSet/liver/$validate-code', parametersOf({ coding: { system: diseases, code: 'B15' } }));
    expect(valueIn(instance.body, 'result')).toBe(true);
    const given = await fhir('POST', '/ValueSet/$validate-code', { resourceType: 'Parameters', parameter: [{ name: 'valueSet', resource: valueSet('x', { include: [{ system: tests }] }) }, { name: 'system', valueUri: tests }, { name: 'code', valueCode: 'hba1c' }] });
    expect(valueIn(given.body, 'result')).toBe(true);
  });

  it('says no, and why: left out, unknown code, another code system', async () => {
    expect(await check(`system=${diseases}&code=A90`)).toEqual([false, undefined, 'Mã "A90" không thuộc tập giá trị.']);
    expect(await check(`system=${diseases}&code=Z99`)).toEqual([false, undefined, `Hệ thống mã ${diseases} không có mã "Z99".`]);
    expect((await check('system=http://none.test&code=Z99'))[0]).toBe(false);
    expect(await check('system=http://unknown.test&code=x')).toEqual([true, undefined, undefined]);
  });

  it('compares the display with all names of the code, whatever their language, case and spaces', async () => {
    expect(await check(`system=${diseases}&code=K74&display=${encodeURIComponent('XƠ  GAN')}`)).toEqual([true, 'Xơ gan', undefined]);
    expect(await check(`system=${diseases}&code=K74&display=cirrhosis%20of%20liver`)).toEqual([true, 'Xơ gan', undefined]);
    expect(await check(`system=${diseases}&code=K74&display=Ung%20th%C6%B0`)).toEqual([false, 'Xơ gan', 'Tên không đúng với mã "K74"; tên đúng: "Xơ gan".']);
  });

  it('is content with one right coding of a CodeableConcept', async () => {
    const post = async (...codes: string[]) => valueIn((await fhir('POST', '/ValueSet/liver/$validate-code', parametersOf({ codeableConcept: { coding: codes.map((code) => ({ system: diseases, code })) } }))).body, 'result');
    expect([await post('A90', 'K74'), await post('A90', 'Z99')]).toEqual([true, false]);
  });

  it('judges by the list of the day: yesterday’s claim by yesterday’s list', async () => {
    expect((await check(`system=${communes}&code=00001&date=2025-06-30`))[0]).toBe(true);
    expect((await check(`system=${communes}&code=00001&date=2025-07-01`))[0]).toBe(false);
    expect(await check(`system=${communes}&code=09999&date=2025-09-30`)).toEqual([false, undefined, 'Mã "09999" không có hiệu lực vào ngày này; hiệu lực từ 2025-10-01.']);
    expect((await check(`system=${communes}&code=09999&date=2025-10-01`))[0]).toBe(true);
    expect(await check(`system=${communes}&code=00008&date=2026-01-01`)).toEqual([false, undefined, 'Mã "00008" không có hiệu lực vào ngày này; hiệu lực đến trước 2026-01-01.']);
  });

  it('accepts abstract codes only where that is said, and tells of inactive ones', async () => {
    const of = async (query: string) => {
      const { body } = await fhir('GET', `/ValueSet/$validate-code?url=http://sen.test/ValueSet/all-diseases&system=${diseases}&${query}`);
      return [valueIn(body, 'result'), valueIn(body, 'message')];
    };
    expect(await of('code=I')).toEqual([false, 'Mã "I" là nhóm, không dùng để ghi hồ sơ.']);
    expect(await of('code=I&abstract=true')).toEqual([true, undefined]);
    expect(await of('code=A91')).toEqual([true, 'Mã "A91" đã ngừng dùng.']);
  });

  it('answers 404 for an unknown value set, 400 for a call without code or system', async () => {
    expect(reason(await fhir('GET', `/ValueSet/$validate-code?url=http://none.test&system=${diseases}&code=B15`))).toEqual([404, 'not-found', 'terminology.unknown-value-set']);
    for (const wrong of ['code=B15', `system=${diseases}`]) expect((await fhir('GET', `/ValueSet/liver/$validate-code?${wrong}`)).status).toBe(400);
  });
});

describe('R4 CodeSystem/$validate-code', () => {
  it('checks code and display against the code system, at the type and at an instance', async () => {
    const of = async (path: string) => {
      const { body } = await fhir('GET', path);
      return [valueIn(body, 'result'), valueIn(body, 'display')];
    };
    expect(await of(`/CodeSystem/$validate-code?url=${diseases}&code=A90&display=Dengue%20fever`)).toEqual([true, 'Sốt xuất huyết Dengue']);
    expect(await of(`/CodeSystem/$validate-code?url=${diseases}&code=A90&display=Flu`)).toEqual([false, 'Sốt xuất huyết Dengue']);
    expect(await of(`/CodeSystem/$validate-code?url=${diseases}&code=Z99`)).toEqual([false, undefined]);
    expect(await of('/CodeSystem/communes-2004/$validate-code?code=00001&date=2026-01-01')).toEqual([true, 'Phường Phúc Xá']);
    expect(await of(`/CodeSystem/$validate-code?url=${communes}&code=00001&date=2026-01-01`)).toEqual([false, undefined]);
    const other = await fhir('POST', '/CodeSystem/diseases/$validate-code', parametersOf({ coding: { system: tests, code: 'GLU' } }));
    expect(valueIn(other.body, 'result')).toBe(false);
    expect((await fhir('GET', '/CodeSystem/$validate-code?url=http://none.test&code=x')).status).toBe(404);
  });
});

describe('R4 CodeSystem/$subsumes', () => {
  it.each([['I', 'B15.0', 'subsumes'], ['B15.0', 'I', 'subsumed-by'], ['XI', 'B15.0', 'subsumes'], ['B15', 'B15', 'equivalent'], ['B15.0', 'B15.9', 'not-subsumed'], ['K74', 'B15', 'not-subsumed']])('%s and %s: %s', async (a, b, outcome) => {
    for (const path of [`/CodeSystem/$subsumes?system=${diseases}&`, '/CodeSystem/diseases/$subsumes?']) {
      expect(valueIn((await fhir('GET', `${path}codeA=${a}&codeB=${b}`)).body, 'outcome')).toBe(outcome);
    }
    const codings = parametersOf({ codingA: { system: diseases, code: a }, codingB: { system: diseases, code: b } });
    expect(valueIn((await fhir('POST', '/CodeSystem/$subsumes', codings)).body, 'outcome')).toBe(outcome);
  });

  it('answers 404 for an unknown code, 400 for codes of two code systems or none', async () => {
    expect(reason(await fhir('GET', `/CodeSystem/$subsumes?system=${diseases}&codeA=I&codeB=Z99`))).toEqual([404, 'not-found', 'terminology.unknown-code']);
    expect((await fhir('POST', '/CodeSystem/$subsumes', parametersOf({ codingA: { system: diseases, code: 'I' }, codingB: { system: tests, code: 'GLU' } }))).status).toBe(400);
    for (const wrong of ['codeA=I&codeB=B15', `system=${diseases}&codeA=I`]) expect((await fhir('GET', `/CodeSystem/$subsumes?${wrong}`)).status).toBe(400);
  });
});

describe('CodeSystem resources as they are kept', () => {
  it('refuses a code that stands twice (csd-1), and stores nothing', async () => {
    const twice: Json = { resourceType: 'CodeSystem', id: 'twice', url: 'http://sen.test/twice', status: 'active', content: 'complete', concept: [{ code: 'a', concept: [{ code: 'a' }] }] };
    const answer = await fhir('PUT', '/CodeSystem/twice', twice);
    expect([400, 422]).toContain(answer.status);
    expect((await fhir('GET', '/CodeSystem/twice')).status).toBe(404);
  });

  it('keeps what a transaction Bundle brings, and forgets what is deleted', async () => {
    const resource = { resourceType: 'CodeSystem', id: 'brought', url: 'http://sen.test/brought', status: 'active', content: 'complete', concept: [{ code: 'a', display: 'A' }] };
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [{ resource, request: { method: 'PUT', url: 'CodeSystem/brought' } }] };
    expect((await fhir('POST', '', bundle)).status).toBe(200);
    expect((await fhir('GET', '/CodeSystem/$lookup?system=http://sen.test/brought&code=a')).status).toBe(200);
    await fhir('DELETE', '/CodeSystem/brought');
    expect((await fhir('GET', '/CodeSystem/$lookup?system=http://sen.test/brought&code=a')).status).toBe(404);
  });
});
