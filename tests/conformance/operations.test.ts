import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateResource } from '@sen/fhir';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, glucose, issueOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Organization/sen', { resourceType: 'Organization', id: 'sen', name: 'Sen' });
  await fhir('PUT', '/Practitioner/hung', { resourceType: 'Practitioner', id: 'hung', name: [{ text: 'BS Hùng' }] });
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan', managingOrganization: { reference: 'Organization/sen' } }));
});
afterAll(() => server.close());

const idsOf = (bundle: Json): string[] => (bundle.entry ?? []).map(({ resource }: Json) => resource.id);

describe('R4 observation-operation-lastn.html: Observation/$lastn', () => {
  beforeAll(async () => {
    const category = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }];
    for (const n of [1, 2, 3]) await fhir('PUT', `/Observation/g${n}`, { ...glucose('Patient/lan', n, `2026-01-0${n}`), id: `g${n}`, category });
    const local = { coding: [{ system: 'http://bvsen.vn/xn', code: 'GLU' }, { system: 'http://loinc.org', code: '2345-7' }] };
    await fhir('PUT', '/Observation/g4', { ...glucose('Patient/lan', 4, '2026-01-04'), id: 'g4', code: local, category });
    await fhir('PUT', '/Observation/wrong', { ...glucose('Patient/lan', 9, '2026-01-09'), id: 'wrong', status: 'entered-in-error', category });
    await fhir('PUT', '/Observation/k1', { ...glucose('Patient/lan', 4, '2026-01-02'), id: 'k1', code: { text: 'Kali' }, category });
    await fhir('PUT', '/Observation/other', { ...glucose('Patient/other', 4, '2026-01-02'), id: 'other', category });
  });

  it('gives the newest of each code, taking codes that share a coding for one, and leaving out what was entered in error', async () => {
    const { status, body } = await fhir('GET', '/Observation/$lastn?patient=Patient/lan&category=laboratory');
    expect([status, body.type, idsOf(body)]).toEqual([200, 'searchset', ['g4', 'k1']]);
    expect(idsOf((await fhir('GET', '/Observation/$lastn?subject=Patient/lan&category=laboratory&max=2')).body)).toEqual(['g4', 'g3', 'k1']);
    expect(idsOf((await fhir('GET', '/Observation/$lastn?patient=lan&code=http://loinc.org|2345-7&date=lt2026-01-03&max=3')).body)).toEqual(['g2', 'g1']);
    const posted = await fhir('POST', '/Observation/$lastn', { resourceType: 'Parameters', parameter: [{ name: 'max', valuePositiveInt: 1 }, { name: 'patient', valueUri: 'Patient/lan' }, { name: 'category', valueString: 'laboratory' }] });
    expect(idsOf(posted.body)).toEqual(['g4', 'k1']);
  });

  it('keeps subjects apart, and makes one kind of two codes that an older Observation ties together', async () => {
    await fhir('PUT', '/Observation/other2', { ...glucose('Patient/other', 5, '2026-01-03'), id: 'other2' });
    expect(idsOf((await fhir('GET', '/Observation/$lastn?subject=Patient/lan,Patient/other&code=http://loinc.org|2345-7')).body)).toEqual(['g4', 'other2']);
    const coded = (id: string, day: string, ...codes: string[]) => fhir('PUT', `/Observation/${id}`, { ...glucose('Patient/tied', 1, day), id, code: { coding: codes.map((code) => ({ system: 'http://x', code })) } });
    await coded('t1', '2026-01-01', 'a', 'b');
    await coded('t2', '2026-01-02', 'b');
    await coded('t3', '2026-01-03', 'a');
    const query = '/Observation/$lastn?patient=tied&code=http://x|a,http://x|b';
    expect([idsOf((await fhir('GET', query)).body), idsOf((await fhir('GET', `${query}&max=2`)).body)]).toEqual([['t3'], ['t3', 't2']]);
    expect(Object.keys((await fhir('GET', `${query}&_elements=status`)).body.entry[0].resource)).toEqual(expect.not.arrayContaining(['valueQuantity']));
    expect((await fhir('GET', `${query}&_include=Observation:patient`)).status).toBe(400);
  });

  it('refuses a question without patient, without category or code, and a bad max', async () => {
    for (const query of ['category=laboratory', 'patient=lan', 'patient=lan&code=x&max=0', 'patient=lan&code=x&colour=red']) expect([query, (await fhir('GET', `/Observation/$lastn?${query}`)).status]).toEqual([query, 400]);
  });
});

describe('R4 composition-operation-document.html: Composition/$document', () => {
  const composition = (more: object = {}): Json => ({
    resourceType: 'Composition', id: 'c', status: 'final', type: { text: 'Giấy ra viện' }, date: '2026-01-05', title: 'Giấy ra viện', subject: { reference: 'Patient/lan' },
    author: [{ reference: 'Practitioner/hung' }], section: [{ title: 'Xét nghiệm', entry: [{ reference: 'Observation/g1' }], section: [{ title: 'Sâu hơn', entry: [{ reference: 'Observation/k1' }] }] }], ...more,
  });

  it('bundles the Composition first, all that it refers to, and the places and people behind these', async () => {
    await fhir('PUT', '/Composition/c', composition());
    const { status, body } = await fhir('GET', '/Composition/c/$document');
    expect([status, body.type, validateResource(body)]).toEqual([200, 'document', []]);
    expect(body.entry[0].resource.resourceType).toBe('Composition');
    expect(idsOf(body).sort()).toEqual(['c', 'g1', 'hung', 'k1', 'lan', 'sen']);
    expect(body.entry.every(({ fullUrl, resource }: Json) => fullUrl.endsWith(`/${resource.resourceType}/${resource.id}`))).toBe(true);
    expect((await fhir('GET', '/Composition/$document?id=Composition/c')).body.entry).toHaveLength(6);
  });

  it('stores the document when asked, by POST only', async () => {
    const made = await fhir('POST', '/Composition/c/$document', { resourceType: 'Parameters', parameter: [{ name: 'persist', valueBoolean: true }] });
    expect([made.status, made.body.type]).toEqual([201, 'document']);
    expect((await fhir('GET', `/Bundle/${made.body.id}`)).body.entry).toHaveLength(6);
    expect((await fhir('GET', '/Composition/c/$document?persist=true')).status).toBe(405);
  });

  it('refuses a Composition that refers to what is not here, and one that is not here', async () => {
    await fhir('PUT', '/Composition/broken', composition({ id: 'broken', author: [{ reference: 'Practitioner/nobody' }] }));
    const refused = await fhir('GET', '/Composition/broken/$document');
    expect([refused.status, issueOf(refused).diagnostics]).toEqual([422, expect.stringContaining('Practitioner/nobody')]);
    expect((await fhir('GET', '/Composition/nobody/$document')).status).toBe(404);
    expect((await fhir('GET', '/Composition/$document?id=http://elsewhere.example/fhir/Composition/c')).status).toBe(400);
    expect((await fhir('GET', '/Composition/c/$document?graph=http://x/g')).status).toBe(400);
    await fhir('PUT', '/Composition/huge', composition({ id: 'huge', section: [{ title: 'x', entry: Array.from({ length: 5100 }, (_, i) => ({ reference: `Observation/n${i}` })) }] }));
    expect((await fhir('GET', '/Composition/huge/$document')).body.issue[0]).toMatchObject({ code: 'too-costly', details: { coding: [{ code: 'record.document-too-large' }] } });
  });
});

describe('R4 resource-operation-meta.html: $meta, $meta-add, $meta-delete', () => {
  it('tells, adds and takes away profiles, tags and security labels, each once', async () => {
    await fhir('PUT', '/Basic/labelled', { resourceType: 'Basic', id: 'labelled', meta: { tag: [{ system: 'http://x', code: 'old' }] }, code: { text: 'x' } });
    const ask = async (method: string, operation: string, meta?: object) => {
      const { status, body } = await fhir(method, `/Basic/labelled/${operation}`, meta === undefined ? undefined : { resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: meta }] });
      return [status, body.parameter?.[0]?.valueMeta];
    };
    expect(await ask('GET', '$meta')).toEqual([200, expect.objectContaining({ versionId: '1', tag: [{ system: 'http://x', code: 'old' }] })]);
    const added = { tag: [{ system: 'http://x', code: 'old' }, { system: 'http://x', code: 'new' }], security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
    expect(await ask('POST', '$meta-add', added)).toEqual([200, expect.objectContaining({ versionId: '2', ...added })]);
    const [status, meta] = await ask('POST', '$meta-delete', { tag: added.tag });
    expect([status, meta.versionId, meta.tag, meta.security]).toEqual([200, '3', undefined, added.security]);
    expect((await fhir('GET', '/Basic?_security=R')).body.total).toBe(1);
    expect((await ask('GET', '$meta-add'))[0]).toBe(405);
    expect((await fhir('GET', '/Basic/nobody/$meta')).status).toBe(404);
  });
});

describe('R4 bundle.html: operations inside a batch', () => {
  it('answers GET and POST operations as their addresses would', async () => {
    const { body } = await fhir('POST', '/', {
      resourceType: 'Bundle', type: 'batch',
      entry: [
        { request: { method: 'GET', url: 'Observation/$lastn?patient=lan&category=laboratory' } },
        { resource: { resourceType: 'Parameters', parameter: [{ name: 'patient', valueString: 'lan' }, { name: 'category', valueString: 'laboratory' }] }, request: { method: 'POST', url: 'Observation/$lastn' } },
        { request: { method: 'GET', url: 'Patient/lan/$graphql?query={id}' } },
      ],
    });
    expect(body.entry.map(({ response }: Json) => response.status)).toEqual(['200 OK', '200 OK', '501 Not Implemented']);
    expect([idsOf(body.entry[0].resource), idsOf(body.entry[1].resource)]).toEqual([['g4', 'k1'], ['g4', 'k1']]);
  });
});

describe('R4 operations.html §3.2.0: how an operation is asked', () => {
  it('does nothing for who cannot read the answer, and tells who asks by GET what it takes', async () => {
    const versions = async () => (await fhir('GET', '/Bundle?_summary=count')).body.total as number;
    const before = await versions();
    const persist = { resourceType: 'Parameters', parameter: [{ name: 'persist', valueBoolean: true }] };
    expect((await fhir('POST', '/Composition/c/$document', persist, { accept: 'text/turtle' })).status).toBe(406);
    expect(await versions()).toBe(before);
    for (const [method, path] of [['GET', '/Composition/c/$document?persist=true'], ['GET', '/$reindex'], ['HEAD', '/$reindex']] as const) {
      const refused = await fhir(method, path);
      expect([path, refused.status, refused.headers.get('allow')]).toEqual([path, 405, 'POST']);
    }
    expect((await fhir('POST', '/Patient/lan/$graphql', '{id}', { 'content-type': 'application/graphql', accept: 'application/graphql-response+json' })).status).toBe(200);
  });
});

describe('R4 resource-operation-meta-add.html: labels that are no labels', () => {
  it('are refused, and those that are there already make no new version', async () => {
    const add = (valueMeta: unknown) => fhir('POST', '/Patient/lan/$meta-add', { resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta }] });
    for (const wrong of ['x', null, [], { profile: 'http://x' }, { tag: [null] }, { tag: { code: 'a' } }, { colour: 'red' }]) expect([wrong, (await add(wrong)).status]).toEqual([wrong, 400]);
    const labels = { tag: [{ system: 'http://x', code: 'a' }, { system: 'http://x', code: 'b' }] };
    const once = (await add(labels)).body.parameter[0].valueMeta;
    const twice = (await add({ tag: [labels.tag[0]] })).body.parameter[0].valueMeta;
    expect([once.tag, twice]).toEqual([labels.tag, once]);
  });
});
