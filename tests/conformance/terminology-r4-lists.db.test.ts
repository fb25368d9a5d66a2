// R4's own code systems and value sets are there from the start (migration 0002 of terminology).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDefinitions } from '../../tools/fhir/definitions.ts';
import { expandForSearch } from '../../server/src/modules/terminology/index.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, type Client, type Json } from './client.ts';
import { codesOf, groupsIn, valueIn } from './terminology-lists.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
});
afterAll(() => server.close());

describe('R4 terminologies: the lists of R4 itself', () => {
  it('expands administrative-gender, with version and in a page', async () => {
    const { body } = await fhir('GET', '/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender');
    expect(body.expansion.contains).toEqual(['Male', 'Female', 'Other', 'Unknown'].map((display) => ({ system: 'http://hl7.org/fhir/administrative-gender', version: '4.0.1', code: display.toLowerCase(), display })));
    expect(codesOf((await fhir('GET', '/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender%7C4.0.1&count=1&offset=1')).body.expansion.contains)).toBe('female');
  });

  it('expands and checks the classes of encounters, which are a branch of v3-ActCode', async () => {
    const { body } = await fhir('GET', '/ValueSet/$expand?url=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode&filter=inpat');
    expect(codesOf(body.expansion.contains).split(' ')).toEqual(expect.arrayContaining(['IMP', 'ACUTE', 'NONAC']));
    const check = async (code: string) => valueIn((await fhir('GET', `/ValueSet/$validate-code?url=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode&system=http://terminology.hl7.org/CodeSystem/v3-ActCode&code=${code}`)).body, 'result');
    expect([await check('AMB'), await check('IMP'), await check('GMOTORCYCLE')]).toEqual([true, true, false]);
    const { body: subsumed } = await fhir('GET', '/CodeSystem/$subsumes?system=http://terminology.hl7.org/CodeSystem/v3-ActCode&codeA=IMP&codeB=ACUTE');
    expect(valueIn(subsumed, 'outcome')).toBe('subsumes');
  });

  it('looks up a code of a small table of HL7', async () => {
    const { body } = await fhir('GET', '/CodeSystem/$lookup?system=http://terminology.hl7.org/CodeSystem/v2-0203&code=MR');
    expect([valueIn(body, 'display'), groupsIn(body, 'property')]).toEqual(['Medical record number', [{ code: 'inactive', value: false }]]);
  });

  it('gives way to a list of the same address that is stored here', async () => {
    const own = { resourceType: 'CodeSystem', id: 'gender', url: 'http://hl7.org/fhir/administrative-gender', version: '4.0.1', status: 'active', content: 'complete', language: 'vi', concept: [{ code: 'male', display: 'Nam' }, { code: 'female', display: 'Nữ' }] };
    await fhir('PUT', '/CodeSystem/gender', own);
    expect((await fhir('GET', '/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender')).body.expansion.contains.map(({ display }: Json) => display)).toEqual(['Nam', 'Nữ']);
    await fhir('DELETE', '/CodeSystem/gender');
    expect((await fhir('GET', '/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender')).body.expansion.total).toBe(4);
  });

  it('expands every one of them to the codes that the definitions list', async () => {
    const { rows } = await server.db.database.query<{ url: string }>({ text: 'select url from terminology.value_set where id is null order by url' });
    expect(rows.length).toBeGreaterThan(500);
    const systems = new Map(readDefinitions('CodeSystem').map((one) => [one.url, one as Json]));
    const sets = new Map(readDefinitions('ValueSet').map((one) => [one.url, one as Json]));
    const below = (concepts: Json[] = []): string[] => concepts.flatMap((one) => [one.code, ...below(one.concept)]);
    const isPlain = ({ include, exclude }: Json) => exclude === undefined && include.every((one: Json) => one.filter === undefined && one.valueSet === undefined);
    const listed = (one: Json): string[] => (one.concept?.map(({ code }: Json) => code) ?? below(systems.get(one.system).concept)).map((code: string) => `${one.system}|${code}`);
    const compared = new Map<string, [string, string]>();
    for (const { url } of rows) {
      const found = (await expandForSearch(server.db.database, url)).map(({ system, code }) => `${system}|${code}`);
      const { compose } = sets.get(url);
      if (isPlain(compose)) compared.set(url, [found.join(' '), [...new Set<string>(compose.include.flatMap(listed))].join(' ')]);
    }
    expect(compared.size).toBeGreaterThan(400);
    expect([...compared].filter(([, [found, expected]]) => found !== expected)).toEqual([]);
  });
});
