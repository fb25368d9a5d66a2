import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
const reference = (to: string) => ({ reference: to });
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Lan</div>' };
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const resource of [
    { resourceType: 'Organization', id: 'sen', name: 'Sen', text },
    { resourceType: 'Organization', id: 'khoa', name: 'Khoa', partOf: reference('Organization/sen') },
    { resourceType: 'Organization', id: 'phong', name: 'Phòng', partOf: reference('Organization/khoa') },
    { resourceType: 'Practitioner', id: 'quang', name: [{ family: 'Lê' }] },
    lan({
      id: 'lan', text, active: true, managingOrganization: reference('Organization/khoa'), generalPractitioner: [reference('Practitioner/quang')], photo: [{ url: 'http://bvsen.vn/anh' }],
      contact: [{ name: { family: 'Lê' }, gender: 'male' }], link: [{ other: reference('Patient/hai'), type: 'seealso', extension: [{ url: 'http://bvsen.vn/x', valueBoolean: true }] }], implicitRules: 'http://bvsen.vn/rules',
    }),
    { resourceType: 'Patient', id: 'hai', name: [{ family: 'Lê', given: ['Hải'] }], gender: 'male' },
    { resourceType: 'Basic', id: 'note', code: { text: 'x' }, subject: reference('Specimen/blood'), author: reference('Practitioner/quang') },
    { resourceType: 'Specimen', id: 'blood', subject: reference('Patient/lan') },
    { resourceType: 'Substance', id: 'water', code: { text: 'nước' } },
    {
      resourceType: 'Observation', id: 'bp', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] }, subject: reference('Patient/lan'), focus: [reference('Substance/water'), reference('Basic/note')],
      performer: [reference('Practitioner/quang')], note: [{ text: 'ngồi' }],
      component: [{ code: { coding: [{ code: '8480-6' }] }, valueInteger: 120, interpretation: [{ text: 'cao' }] }],
    },
    { resourceType: 'Questionnaire', id: 'q', status: 'active', title: 'Q' },
    { resourceType: 'Provenance', id: 'p', target: [reference('Observation/bp')], recorded: '2026-01-01T00:00:00Z', agent: [{ who: reference('Practitioner/quang') }] },
    { resourceType: 'List', id: 'today', status: 'current', mode: 'working', entry: [{ item: reference('Patient/hai') }, { item: reference('Observation/bp') }] },
    { resourceType: 'List', id: 'empty', status: 'current', mode: 'working' },
  ]) expect([resource.id, (await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource)).status]).toEqual([resource.id, 201]);
});
afterAll(() => server.close());

async function get(query: string): Promise<Json> {
  const { status, body, text: answer } = await fhir('GET', `/${query}`);
  if (status !== 200) throw new Error(answer);
  return body;
}
const entries = (body: Json, mode: string): string[] =>
  (body.entry ?? []).filter((entry: Json) => entry.search.mode === mode).map((entry: Json) => `${entry.resource.resourceType}/${entry.resource.id}`).sort();
const included = async (query: string): Promise<string[]> => entries(await get(query), 'include');
const matched = async (query: string): Promise<string[]> => entries(await get(query), 'match');
const refusal = async (query: string): Promise<[number, string | undefined]> => {
  const answer = await fhir('GET', `/${query}`);
  return [answer.status, answer.status === 200 ? undefined : issueOf(answer).details.coding[0]?.code];
};

describe('R4 search.html #include: wildcards', () => {
  it('_include=* and Type:* bring all that the matches point to, of any type', async () => {
    const all = ['Basic/note', 'Patient/lan', 'Practitioner/quang', 'Substance/water'];
    expect(await included('Observation?_id=bp&_include=*')).toEqual(all);
    expect(await included('Observation?_id=bp&_include=Observation:*')).toEqual(all);
    expect(await included('Observation?_id=bp&_include=Observation:*:Patient')).toEqual(['Patient/lan']);
    expect(await included('Observation?_id=bp&_include=Observation:focus')).toEqual(['Basic/note', 'Substance/water']);
    expect(await included('Observation?_id=bp&_include=Observation:focus:Substance')).toEqual(['Substance/water']);
  });

  it('_revinclude=* and Type:* bring all that points to the matches', async () => {
    expect(await included('Observation?_id=bp&_revinclude=*')).toEqual(['List/today', 'Provenance/p']);
    expect(await included('Practitioner?_id=quang&_revinclude=Observation:*')).toEqual(['Observation/bp']);
    expect(await included('Practitioner?_id=quang&_revinclude=*')).toEqual(['Basic/note', 'Observation/bp', 'Patient/lan', 'Provenance/p']);
  });

  it(':iterate follows what it brought, each resource once, and never calls a match included', async () => {
    expect(await included('Organization?_id=phong&_include=Organization:partof')).toEqual(['Organization/khoa']);
    expect(await included('Organization?_id=phong&_include:iterate=Organization:partof')).toEqual(['Organization/khoa', 'Organization/sen']);
    expect(await included('Organization?_include:iterate=Organization:partof')).toEqual([]);
    expect(await included('Provenance?_id=p&_include=Provenance:target&_include:iterate=Observation:*&_include:iterate=Patient:organization'))
      .toEqual(['Basic/note', 'Observation/bp', 'Organization/khoa', 'Patient/lan', 'Practitioner/quang', 'Substance/water']);
    expect(await included('Organization?_id=sen&_revinclude:iterate=Organization:partof')).toEqual(['Organization/khoa', 'Organization/phong']);
  });
});

describe('R4 search.html #summary', () => {
  const resource = async (query: string): Promise<Json> => (await get(query)).entry[0].resource;
  const subsetted = [expect.objectContaining({ code: 'SUBSETTED' })];

  it('true: what the definitions mark as summary, in backbone elements too, and what is required', async () => {
    const patient = await resource('Patient?_id=lan&_summary=true');
    expect(Object.keys(patient).sort()).toEqual(['active', 'birthDate', 'gender', 'id', 'implicitRules', 'link', 'managingOrganization', 'meta', 'name', 'resourceType']);
    expect(patient.link).toEqual([{ other: { reference: 'Patient/hai' }, type: 'seealso' }]);
    expect(patient.meta.tag).toEqual(subsetted);
    const observation = await resource('Observation?_id=bp&_summary=true');
    expect(Object.keys(observation)).not.toContain('note');
    expect(observation.component).toEqual([{ code: { coding: [{ code: '8480-6' }] }, valueInteger: 120 }]);
  });

  it('text: narrative, id, meta and what is required; not together with includes', async () => {
    expect(Object.keys(await resource('Patient?_id=lan&_summary=text')).sort()).toEqual(['id', 'implicitRules', 'meta', 'resourceType', 'text']);
    expect(Object.keys(await resource('Observation?_id=bp&_summary=text')).sort()).toEqual(['code', 'id', 'meta', 'resourceType', 'status']);
    expect(await refusal('Observation?_summary=text&_include=*')).toEqual([400, 'record.bad-control']);
  });

  it('data: all but the narrative; false: all; count: the number only', async () => {
    const data = await resource('Patient?_id=lan&_summary=data');
    expect([data.text, data.contact, data.meta.tag]).toEqual([undefined, [{ name: { family: 'Lê' }, gender: 'male' }], subsetted]);
    expect((await resource('Patient?_id=lan&_summary=false')).text).toBeDefined();
    const count = await get('Patient?_summary=count');
    expect([count.total, count.entry, count.link.map((link: Json) => link.relation)]).toEqual([2, undefined, ['self']]);
    expect(await refusal('Patient?_summary=some')).toEqual([400, 'record.bad-control']);
  });

  it('shortens a read as it shortens a search', async () => {
    expect(Object.keys((await fhir('GET', '/Patient/lan?_summary=text')).body).sort()).toEqual(['id', 'implicitRules', 'meta', 'resourceType', 'text']);
  });
});

describe('R4 search.html #elements', () => {
  it('gives the elements named, what is required, and what must not be missed', async () => {
    const [observation] = (await get('Observation?_id=bp&_elements=value,component')).entry.map((entry: Json) => entry.resource);
    expect(Object.keys(observation).sort()).toEqual(['code', 'component', 'id', 'meta', 'resourceType', 'status']);
    const bundle = await get('Patient?_id=lan&_elements=Patient.name,Organization.name&_include=Patient:organization');
    expect(bundle.entry.map((entry: Json) => Object.keys(entry.resource).sort())).toEqual([['id', 'implicitRules', 'meta', 'name', 'resourceType'], ['id', 'meta', 'name', 'resourceType']]);
  });
});

describe('R4 search.html #total, #count', () => {
  it('counts when asked for an accurate total; an estimate of few is exact', async () => {
    expect((await get('Organization?_count=1')).total).toBeUndefined();
    expect((await get('Organization?_count=1&_total=none')).total).toBeUndefined();
    expect((await get('Organization?_count=1&_total=accurate')).total).toBe(3);
    expect((await get('Organization?_count=1&_total=estimate&name=ph')).total).toBe(1);
    expect(await refusal('Organization?_total=about')).toEqual([400, 'record.bad-control']);
  });

  it('estimates many from the planner', async () => {
    const entry = Array.from({ length: 1200 }, (_, i) => ({ request: { method: 'PUT', url: `CareTeam/f${i}` }, resource: { resourceType: 'CareTeam', id: `f${i}`, status: i % 2 === 0 ? 'active' : 'inactive', subject: reference('Patient/lan') } }));
    expect((await fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(200);
    await server.db.database.query({ text: 'analyze record.resource_other' });
    const { total } = await get('CareTeam?_count=1&_total=estimate');
    expect(total).toBeGreaterThan(900);
    expect(total).toBeLessThan(1500);
    expect((await get('CareTeam?_summary=count&_total=accurate')).total).toBe(1200);
  });

  it('takes _count=0 as _summary=count', async () => {
    const body = await get('Organization?_count=0');
    expect([body.total, body.entry, body.link.length]).toEqual([3, undefined, 1]);
  });
});

describe('R4 search.html #sort: several keys, of any type, whatever matches', () => {
  it('sorts by a code, then by others, through pages, beyond what is read at once', async () => {
    expect((await get('CareTeam?_sort=status,-_id&_count=3')).entry.map((entry: Json) => entry.resource.id)).toEqual(['f998', 'f996', 'f994']);
    const seen: string[] = [];
    let next: string | undefined = 'CareTeam?_sort=-status,_id&_count=500';
    while (next !== undefined) {
      const body: Json = await get(next);
      seen.push(...body.entry.map((entry: Json) => `${entry.resource.status} ${entry.resource.id}`));
      next = body.link.find((link: Json) => link.relation === 'next')?.url.split('/R4/')[1];
    }
    expect(seen).toHaveLength(1200);
    const expected = Array.from({ length: 1200 }, (_, i) => [i % 2 === 0 ? 'active' : 'inactive', `f${i}`] as const).sort((a, b) => (a[0] === b[0] ? (a[1] < b[1] ? -1 : 1) : a[0] < b[0] ? 1 : -1));
    expect(seen).toEqual(expected.map(([status, id]) => `${status} ${id}`));
  });

  it('puts last what has no value, and refuses an order that has no meaning', async () => {
    expect((await get('Organization?_sort=partof')).entry.map((entry: Json) => entry.resource.id)).toEqual(['phong', 'khoa', 'sen']);
    expect((await get('Organization?_sort=-partof')).entry.map((entry: Json) => entry.resource.id)).toEqual(['khoa', 'phong', 'sen']);
    expect(await refusal('Observation?_sort=code-value-quantity')).toEqual([400, 'record.bad-control']);
  });
});

describe('R4 search.html, special parameters: _list', () => {
  it('finds what a List names, by type, on several types and on all', async () => {
    expect(await matched('Patient?_list=today')).toEqual(['Patient/hai']);
    expect(await matched('Patient?_list=List/today&gender=female')).toEqual([]);
    expect(await matched('?_list=today')).toEqual(['Observation/bp', 'Patient/hai']);
    expect(await matched('?_list=today&_type=Observation,Organization')).toEqual(['Observation/bp']);
    expect(await matched('Patient?_list=empty,today')).toEqual(['Patient/hai']);
    expect(await matched('Patient?_list=nowhere')).toEqual([]);
    expect(await matched('?_list=nowhere')).toEqual([]);
  });

  it('refuses functional lists, modifiers and what is no id', async () => {
    expect(await refusal('AllergyIntolerance?patient=lan&_list=$current-allergies')).toEqual([400, 'record.functional-list']);
    expect(await refusal('Patient?_list:not=today')).toEqual([400, 'record.bad-modifier']);
    expect(await refusal('Patient?_list=a/b')).toEqual([400, 'record.bad-value']);
  });
});

describe('R4 search.html: _type, _contained', () => {
  it('takes on a typed search only the type itself', async () => {
    expect(await matched('Organization?_type=Organization&name=sen')).toEqual(['Organization/sen']);
    expect(await refusal('Organization?_type=Patient')).toEqual([400, 'record.bad-control']);
    expect(await refusal('?_type=Nope')).toEqual([400, 'record.bad-control']);
  });

  it('takes _contained=false, and says why it does not take the others', async () => {
    expect(await matched('Organization?_contained=false&_containedType=container&name=sen')).toEqual(['Organization/sen']);
    expect(await refusal('Organization?_contained=true')).toEqual([400, 'record.contained-search']);
    expect(await refusal('Organization?_contained=both&_containedType=contained')).toEqual([400, 'record.contained-search']);
    expect(await refusal('Organization?_contained=maybe')).toEqual([400, 'record.bad-control']);
  });
});

describe('R4 http.html §3.1.0.12 history: counted', () => {
  it('answers _count=0 and _summary=count by the number of versions, within _since and _at', async () => {
    await fhir('PUT', '/Practitioner/quang', { resourceType: 'Practitioner', id: 'quang', name: [{ family: 'Lê' }], active: true });
    for (const query of ['_count=0', '_summary=count', '_count=0&_since=2020', '_count=0&_at=2020']) {
      const body = await get(`Practitioner/quang/_history?${query}`);
      expect([query, body.type, body.total, body.entry]).toEqual([query, 'history', query.includes('_at') ? 0 : 2, undefined]);
    }
    expect((await get('Practitioner/_history?_count=0')).total).toBe(2);
    expect((await get('Practitioner/_history?_count=0&_since=2999')).total).toBe(0);
    expect((await get('_history?_count=0&_at=2999')).total).toBeGreaterThan(1200);
    expect((await fhir('GET', '/Practitioner/nobody/_history?_count=0')).status).toBe(404);
  });
});

describe('_explain=true', () => {
  it('tells an administrator statements, plans and times, and no value of the search', async () => {
    const body = await get('Patient?family=bímật&birthdate=ge1988-02-14&organization.name=khoa&_include=Patient:organization&_sort=gender&_explain=true');
    expect(body.resourceType).toBe('Parameters');
    const first = body.parameter.find(({ part: [sql] }: Json) => sql.valueString.startsWith('select r.type'));
    const part = (name: string): Json => first.part.find((one: Json) => one.name === name);
    expect(part('sql').valueString).toMatch(/^select r\.type/);
    expect(first.part.filter((one: Json) => one.name === 'parameter').map((one: Json) => one.valueString)).toContain('$1 text');
    expect(JSON.parse(part('plan').valueString).Plan['Node Type']).toEqual(expect.any(String));
    expect(part('executionMs').valueDecimal).toBeGreaterThan(0);
    const told = JSON.stringify(body);
    for (const secret of ['bimat', 'bímật', '1988', '571', 'khoa']) expect([secret, told.includes(secret)]).toEqual([secret, false]);
    expect(first.part.filter((one: Json) => one.name === 'plan').map((one: Json) => one.valueString).join()).not.toMatch(/-?\d{15,}/);
  });

  it('tells of a count, of includes, and of an order made from all matches', async () => {
    const texts = async (query: string): Promise<string[]> => (await get(query)).parameter.map((one: Json) => one.part[0].valueString);
    expect((await texts('Patient?_summary=count&_explain=true'))[0]).toContain('count(*)');
    expect((await texts('Patient?_id=lan&_include=Patient:organization&_explain=true')).length).toBe(2);
    expect((await texts('CareTeam?_sort=status&_explain=true')).length).toBe(2);
  });

  it('is forbidden to everyone else', async () => {
    const doctor = await issueToken(server.db.work(), 'bacsi', 1);
    const answer = await fhir('GET', '/Patient?_explain=true', undefined, { authorization: `Bearer ${doctor}` });
    expect([answer.status, issueOf(answer).details.coding[0]?.code]).toEqual([403, 'record.explain-forbidden']);
    expect((await fhir('GET', '/Patient?_explain=false', undefined, { authorization: `Bearer ${doctor}` })).status).toBe(200);
  });
});
