import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, glucose, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Practitioner/hung', { resourceType: 'Practitioner', id: 'hung', name: [{ text: 'BS Hùng' }] });
  await fhir('PUT', '/Patient/lan', lan({
    id: 'lan', generalPractitioner: [{ reference: 'Practitioner/hung' }], _birthDate: { extension: [{ url: 'http://x/t', valueTime: '06:00:00' }] },
    name: [{ use: 'official', family: 'Trần', given: ['Thị', 'Lan'] }, { use: 'nickname', given: ['Na'] }], managingOrganization: { reference: '#o' },
    contained: [{ resourceType: 'Organization', id: 'o', name: 'Sen' }],
  }));
  for (const n of [1, 2, 3]) await fhir('PUT', `/Observation/g${n}`, { ...glucose('Patient/lan', n + 0.5, `2026-01-0${n}`), id: `g${n}` });
});
afterAll(() => server.close());

async function ask(path: string, query: string, variables?: object): Promise<Json> {
  const { status, body, headers } = await fhir('POST', path, { query, ...(variables === undefined ? {} : { variables }) }, { 'content-type': 'application/json' });
  expect([200, 400]).toContain(status);
  expect(headers.get('content-type')).toContain('application/json');
  return body;
}

describe('R4 graphql.html §3.4.1: reading one resource', () => {
  it('gives the fields asked for, of an instance and by id, with aliases and fragments', async () => {
    expect(await ask('/Patient/lan/$graphql', '{ id born: birthDate name { ...n } } fragment n on HumanName { use given }')).toEqual({
      data: { id: 'lan', born: '1988-02-14', name: [{ use: 'official', given: ['Thị', 'Lan'] }, { use: 'nickname', given: ['Na'] }] },
    });
    expect(await ask('/$graphql', 'query q($id: ID!) { Patient(id: $id) { __typename resourceType gender active _birthDate { extension { url valueTime } } } }', { id: 'lan' })).toEqual({
      data: { Patient: { __typename: 'Patient', resourceType: 'Patient', gender: 'female', active: null, _birthDate: { extension: [{ url: 'http://x/t', valueTime: '06:00:00' }] } } },
    });
  });

  it('filters repeats by sub-element, FHIRPath, _offset and _count (§3.4.1.4)', async () => {
    const { data } = await ask('/Patient/lan/$graphql', '{ a: name(use: nickname) { given } b: name(fhirpath: "given.count() = 2") { family } c: name(_offset: 1, _count: 1) { use } }');
    expect(data).toEqual({ a: [{ given: ['Na'] }], b: [{ family: 'Trần' }], c: [{ use: 'nickname' }] });
    expect((await ask('/Patient/lan/$graphql', '{ name(uze: official) { given } }')).errors[0].message).toBe('"name" has no element "uze" to be chosen by.');
  });

  it('follows references: to other resources, by type, contained, and none (§3.4.1.5)', async () => {
    const { data, errors } = await ask('/Patient/lan/$graphql', `{
      generalPractitioner { reference resource { ... on Practitioner { name { text } } ... on Organization { alias } } }
      only: generalPractitioner { resource(type: Organization) { id } }
      managingOrganization { resource { ... on Organization { name } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      generalPractitioner: [{ reference: 'Practitioner/hung', resource: { name: [{ text: 'BS Hùng' }] } }],
      only: [{ resource: null }],
      managingOrganization: { resource: { name: 'Sen' } },
    });
  });

  it('obeys @skip, @include, @first, @singleton, @flatten and @slice (§3.4.1.8)', async () => {
    const { data } = await ask('/Patient/lan/$graphql', 'query ($yes: Boolean = true) { id @skip(if: $yes) gender @include(if: $yes) name @first { use } }');
    expect(data).toEqual({ gender: 'female', name: { use: 'official' } });
    expect((await ask('/Patient/lan/$graphql', '{ name @flatten { use given } }')).data).toEqual({ use: ['official', 'nickname'], given: ['Thị', 'Lan', 'Na'] });
    expect((await ask('/Patient/lan/$graphql', '{ name @first @flatten { use @singleton given } }')).data).toEqual({ use: 'official', given: ['Thị', 'Lan'] });
    expect((await ask('/Patient/lan/$graphql', '{ name @slice(path: "use") { given } }')).data).toEqual({ 'name.official': [{ given: ['Thị', 'Lan'] }], 'name.nickname': [{ given: ['Na'] }] });
    expect((await ask('/Patient/lan/$graphql', '{ name @singleton { use } }')).errors[0].message).toContain('2 values');
  });
});

describe('R4 graphql.html §3.4.1.6, §3.4.1.7: searching', () => {
  it('lists by search parameters, and from a resource by what points to it', async () => {
    const { data } = await ask('/$graphql', '{ ObservationList(patient: "Patient/lan", date: "ge2026-01-02", _sort: "date") { id valueQuantity { value } subject { resource { ... on Patient { gender } } } } }');
    expect(data.ObservationList).toEqual([
      { id: 'g2', valueQuantity: { value: 2.5 }, subject: { resource: { gender: 'female' } } },
      { id: 'g3', valueQuantity: { value: 3.5 }, subject: { resource: { gender: 'female' } } },
    ]);
    expect((await ask('/Patient/lan/$graphql', '{ ObservationList(_reference: patient, value_quantity: "gt3") { id } }')).data).toEqual({ ObservationList: [{ id: 'g3' }] });
    expect((await ask('/Patient/$graphql', '{ PatientList(general_practitioner: "Practitioner/hung") { id } }')).data).toEqual({ PatientList: [{ id: 'lan' }] });
  });

  it('pages with connections', async () => {
    const first = await ask('/$graphql', '{ ObservationConnection(patient: "lan", _sort: "date", _count: 2) { count pagesize next edges { mode resource { id } } } }');
    const { count, pagesize, next, edges } = first.data.ObservationConnection;
    expect([count, pagesize, edges]).toEqual([3, 2, [{ mode: 'match', resource: { id: 'g1' } }, { mode: 'match', resource: { id: 'g2' } }]]);
    const rest = await ask('/$graphql', '{ ObservationConnection(patient: "lan", _count: 1) { __typename offset first previous last edges { __typename score } } }');
    expect(rest.data.ObservationConnection).toEqual({ __typename: 'ObservationConnection', offset: null, first: null, previous: null, last: null, edges: [{ __typename: 'ObservationEdge', score: null }] });
    const second = await ask('/$graphql', 'query ($next: String) { ObservationConnection(patient: "lan", _sort: "date", _count: 2, _cursor: $next) { next edges { resource { id } } } }', { next });
    expect(second.data.ObservationConnection).toEqual({ next: null, edges: [{ resource: { id: 'g3' } }] });
  });

  it('is asked by GET, as application/graphql and in Parameters too', async () => {
    expect((await fhir('GET', `/Patient/lan/$graphql?query=${encodeURIComponent('{id}')}`)).body).toEqual({ data: { id: 'lan' } });
    expect((await fhir('POST', '/Patient/lan/$graphql', '{id}', { 'content-type': 'application/graphql' })).body).toEqual({ data: { id: 'lan' } });
    expect((await fhir('POST', '/Patient/lan/$graphql', { resourceType: 'Parameters', parameter: [{ name: 'query', valueString: '{id}' }] })).body).toEqual({ data: { id: 'lan' } });
  });
});

describe('GraphQL that cannot be answered', () => {
  it('says what is wrong and where, and answers the rest', async () => {
    const { data, errors } = await ask('/$graphql', '{\n  Patient(id: "lan") { id nam { given } }\n  b: Patient(id: "nobody") { id }\n}');
    expect(data).toEqual({ Patient: { id: 'lan', nam: null }, b: null });
    expect(errors).toEqual([
      { message: 'Patient has no field "nam".', locations: [{ line: 2, column: 27 }], path: ['Patient', 'nam'] },
      { message: 'Patient/nobody is not there.', locations: [{ line: 3, column: 3 }], path: ['b'] },
    ]);
    const messageOf = async (query: string) => (await ask('/$graphql', query)).errors[0].message as string;
    expect(await messageOf('{ Patient(id: ')).toContain('Syntax Error');
    expect(await messageOf('mutation { PatientCreate { id } }')).toContain('Only queries');
    expect(await messageOf('{ PatientList(colour: "red") { id } }')).toContain('colour');
    expect(await messageOf('{ Patient(id: "lan") { name } }')).toContain('needs a selection');
    expect(await messageOf('{ Patient(id: "lan") { gender { x } } }')).toContain('simple value');
    expect(await messageOf('{ Patient(id: "lan") { name(fhirpath: "((") { use } } }')).toContain('FHIRPath');
    expect(await messageOf('{ Patient(id: "lan") { ...n } }')).toContain('not defined');
    expect((await ask('/$graphql', '{ Patient(id: "lan") { ...loop } } fragment loop on Patient { id ...loop }')).data).toEqual({ Patient: { id: 'lan' } });
    expect((await fhir('POST', '/Patient/nobody/$graphql', { query: '{id}' }, { 'content-type': 'application/json' })).status).toBe(404);
  });

  it('stops at its limits of depth and cost', async () => {
    const deep = `{ Patient(id: "lan") { ${'generalPractitioner { resource { ... on Practitioner { PatientList(_reference: general_practitioner) { '.repeat(10)} id ${'} } } } '.repeat(10)} } }`;
    const stopped = await ask('/$graphql', deep);
    expect([stopped.data, stopped.errors[0].message]).toEqual([undefined, expect.stringContaining('deeper than 24')]);
    const wide = `{ ${Array.from({ length: 201 }, (_, i) => `a${i}: ObservationList { id }`).join(' ')} }`;
    expect((await ask('/$graphql', wide)).errors[0].message).toContain('200 searches');
  });
});

describe('GraphQL that is made to hurt', () => {
  it('ends FHIRPath that never would: loops, and regular expressions that try everything', async () => {
    for (const expression of ["use.repeat($this & 'a').exists()", `'${'a'.repeat(60)}!'.matches('^(a+)+$')`]) {
      const { data, errors } = await ask('/Patient/lan/$graphql', `query ($e: String) { n: name(fhirpath: $e) { use } }`, { e: expression });
      expect([data, errors[0].message]).toEqual([undefined, 'the FHIRPath expression takes too long.']);
    }
    const patch = { resourceType: 'Parameters', parameter: [{ name: 'operation', part: [{ name: 'type', valueCode: 'delete' }, { name: 'path', valueString: "Patient.name.use.repeat($this & 'a')" }] }] };
    expect((await fhir('PATCH', '/Patient/lan', patch)).status).toBe(422);
  });

  it('takes each fragment once, so that thirty that double each other cost thirty', async () => {
    const doubling = Array.from({ length: 30 }, (_, i) => `fragment f${i} on Patient { ...f${i + 1} ...f${i + 1} }`).join(' ');
    expect((await ask('/Patient/lan/$graphql', `{ ...f0 ...f0 } ${doubling} fragment f30 on Patient { id }`)).data).toEqual({ id: 'lan' });
  });

  it('answers under any alias, and knows no variables but those that were given', async () => {
    const { status, text } = await fhir('POST', '/Patient/lan/$graphql', '{ __proto__: id constructor: gender }', { 'content-type': 'application/graphql' });
    expect([status, text]).toEqual([200, '{"data":{"__proto__":"lan","constructor":"female"}}']);
    expect((await ask('/Patient/lan/$graphql', 'query ($toString: Boolean!) { id @include(if: $toString) }')).errors[0].message).toContain('$toString needs a value');
    expect((await ask('/Patient/lan/$graphql', 'query ($x: ID!) { id }', { x: null })).errors[0].message).toContain('$x needs a value');
  });

  it('says the same fault of many values a hundred times at most', async () => {
    const { errors } = await ask('/Patient/lan/$graphql', `{ ${Array.from({ length: 150 }, (_, i) => `f${i}`).join(' ')} }`);
    expect(errors).toHaveLength(100);
  });

  it('stops a query that would fill half a million fields, in a second or two', async () => {
    const fields = Array.from({ length: 1_000 }, (_, i) => `a${i}: id`).join(' ');
    const lists = Array.from({ length: 100 }, (_, i) => `l${i}: ObservationList(patient: "lan") { ${i === 0 ? fields : '...f'} }`).join(' ');
    const began = Date.now();
    expect((await ask('/$graphql', `{ ${lists} } fragment f on Observation { ${fields} }`)).errors[0].message).toContain('200000 fields');
    expect(Date.now() - began).toBeLessThan(8_000);
  });
});
