import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, glucose, issueOf, lan, numbered, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
});
afterAll(() => server.close());

const bundle = (...entry: object[]) => ({ resourceType: 'Bundle', type: 'transaction', entry });
const post = (resource: Json, fullUrl?: string, more: object = {}) => ({ ...(fullUrl === undefined ? {} : { fullUrl }), resource, request: { method: 'POST', url: resource.resourceType, ...more } });
const put = (resource: Json, more: object = {}) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...more } });
const statuses = (body: Json) => body.entry.map((entry: Json) => entry.response.status);
const idOf = (entry: Json) => entry.response.location.split('/')[1];
const read = async (entry: Json) => (await fhir('GET', `/${entry.response.location}`)).body;

describe('R4 http.html §3.1.0.11.2 transaction', () => {
  it('does every entry and answers in the order of the request', async () => {
    await fhir('PUT', '/Patient/t-old', lan({ id: 't-old' }));
    const { status, body } = await fhir('POST', '', bundle(
      { request: { method: 'GET', url: 'Patient/t-new' } },
      put(lan({ id: 't-new' })),
      post(lan()),
      { request: { method: 'DELETE', url: 'Patient/t-old' } },
      { request: { method: 'GET', url: 'Patient?_id=t-new&_summary=count' } },
      { request: { method: 'HEAD', url: 'Patient/t-new' } },
    ));
    expect([status, body.type]).toEqual([200, 'transaction-response']);
    expect(statuses(body)).toEqual(['200 OK', '201 Created', '201 Created', '204 No Content', '200 OK', '200 OK']);
    expect(body.entry[0].resource.id).toBe('t-new');
    expect(body.entry[1].response).toMatchObject({ location: 'Patient/t-new/_history/1', etag: 'W/"1"' });
    expect(body.entry[4].resource.total).toBe(1);
    expect(body.entry[5].resource).toBeUndefined();
    expect((await fhir('GET', '/Patient/t-old')).status).toBe(410);
  });

  it('resolves links by fullUrl everywhere: references, contained, extensions, uri elements and narrative, both ways', async () => {
    const [p, o, g] = ['urn:uuid:6a6b1a4e-2f4a-4d0c-9a0f-000000000001', 'urn:uuid:6a6b1a4e-2f4a-4d0c-9a0f-000000000002', 'urn:oid:1.2.3.4'];
    const patient = lan({
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${o}">glucose</a></div>` },
      extension: [{ url: 'http://bvsen.vn/last', valueReference: { reference: o } }, { url: 'http://bvsen.vn/uri', valueUri: o }],
      _birthDate: { extension: [{ url: 'http://bvsen.vn/seen', valueReference: { reference: o } }, { url: 'http://bvsen.vn/first', valueReference: { reference: '#c' } }] },
      contained: [{ resourceType: 'Observation', id: 'c', status: 'final', code: { text: o }, subject: { reference: p } }],
      generalPractitioner: [{ reference: g }], identifier: [{ system: 'urn:ietf:rfc:3986', value: p }],
    });
    const { status, body } = await fhir('POST', '', bundle(
      post(patient, p),
      post(glucose(p, 6.1, '2026-01-05'), o),
      post({ resourceType: 'Organization', name: 'Phòng khám Sen' }, g),
    ));
    expect(status).toBe(200);
    const [stored, observation] = [await read(body.entry[0]), await read(body.entry[1])];
    const [patientRef, observationRef] = [`Patient/${idOf(body.entry[0])}`, `Observation/${idOf(body.entry[1])}`];
    expect(observation.subject.reference).toBe(patientRef);
    expect(stored.text.div).toContain(`<a href="${observationRef}">`);
    expect(stored.extension).toEqual([{ url: 'http://bvsen.vn/last', valueReference: { reference: observationRef } }, { url: 'http://bvsen.vn/uri', valueUri: observationRef }]);
    expect(stored._birthDate.extension[0].valueReference.reference).toBe(observationRef);
    expect(stored.contained[0]).toMatchObject({ subject: { reference: patientRef }, code: { text: o } });
    expect(stored.generalPractitioner[0].reference).toBe(`Organization/${idOf(body.entry[2])}`);
    expect(stored.identifier[0].value).toBe(p); // a string, no link
    expect((await fhir('GET', `/Observation?subject=${patientRef}`)).body.total).toBe(1);
  });

  it('resolves relative links below the root of a fullUrl (bundle.html §2.36.4.1)', async () => {
    const root = 'http://elsewhere.example/fhir';
    const { body } = await fhir('POST', '', bundle(
      post(lan({ id: '23' }), `${root}/Patient/23`),
      post(glucose('Patient/23', 5, '2026-01-06'), `${root}/Observation/7`),
      post(glucose(`${root}/Patient/23`, 5, '2026-01-06'), `${root}/Observation/8`),
      post(glucose('Patient/23', 5, '2026-01-06'), 'http://third.example/fhir/Observation/9'),
    ));
    const subjects = await Promise.all(body.entry.slice(1).map(async (entry: Json) => (await read(entry)).subject.reference));
    expect(subjects).toEqual([`Patient/${idOf(body.entry[0])}`, `Patient/${idOf(body.entry[0])}`, 'Patient/23']);
  });

  it('resolves conditional references against what is there, and against what it makes itself', async () => {
    await fhir('PUT', '/Patient/t-known', lan({ id: 't-known', ...numbered('t-known') }));
    const { status, body } = await fhir('POST', '', bundle(
      post(glucose('Patient?identifier=http://bvsen.vn/ma-benh-nhan|t-known', 5, '2026-01-07')),
      post(glucose('Patient?identifier=http://bvsen.vn/ma-benh-nhan|t-made', 5, '2026-01-07')),
      post(lan(numbered('t-made')), 'urn:uuid:6a6b1a4e-2f4a-4d0c-9a0f-000000000009'),
    ));
    expect(status).toBe(200);
    expect((await read(body.entry[0])).subject.reference).toBe('Patient/t-known');
    expect((await read(body.entry[1])).subject.reference).toBe(`Patient/${idOf(body.entry[2])}`);
  });

  it('refuses all with 412 when a conditional reference selects none or several', async () => {
    for (const value of ['t-nobody', 't-known,t-made']) {
      const answered = await fhir('POST', '', bundle(post(lan(numbered('t-lost'))), post(glucose(`Patient?identifier=${value}`, 5, '2026-01-07'))));
      expect([answered.status, issueOf(answered).expression]).toEqual([412, ['Bundle.entry[1]']]);
    }
    expect((await fhir('GET', '/Patient?identifier=t-lost')).body.total).toBe(0);
  });

  it('does conditional creates, updates, patches and deletes', async () => {
    await fhir('PUT', '/Patient/t-c1', lan({ id: 't-c1', ...numbered('t-c1') }));
    await fhir('PUT', '/Patient/t-c2', lan({ id: 't-c2', ...numbered('t-c2') }));
    await fhir('PUT', '/Patient/t-c3', lan({ id: 't-c3', ...numbered('t-c3') }));
    await fhir('PUT', '/Patient/t-c4', lan({ id: 't-c4', ...numbered('t-c4') }));
    const patch = Buffer.from('[{"op":"add","path":"/active","value":true}]').toString('base64');
    const { status, body } = await fhir('POST', '', bundle(
      post(lan(numbered('t-c1')), 'urn:uuid:6a6b1a4e-2f4a-4d0c-9a0f-00000000000a', { ifNoneExist: 'identifier=t-c1' }),
      post(lan(numbered('t-c5')), 'urn:uuid:6a6b1a4e-2f4a-4d0c-9a0f-00000000000b', { ifNoneExist: 'identifier=t-c5' }),
      post(lan(numbered('t-c5')), 'urn:uuid:6a6b1a4e-2f4a-4d0c-9a0f-00000000000c', { ifNoneExist: 'identifier=t-c5' }),
      { resource: lan({ ...numbered('t-c2'), active: true }), request: { method: 'PUT', url: 'Patient?identifier=t-c2' } },
      { resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data: patch }, request: { method: 'PATCH', url: 'Patient/t-c3' } },
      { request: { method: 'DELETE', url: 'Patient?identifier=t-c4' } },
      { request: { method: 'DELETE', url: 'Patient?identifier=t-none' } },
      post(glucose('urn:uuid:6a6b1a4e-2f4a-4d0c-9a0f-00000000000a', 5, '2026-01-08')),
    ));
    expect(status).toBe(200);
    expect(statuses(body)).toEqual(['200 OK', '201 Created', '200 OK', '200 OK', '200 OK', '204 No Content', '204 No Content', '201 Created']);
    expect(body.entry[0].response.location).toBe('Patient/t-c1/_history/1');
    expect(body.entry[2].response.location).toBe(body.entry[1].response.location);
    expect([body.entry[3].response.etag, body.entry[4].response.etag]).toEqual(['W/"2"', 'W/"2"']);
    expect((await read(body.entry[4])).active).toBe(true);
    expect((await read(body.entry[7])).subject.reference).toBe('Patient/t-c1');
    expect((await fhir('GET', '/Patient/t-c4')).status).toBe(410);
    expect((await fhir('GET', '/Patient?identifier=t-c5')).body.total).toBe(1);
  });

  it('is all or nothing: one bad entry, and nothing is stored; the answer names the entry', async () => {
    const cases: [object, number][] = [
      [post({ resourceType: 'Patient', gender: 'xx' }), 400],
      [put(lan({ id: 't-stale' }), { ifMatch: 'W/"5"' }), 412],
      [{ request: { method: 'GET', url: 'Patient/t-never' } }, 404],
      [{ request: { method: 'GET', url: 'Patient?nam=x' } }, 400],
      [{ resource: { resourceType: 'Parameters' }, request: { method: 'PATCH', url: 'Patient/t-never' } }, 404],
      [post(lan(), undefined, { url: 'Patent' }), 404],
      [{ resource: lan() }, 400],
    ];
    for (const [entry, status] of cases) {
      const answered = await fhir('POST', '', bundle(post(lan(numbered('t-all'))), put(lan({ id: 't-all' })), entry));
      expect([answered.status, answered.body.resourceType]).toEqual([status, 'OperationOutcome']);
      expect(issueOf(answered).expression?.[0]).toMatch(/^Bundle\.entry\[2\]/);
    }
    expect((await fhir('GET', '/Patient?identifier=t-all')).body.total).toBe(0);
    expect((await fhir('GET', '/Patient/t-all')).status).toBe(404);
  });

  it('refuses two writes of one resource, and two equal fullUrls, with 400', async () => {
    await fhir('PUT', '/Patient/t-twice', lan({ id: 't-twice', ...numbered('t-twice') }));
    const first = put(lan({ id: 't-twice', active: true }));
    const others = [put(lan({ id: 't-twice', active: false })), { request: { method: 'DELETE', url: 'Patient/t-twice' } }, { resource: lan(), request: { method: 'PUT', url: 'Patient?identifier=t-twice' } }];
    for (const other of others) expect((await fhir('POST', '', bundle(first, other))).status).toBe(400);
    expect((await fhir('POST', '', bundle(post(lan(), 'urn:uuid:x'), post(lan(), 'urn:uuid:x')))).status).toBe(400);
    expect((await fhir('GET', '/Patient/t-twice')).headers.get('etag')).toBe('W/"1"');
  });

  it('gives the resources to those who prefer them', async () => {
    const { body } = await fhir('POST', '', bundle(post(lan())), { prefer: 'return=representation' });
    expect(body.entry[0].resource.name[0].family).toBe('Trần');
    const told = await fhir('POST', '', bundle(post(lan())), { prefer: 'return=OperationOutcome' });
    expect(told.body.entry[0].response.outcome.issue[0].severity).toBe('information');
  });

  it('takes a thousand entries at once', async () => {
    const entries = Array.from({ length: 1000 }, (_, i) => post(glucose('urn:uuid:p', i, '2026-02-01')));
    const { status, body } = await fhir('POST', '', bundle(post(lan(), 'urn:uuid:p'), ...entries));
    expect([status, body.entry.length]).toEqual([200, 1001]);
    expect((await fhir('GET', `/Observation?subject=Patient/${idOf(body.entry[0])}&_summary=count`)).body.total).toBe(1000);
  });
});

describe('R4 http.html §3.1.0.11.1 batch', () => {
  it('does each entry alone, and tells each its own outcome', async () => {
    await fhir('PUT', '/Patient/b-old', lan({ id: 'b-old' }));
    const { status, body } = await fhir('POST', '', { ...bundle(
      post(lan()),
      post({ resourceType: 'Patient', gender: 'xx' }),
      put(lan({ id: 'b-new' })),
      put(lan({ id: 'b-old', active: true }), { ifMatch: 'W/"9"' }),
      put(lan({ id: 'b-old', active: true })),
      { request: { method: 'DELETE', url: 'Patient/b-never' } },
      { request: { method: 'GET', url: 'Patient/b-nobody' } },
      { request: { method: 'GET', url: 'Patient/b-new' } },
      { request: { method: 'DANCE', url: 'Patient' } },
      post(glucose('Patient?identifier=x', 5, '2026-01-01')),
      { request: { method: 'POST', url: 'Patient/_search?_id=b-new' } },
    ), type: 'batch' });
    expect([status, body.type]).toEqual([200, 'batch-response']);
    expect(statuses(body).map((text: string) => Number(text.slice(0, 3)))).toEqual([201, 400, 201, 412, 200, 204, 404, 200, 400, 400, 200]);
    expect(body.entry[1].response.outcome.issue[0].expression).toEqual(['Bundle.entry[1].resource.gender']);
    expect(body.entry[10].resource.total).toBe(1);
    expect((await fhir('GET', '/Patient/b-old')).body.active).toBe(true);
  });

  it('keeps what is good of a group when one entry loses to the database', async () => {
    const { body } = await fhir('POST', '', { ...bundle(put(lan({ id: 'b-1' })), put(lan({ id: 'b-1', active: true })), put(lan({ id: 'b-2' }))), type: 'batch' });
    expect(statuses(body)).toEqual(['201 Created', '200 OK', '201 Created']);
    expect((await fhir('GET', '/Patient/b-1')).headers.get('etag')).toBe('W/"2"');
  });

  it('does conditional creates together: finds, makes, tells twins apart from strangers', async () => {
    await fhir('PUT', '/Patient/bc-1', lan({ id: 'bc-1', ...numbered('bc-1') }));
    await fhir('PUT', '/Patient/bc-2', lan({ id: 'bc-2', ...numbered('bc-2') }));
    await fhir('PUT', '/Patient/bc-2b', lan({ id: 'bc-2b', ...numbered('bc-2') }));
    const made = (value: string, query = `identifier=http://bvsen.vn/ma-benh-nhan|${value}`) => post(lan(numbered(value)), undefined, { ifNoneExist: query });
    const { body } = await fhir('POST', '', { ...bundle(made('bc-1'), made('bc-2'), made('bc-3'), made('bc-3'), made('bc-4', 'identifer=bc-4'), made('bc-5'), made('bc-6', 'identifier=bc-6')), type: 'batch' });
    expect(statuses(body).map((text: string) => Number(text.slice(0, 3)))).toEqual([200, 412, expect.any(Number), expect.any(Number), 400, 201, 201]);
    expect([body.entry[2], body.entry[3]].map((entry: Json) => entry.response.status).sort()).toEqual(['200 OK', '201 Created']);
    for (const value of ['bc-1', 'bc-3', 'bc-5', 'bc-6']) expect([value, (await fhir('GET', `/Patient?identifier=${value}`)).body.total]).toEqual([value, 1]);
  });

  it('refuses a Bundle of another type, and a resource that is no Bundle, with 400', async () => {
    expect((await fhir('POST', '', { resourceType: 'Bundle', type: 'collection' })).status).toBe(400);
    expect((await fhir('POST', '', lan())).status).toBe(400);
    expect((await fhir('POST', '', { resourceType: 'Bundle', type: 'batch' })).body).toEqual({ resourceType: 'Bundle', type: 'batch-response' });
  });
});
