import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Answered, type Client, type Json } from './client.ts';

const ethnicity = 'https://bvsen.vn/fhir/StructureDefinition/ethnicity';
const weight = 'https://bvsen.vn/fhir/StructureDefinition/birth-weight';
let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer({ env: { SEN_REINDEX_LOAD_PERCENT: '100' } });
  fhir = clientOf(server);
  for (const [id, code, grams] of [['lan', 'tay', 2900], ['hoa', 'kinh', 3400], ['mai', 'tay', undefined]] as const) {
    const extension = [{ url: ethnicity, valueCodeableConcept: { coding: [{ system: 'urn:dan-toc', code, display: `Dân tộc ${code}` }] } }, ...(grams === undefined ? [] : [{ url: weight, valueQuantity: { value: grams, system: 'http://unitsofmeasure.org', code: 'g' } }])];
    await put(lan({ id, extension }));
    await put({ resourceType: 'Observation', id: `obs-${id}`, status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${id}` } });
  }
  await put(lan({ id: 'nobody' }));
});
afterAll(() => server.close());

async function put(resource: Json): Promise<void> {
  const { status, text } = await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource);
  if (status > 201) throw new Error(text);
}

const parameter = (id: string, more: object = {}): Json => ({
  resourceType: 'SearchParameter', id, url: `https://bvsen.vn/fhir/SearchParameter/${id}`, name: id.replaceAll('-', ''), status: 'active', description: 'x',
  code: id, base: ['Patient'], type: 'token', expression: `Patient.extension('${ethnicity}').value`, ...more,
});

async function found(query: string): Promise<string[]> {
  const { status, body, text } = await fhir('GET', `/${query}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).filter((entry: Json) => entry.search.mode === 'match').map((entry: Json) => entry.resource.id);
}

async function whole(): Promise<void> {
  const idle = async (): Promise<boolean> => (await fhir('GET', '/$reindex-status')).body.parameter[0].valueCode === 'idle';
  expect(await waitUntil(idle, 20_000, 50)).toBe(true);
}

const define = async (id: string, more: object = {}): Promise<Answered> => {
  const answer = await fhir('PUT', `/SearchParameter/${id}`, parameter(id, more));
  await whole();
  return answer;
};

describe('R4 searchparameter.html: a parameter that is posted is searched by', () => {
  it('says in the Bundle that it is being indexed, finds new resources at once, and those there before when the index is whole', async () => {
    expect((await fhir('GET', '/Patient?ethnicity=tay')).status).toBe(400);
    const { id: _id, ...posted } = parameter('ethnicity');
    const made = await fhir('POST', '/SearchParameter', posted);
    expect(made.status).toBe(201);
    const before = await fhir('GET', '/Patient?ethnicity=tay');
    expect(before.status).toBe(200);
    expect(before.body.entry.map((entry: Json) => entry.search.mode)).toContain('outcome');
    const outcome = before.body.entry.find((entry: Json) => entry.search.mode === 'outcome').resource;
    expect(outcome.issue).toEqual([expect.objectContaining({ severity: 'warning', code: 'incomplete', diagnostics: expect.stringContaining('"ethnicity" of Patient') })]);
    const conditional = await fhir('POST', '/Patient', lan(), { 'if-none-exist': 'ethnicity=tay' });
    expect([conditional.status, issueOf(conditional).details.coding[0]!.code]).toEqual([429, 'record.parameter-being-indexed']);
    await put(lan({ id: 'new', extension: [{ url: ethnicity, valueCodeableConcept: { coding: [{ system: 'urn:dan-toc', code: 'tay' }] } }] }));
    expect(await found('Patient?ethnicity=tay')).toContain('new');
    await whole();
    const after = await fhir('GET', '/Patient?ethnicity=urn:dan-toc|tay');
    expect(after.body.entry.map((entry: Json) => [entry.resource.id, entry.search.mode]).sort()).toEqual([['lan', 'match'], ['mai', 'match'], ['new', 'match']]);
    await fhir('DELETE', '/Patient/new');
    await fhir('DELETE', `/SearchParameter/${made.body.id}`);
    await whole();
    expect((await fhir('GET', '/Patient?ethnicity=tay')).status).toBe(400);
  });

  it('takes modifiers, chains, _has, _sort and :missing as any other', async () => {
    await define('ethnic', { code: 'ethnic' });
    expect((await found('Patient?ethnic:not=tay')).sort()).toEqual(['hoa', 'nobody']);
    expect((await found('Patient?ethnic:text=dan')).sort()).toEqual(['hoa', 'lan', 'mai']);
    expect((await found(`Patient?_filter=${encodeURIComponent('ethnic eq urn:dan-toc|kinh or (ethnic pr false)')}`)).sort()).toEqual(['hoa', 'nobody']);
    expect((await found('Patient?ethnic:missing=true')).sort()).toEqual(['nobody']);
    expect((await found('Patient?ethnic:missing=false')).sort()).toEqual(['hoa', 'lan', 'mai']);
    expect((await found('Observation?subject:Patient.ethnic=tay')).sort()).toEqual(['obs-lan', 'obs-mai']);
    expect(await found('Observation?patient.ethnic=kinh')).toEqual(['obs-hoa']);
    expect(await found('Patient?_sort=ethnic&ethnic:missing=false&_count=1')).toEqual(['hoa']);
    await fhir('DELETE', '/SearchParameter/ethnic');
  });

  it('indexes quantities, and orders by them', async () => {
    await define('birth-weight', { type: 'quantity', expression: `Patient.extension.where(url = '${weight}').value.ofType(Quantity)` });
    expect(await found('Patient?birth-weight=gt3000')).toEqual(['hoa']);
    expect(await found('Patient?birth-weight=lt3000||g')).toEqual(['lan']);
    expect((await found('Patient?_sort=-birth-weight')).slice(0, 2)).toEqual(['hoa', 'lan']);
    await fhir('DELETE', '/SearchParameter/birth-weight');
  });

  it('indexes references, that chains and includes follow', async () => {
    const account = 'https://bvsen.vn/fhir/StructureDefinition/home-ward';
    await put({ resourceType: 'Location', id: 'ward', name: 'Khoa Nội' });
    await put(lan({ id: 'housed', extension: [{ url: account, valueReference: { reference: 'Location/ward' } }] }));
    await define('home-ward', { type: 'reference', target: ['Location'], expression: `Patient.extension('${account}').value as Reference` });
    expect(await found('Patient?home-ward=Location/ward')).toEqual(['housed']);
    expect(await found('Patient?home-ward.name=khoa')).toEqual(['housed']);
    expect(await found('Location?_has:Patient:home-ward:_id=housed')).toEqual(['ward']);
    const { body } = await fhir('GET', '/Patient?_id=housed&_include=Patient:home-ward');
    expect(body.entry.map((entry: Json) => entry.resource.id)).toEqual(['housed', 'ward']);
    await fhir('DELETE', '/SearchParameter/home-ward');
    await fhir('DELETE', '/Patient/housed');
  });

  it('gives a parameter of DomainResource to every type that has the element, though not to a search of all types at once', async () => {
    const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Khoa</div>' };
    await put({ resourceType: 'Location', id: 'told', text });
    await put(lan({ id: 'told', text }));
    expect((await define('narrative', { base: ['DomainResource'], expression: 'DomainResource.text.status' })).status).toBe(201);
    expect(await found('Location?narrative=generated')).toEqual(['told']);
    expect(await found('Patient?narrative=generated')).toEqual(['told']);
    expect((await fhir('GET', '/?_type=Location,Patient&narrative=generated')).body.entry).toHaveLength(2);
    expect((await fhir('GET', '/Binary?narrative=generated')).status).toBe(400);
    expect((await fhir('GET', '/?narrative=generated')).status).toBe(400);
    await fhir('DELETE', '/SearchParameter/narrative');
    await fhir('DELETE', '/Patient/told');
  });

  it('evaluates expressions that are no plain path', async () => {
    await put(lan({ id: 'twice', name: [{ family: 'Trần', use: 'official' }, { family: 'Nguyễn', use: 'maiden' }] }));
    await define('names', { type: 'number', expression: 'Patient.name.count()' });
    expect(await found('Patient?names=gt1')).toEqual(['twice']);
    await define('maiden', { type: 'string', expression: "Patient.name.where(use = 'maiden' and family.exists()).family" });
    expect(await found('Patient?maiden=nguyen')).toEqual(['twice']);
    expect(await found('Patient?maiden:missing=false')).toEqual(['twice']);
    for (const id of ['names', 'maiden']) await fhir('DELETE', `/SearchParameter/${id}`);
  });

  it('makes composites of components that are defined', async () => {
    await put({ resourceType: 'Observation', id: 'pair', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: 'p' }] }, category: [{ coding: [{ code: 'lab' }] }], subject: { reference: 'Patient/lan' } });
    const component = [
      { definition: 'http://hl7.org/fhir/SearchParameter/clinical-code', expression: 'code' },
      { definition: 'http://hl7.org/fhir/SearchParameter/Observation-category', expression: 'category' },
    ];
    expect((await define('code-category', { base: ['Observation'], type: 'composite', expression: 'Observation', component })).status).toBe(201);
    expect(await found('Observation?code-category=p$lab')).toEqual(['pair']);
    expect(await found('Observation?code-category=p$imaging')).toEqual([]);
    await fhir('DELETE', '/SearchParameter/code-category');
  });
});

describe('R4 searchparameter.html: updates and status', () => {
  it('follows an update of the expression, and forgets what the one before found', async () => {
    await define('changing', { type: 'string', expression: 'Patient.name.family' });
    expect((await found('Patient?changing=tran')).length).toBeGreaterThan(3);
    await define('changing', { type: 'string', expression: 'Patient.name.given' });
    expect(await found('Patient?changing=tran')).toEqual([]);
    expect((await found('Patient?changing=lan')).length).toBeGreaterThan(3);
    await fhir('DELETE', '/SearchParameter/changing');
    await whole();
    const { rows } = await server.db.database.query<{ n: string }>({ text: 'select count(*) as n from record.search_parameter' });
    expect(Number(rows[0]?.n)).toBe(0);
  });

  it('takes the rows of a deleted parameter away', async () => {
    await define('fleeting', { type: 'string', expression: `Patient.extension.url` });
    const texts = async (): Promise<number> => Number((await server.db.database.query<{ n: string }>({ text: "select count(*) as n from record.text_value where text like '%https://bvsen.vn/fhir/structuredefinition/ethnicity'" })).rows[0]?.n);
    expect(await texts()).toBe(3);
    await fhir('DELETE', '/SearchParameter/fleeting');
    await whole();
    expect(await texts()).toBe(0);
  });

  it('uses only what is active', async () => {
    await define('asleep', { status: 'draft', expression: 'Patient.nmae' });
    expect((await fhir('GET', '/Patient?asleep=x')).status).toBe(400);
    await define('asleep');
    expect((await found('Patient?asleep=tay')).sort()).toEqual(['lan', 'mai']);
    await define('asleep', { status: 'retired' });
    expect((await fhir('GET', '/Patient?asleep=tay')).status).toBe(400);
  });
});

describe('R4 searchparameter.html: what cannot be searched by is refused', () => {
  it.each([
    ['an element that R4 does not have', { expression: 'Patient.nmae' }, 422, 'record.bad-search-parameter', 'SearchParameter.expression'],
    ['no FHIRPath', { expression: 'Patient.name.(' }, 422, 'record.bad-search-parameter', 'SearchParameter.expression'],
    ['an expression of another type', { expression: 'Observation.code' }, 422, 'record.bad-search-parameter', 'SearchParameter.expression'],
    ['a type that does not fit', { type: 'date', expression: 'Patient.gender' }, 422, 'record.bad-search-parameter', 'SearchParameter.expression'],
    ['no expression', { expression: undefined }, 422, 'record.bad-search-parameter', 'SearchParameter.expression'],
    ['a special one', { type: 'special' }, 422, 'record.bad-search-parameter', 'SearchParameter.type'],
    ['a code that is no name', { code: 'a.b' }, 422, 'record.bad-search-parameter', 'SearchParameter.code'],
    ['a code of R4 with another meaning', { code: 'gender', expression: 'Patient.maritalStatus' }, 409, 'record.standard-search-parameter', 'SearchParameter.code'],
    ['a canonical of R4 with another expression', { url: 'http://hl7.org/fhir/SearchParameter/individual-gender', code: 'gender', expression: 'Patient.contact.gender' }, 409, 'record.standard-search-parameter', 'SearchParameter.code'],
    ['a code of R4 for all types', { base: ['Resource'], code: 'status', expression: 'Resource.meta.tag' }, 409, 'record.standard-search-parameter', 'SearchParameter.code'],
    ['an unknown component', { type: 'composite', expression: 'Patient', component: [{ definition: 'urn:nothing', expression: 'gender' }, { definition: 'urn:nothing', expression: 'active' }] }, 422, 'record.bad-search-parameter', 'SearchParameter.component[0].definition'],
  ])('%s', async (_what, more, status, code, element) => {
    const answer = await fhir('PUT', '/SearchParameter/bad', parameter('bad', more));
    expect([answer.status, issueOf(answer).details.coding[0]!.code, issueOf(answer).expression]).toEqual([status, code, [element]]);
    expect((await fhir('GET', '/SearchParameter/bad')).status).toBe(404);
  });

  it('a second definition of a code', async () => {
    await define('one', { code: 'twofold' });
    const answer = await fhir('PUT', '/SearchParameter/two', parameter('two', { code: 'twofold' }));
    expect([answer.status, issueOf(answer).details.coding[0]!.code]).toEqual([409, 'record.search-parameter-code-taken']);
    await fhir('DELETE', '/SearchParameter/one');
    expect((await define('two', { code: 'twofold' })).status).toBe(201);
    await fhir('DELETE', '/SearchParameter/two');
  });

  it('alone of a batch that is imported; the others are stored', async () => {
    const results = await importResources(server.db.work(), [lan({ id: 'beside' }), parameter('wrong', { expression: 'Patient.nmae' }), parameter('right')]);
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([['beside', 'created'], ['wrong', 'refused'], ['right', 'created']]);
    expect(results[1]!.issues![0]!.expression).toBe('SearchParameter.expression');
    await whole();
    expect((await found('Patient?right=tay')).sort()).toEqual(['lan', 'mai']);
    for (const path of ['SearchParameter/right', 'Patient/beside']) await fhir('DELETE', `/${path}`);
  });

  it('in a transaction, which then stores nothing; and a transaction that is right is followed at once', async () => {
    const entry = (resource: Json) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } });
    const bundle = (...resources: Json[]): Json => ({ resourceType: 'Bundle', type: 'transaction', entry: resources.map(entry) });
    expect((await fhir('POST', '/', bundle(lan({ id: 'never' }), parameter('wrong', { expression: 'Patient.nmae' })))).status).toBe(422);
    expect((await fhir('GET', '/Patient/never')).status).toBe(404);
    expect((await fhir('POST', '/', bundle(parameter('together')))).status).toBe(200);
    expect((await fhir('GET', '/Patient?together=tay')).status).toBe(200);
    await fhir('DELETE', '/SearchParameter/together');
  });

  it('but not what R4 says itself, as packages of profiles repeat it', async () => {
    const standard = parameter('individual-gender', { url: 'http://hl7.org/fhir/SearchParameter/individual-gender', code: 'gender', base: ['Patient', 'Person', 'Practitioner', 'RelatedPerson'], expression: 'Patient.gender | Person.gender | Practitioner.gender | RelatedPerson.gender' });
    expect((await fhir('PUT', '/SearchParameter/individual-gender', standard)).status).toBe(201);
    expect((await fhir('GET', '/Patient?gender=female&_total=accurate')).body.total).toBeGreaterThan(3);
    const { rows } = await server.db.database.query({ text: 'select * from record.search_parameter' });
    expect(rows).toEqual([]);
  });
});

describe('$reindex and $reindex-status', () => {
  it('make rows anew that were lost', async () => {
    await server.db.database.query({ text: "delete from record.text_value; delete from record.range_value; update record.resource set tokens = '{}', present = 0, patient = 0 where type > 0" });
    expect(await found('Patient?name=lan')).toEqual([]);
    const asked = await fhir('POST', '/$reindex', { resourceType: 'Parameters', parameter: [{ name: 'type', valueCode: 'Patient' }, { name: 'type', valueCode: 'Observation' }] });
    expect([asked.status, asked.body.parameter[0]]).toEqual([202, { name: 'state', valueCode: 'running' }]);
    await whole();
    expect((await found('Patient?name=lan')).length).toBeGreaterThan(3);
    expect(await found('Observation?patient=lan')).toContain('obs-lan');
    const { body } = await fhir('GET', '/$reindex-status');
    const patient = body.parameter.find(({ part }: Json) => part?.[0].valueCode === 'Patient').part;
    expect(patient.find(({ name }: Json) => name === 'state').valueCode).toBe('done');
    expect(patient.find(({ name }: Json) => name === 'changed').valueInteger).toBeGreaterThan(3);
    await fhir('POST', '/$reindex', { resourceType: 'Parameters', parameter: [{ name: 'type', valueCode: 'Patient' }] });
    await whole();
    const again = (await fhir('GET', '/$reindex-status')).body.parameter.find(({ part }: Json) => part?.[0].valueCode === 'Patient').part;
    expect(again.find(({ name }: Json) => name === 'changed').valueInteger).toBe(0);
  });

  it('are for administrators, and $reindex is a POST', async () => {
    const nurse = { authorization: `Bearer ${await issueToken(server.db.work(), 'dieuduong', 1)}` };
    const refused = [await fhir('GET', '/$reindex-status', undefined, nurse), await fhir('POST', '/$reindex', { resourceType: 'Parameters' }, nurse)];
    expect(refused.map((answer) => [answer.status, issueOf(answer).details.coding[0]!.code])).toEqual([[403, 'record.operation-not-permitted'], [403, 'record.operation-not-permitted']]);
    expect((await fhir('GET', '/$reindex')).status).toBe(405);
  });

  it('refuse a type that R4 does not have', async () => {
    expect((await fhir('POST', '/$reindex', { resourceType: 'Parameters', parameter: [{ name: 'type', valueCode: 'Patientt' }] })).status).toBe(404);
  });
});

describe('R4 capabilitystatement.html: searchParam.definition', () => {
  it('names custom parameters in /metadata while they are there', async () => {
    await define('shown');
    const named = async (): Promise<Json> => (await fhir('GET', '/metadata')).body.rest[0].resource.find(({ type }: Json) => type === 'Patient').searchParam.find(({ name }: Json) => name === 'shown');
    expect(await named()).toEqual(expect.objectContaining({ name: 'shown', type: 'token', definition: 'https://bvsen.vn/fhir/SearchParameter/shown' }));
    await fhir('DELETE', '/SearchParameter/shown');
    expect(await named()).toBeUndefined();
  });
});
