import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateResource } from '@sen/fhir';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, type Client, type Json } from './client.ts';
import { valueIn } from './terminology-lists.ts';

const [old, now, icd] = ['http://sen.test/old', 'http://sen.test/now', 'http://sen.test/icd'];
const valueSetOf = (name: string) => `http://sen.test/ValueSet/${name}`;

/** Communes merged on 2025-07-01; what is not named stays as it was. */
const merged: Json = {
  resourceType: 'ConceptMap', id: 'merged', url: 'http://sen.test/ConceptMap/merged', version: '1', status: 'active', sourceUri: valueSetOf('old'), targetUri: valueSetOf('now'),
  group: [{
    source: old, target: now, targetVersion: '2025', unmapped: { mode: 'provided' },
    element: [
      { code: '1', display: 'Phúc Xá', target: [{ code: '10', display: 'Hồng Hà', equivalence: 'wider' }] },
      { code: '2', target: [{ code: '10', equivalence: 'wider' }, { code: '20', equivalence: 'narrower', comment: 'một phần' }] },
      { code: '3', target: [{ equivalence: 'unmatched' }] },
    ],
  }],
};

/** A mapping that depends on the sex, and one that gives a second code. */
const conditional: Json = {
  resourceType: 'ConceptMap', id: 'conditional', url: 'http://sen.test/ConceptMap/conditional', status: 'active',
  group: [{
    source: old, target: icd, unmapped: { mode: 'fixed', code: 'R69', display: 'Không rõ' },
    element: [
      { code: '1', target: [{ code: 'N40', equivalence: 'equivalent', dependsOn: [{ property: 'http://sen.test/sex', system: 'http://hl7.org/fhir/administrative-gender', value: 'male' }] }, { code: 'N80', equivalence: 'equivalent', dependsOn: [{ property: 'http://sen.test/sex', system: 'http://hl7.org/fhir/administrative-gender', value: 'female' }] }] },
      { code: '2', target: [{ code: 'A17.0', equivalence: 'equivalent', product: [{ property: 'http://sen.test/asterisk', system: icd, value: 'G01', display: 'Viêm màng não' }] }] },
    ],
  }],
};

const chained: Json = {
  resourceType: 'ConceptMap', id: 'chained', url: 'http://sen.test/ConceptMap/chained', status: 'active',
  group: [{ source: old, target: now, element: [{ code: '9', target: [{ code: '90', equivalence: 'equal' }] }], unmapped: { mode: 'other-map', url: 'http://sen.test/ConceptMap/merged' } }],
};

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const map of [merged, conditional, chained]) expect((await fhir('PUT', `/ConceptMap/${map.id}`, map)).status).toBe(201);
});
afterAll(() => server.close());

const matchesIn = (body: Json): Json[] => body.parameter.filter((one: Json) => one.name === 'match').map((one: Json) => Object.fromEntries(one.part.map(({ name, part, ...rest }: Json) => [name, part ?? Object.values(rest)[0]])));
const shortly = (body: Json): string[] => matchesIn(body).map(({ equivalence, concept }) => `${equivalence} ${concept?.code ?? '-'}`);
const translate = async (query: string): Promise<Json> => (await fhir('GET', `/ConceptMap/$translate?${query}`)).body;

describe('R4 ConceptMap/$translate', () => {
  it('gives each match with its equivalence, concept and map, at the type and at an instance', async () => {
    for (const path of ['/ConceptMap/$translate?url=http://sen.test/ConceptMap/merged&', '/ConceptMap/$translate?url=http://sen.test/ConceptMap/merged&conceptMapVersion=1&', '/ConceptMap/merged/$translate?']) {
      const { status, body } = await fhir('GET', `${path}system=${old}&code=1`);
      expect([status, valueIn(body, 'result'), validateResource(body)]).toEqual([200, true, []]);
      expect(matchesIn(body)).toEqual([{ equivalence: 'wider', concept: { system: now, version: '2025', code: '10', display: 'Hồng Hà' }, source: 'http://sen.test/ConceptMap/merged' }]);
    }
  });

  it('takes Coding and CodeableConcept by POST, and a map that comes with the call', async () => {
    const post = async (...parameter: Json[]) => shortly((await fhir('POST', '/ConceptMap/$translate', { resourceType: 'Parameters', parameter })).body);
    const url = { name: 'url', valueUri: 'http://sen.test/ConceptMap/merged' };
    expect(await post(url, { name: 'coding', valueCoding: { system: old, code: '2' } })).toEqual(['wider 10', 'narrower 20']);
    expect(await post(url, { name: 'codeableConcept', valueCodeableConcept: { coding: [{ system: old, code: '1' }, { system: 'http://other.test', code: '1' }] } })).toEqual(['wider 10']);
    expect(await post({ name: 'conceptMap', resource: { ...chained, group: [{ source: old, target: icd, element: [{ code: '1', target: [{ code: 'Z', equivalence: 'equal' }] }] }] } }, { name: 'code', valueCode: '1' }, { name: 'system', valueUri: old })).toEqual(['equal Z']);
  });

  it('finds the maps by code system, target system, and value sets when none is named', async () => {
    expect(shortly(await translate(`system=${old}&code=1&targetsystem=${now}`))).toEqual(['wider 10']);
    expect(shortly(await translate(`system=${old}&code=1&targetsystem=${now}&source=${valueSetOf('old')}&target=${valueSetOf('now')}`))).toEqual(['wider 10']);
    expect(shortly(await translate(`system=${old}&code=2&targetsystem=${icd}`))).toEqual(['equivalent A17.0']);
    expect(shortly(await translate(`system=${old}&code=2`)).sort()).toEqual(['equivalent A17.0', 'narrower 20', 'wider 10']);
  });

  it('goes back from target to source (reverse), turning the equivalence round', async () => {
    const body = await translate(`system=${now}&code=10&reverse=true`);
    expect(shortly(body)).toEqual(['narrower 1', 'narrower 2']);
    expect(matchesIn(body)[0].concept).toEqual({ system: old, code: '1', display: 'Phúc Xá' });
  });

  it('heeds on what a mapping depends, and tells what else it gives', async () => {
    const by = async (sex: string) => shortly((await fhir('POST', '/ConceptMap/conditional/$translate', {
      resourceType: 'Parameters', parameter: [
        { name: 'system', valueUri: old }, { name: 'code', valueCode: '1' },
        { name: 'dependency', part: [{ name: 'element', valueUri: 'http://sen.test/sex' }, { name: 'concept', valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/administrative-gender', code: sex }] } }] },
      ],
    })).body);
    expect([await by('male'), await by('female'), await by('other')]).toEqual([['equivalent N40'], ['equivalent N80'], []]);
    const body = (await fhir('GET', `/ConceptMap/conditional/$translate?system=${old}&code=2`)).body;
    expect(matchesIn(body)[0].product).toEqual([{ name: 'element', valueUri: 'http://sen.test/asterisk' }, { name: 'concept', valueCoding: { system: icd, code: 'G01', display: 'Viêm màng não' } }]);
  });

  it('does with unmapped codes what the group says: as provided, a fixed one, or by another map', async () => {
    expect(shortly(await translate(`url=http://sen.test/ConceptMap/merged&system=${old}&code=77`))).toEqual(['equal 77']);
    expect(shortly(await translate(`url=http://sen.test/ConceptMap/conditional&system=${old}&code=77`))).toEqual(['inexact R69']);
    expect(shortly(await translate(`url=http://sen.test/ConceptMap/chained&system=${old}&code=9`))).toEqual(['equal 90']);
    expect(shortly(await translate(`url=http://sen.test/ConceptMap/chained&system=${old}&code=1`))).toEqual(['wider 10']);
  });

  it('says no where there is no mapping, or only that there is none', async () => {
    const none = await translate(`system=http://other.test&code=1`);
    expect([valueIn(none, 'result'), valueIn(none, 'message'), matchesIn(none)]).toEqual([false, 'Không có mã tương ứng.', []]);
    const unmatched = await translate(`url=http://sen.test/ConceptMap/merged&system=${old}&code=3`);
    expect([valueIn(unmatched, 'result'), shortly(unmatched)]).toEqual([false, ['unmatched -']]);
  });

  it('answers 404 for an unknown map, 400 for a call without code or system', async () => {
    expect((await fhir('GET', `/ConceptMap/$translate?url=http://none.test&system=${old}&code=1`)).status).toBe(404);
    expect((await fhir('GET', `/ConceptMap/nobody/$translate?system=${old}&code=1`)).status).toBe(404);
    for (const wrong of ['code=1', `system=${old}`]) expect((await fhir('GET', `/ConceptMap/merged/$translate?${wrong}`)).status).toBe(400);
  });
});
