// The endpoint as a program by others sees it: fhir-kit-client, used as its documentation says.
import { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { glucose, lan, numbered, type Json } from './client.ts';

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await testServer();
  client = new Client({ baseUrl: `${server.base}/fhir/R4`, bearerToken: server.token });
});
afterAll(() => server.close());

const statusOf = (promise: Promise<unknown>): Promise<number> => promise.then(() => 200, (error: Json) => error.response.status);
const resourcesOf = (bundle: Json): Json[] => (bundle.entry ?? []).map((entry: Json) => entry.resource);

describe('R4 as fhir-kit-client speaks it', () => {
  it('reads what the server can do', async () => {
    const statement: Json = await client.capabilityStatement();
    expect([statement.resourceType, statement.fhirVersion, statement.rest[0].resource.length]).toEqual(['CapabilityStatement', '4.0.1', 146]);
  });

  it('creates, reads, updates, reads the version before, patches, deletes', async () => {
    const made: Json = await client.create({ resourceType: 'Patient', body: lan() });
    expect(made.meta.versionId).toBe('1');
    const { id } = made;
    expect(await client.read({ resourceType: 'Patient', id })).toEqual(made);
    const changed: Json = await client.update({ resourceType: 'Patient', id, body: { ...made, birthDate: '1988-02-15' } });
    expect([changed.meta.versionId, changed.birthDate]).toEqual(['2', '1988-02-15']);
    expect(await client.vread({ resourceType: 'Patient', id, version: '1' })).toEqual(made);
    const patched: Json = await client.patch({ resourceType: 'Patient', id, jsonPatch: [{ op: 'replace', path: '/gender', value: 'unknown' }] });
    expect([patched.meta.versionId, patched.gender]).toEqual(['3', 'unknown']);
    await client.delete({ resourceType: 'Patient', id });
    expect(await statusOf(client.read({ resourceType: 'Patient', id }))).toBe(410);
    expect(await statusOf(client.read({ resourceType: 'Patient', id: 'nobody' }))).toBe(404);
  });

  it('searches by GET and POST, follows next pages, searches compartments and the system', async () => {
    await client.update({ resourceType: 'Patient', id: 'kit', body: lan({ id: 'kit', ...numbered('kit') }) });
    for (const n of [1, 2, 3, 4, 5]) await client.update({ resourceType: 'Observation', id: `kit${n}`, body: { ...glucose('Patient/kit', n, `2026-01-0${n}`), id: `kit${n}` } });
    const first: Json = await client.search({ resourceType: 'Observation', searchParams: { patient: 'kit', _count: 2, _sort: 'date' } });
    const found = [...resourcesOf(first)];
    for (let page: Json = await client.nextPage({ bundle: first }); page; page = page.link.some((l: Json) => l.relation === 'next') ? await client.nextPage({ bundle: page }) : undefined) found.push(...resourcesOf(page));
    expect(found.map(({ id }) => id)).toEqual(['kit1', 'kit2', 'kit3', 'kit4', 'kit5']);
    const posted: Json = await client.search({ resourceType: 'Observation', searchParams: { patient: 'kit', 'value-quantity': 'gt3' }, options: { postSearch: true } });
    expect(resourcesOf(posted).map(({ id }) => id).sort()).toEqual(['kit4', 'kit5']);
    const compartment: Json = await client.compartmentSearch({ resourceType: 'Observation', compartment: { resourceType: 'Patient', id: 'kit' }, searchParams: { code: '2345-7' } });
    expect(resourcesOf(compartment)).toHaveLength(5);
    const everywhere: Json = await client.search({ searchParams: { _type: 'Patient,Observation', _id: 'kit,kit1' } });
    expect(resourcesOf(everywhere).map(({ id }) => id).sort()).toEqual(['kit', 'kit1']);
    const everything: Json = await client.operation({ name: 'everything', resourceType: 'Patient', id: 'kit', method: 'GET' });
    expect(resourcesOf(everything)).toHaveLength(6);
  });

  it('tells the history of a resource, a type and the system', async () => {
    const one: Json = await client.history({ resourceType: 'Patient', id: 'kit' });
    expect([one.type, one.total]).toEqual(['history', 1]);
    expect(((await client.history({ resourceType: 'Observation' })) as Json).total).toBe(5);
    expect(((await client.history()) as Json).total).toBeGreaterThan(5);
  });

  it('runs batches and transactions', async () => {
    const entry = (method: string, url: string, resource?: Json, fullUrl?: string) => ({ ...(fullUrl ? { fullUrl } : {}), ...(resource ? { resource } : {}), request: { method, url } });
    const batch: Json = await client.batch({ body: { resourceType: 'Bundle', type: 'batch', entry: [entry('GET', 'Patient/kit'), entry('GET', 'Patient/nobody')] } as Json });
    expect(batch.entry.map((one: Json) => one.response.status)).toEqual(['200 OK', '404 Not Found']);
    const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
    const done: Json = await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: [entry('POST', 'Patient', lan(), urn), entry('POST', 'Observation', glucose(urn, 5, '2026-01-01'))] } as Json });
    const [patient, observation] = done.entry.map((one: Json) => one.response.location.split('/')[1]);
    expect(((await client.read({ resourceType: 'Observation', id: observation })) as Json).subject.reference).toBe(`Patient/${patient}`);
  });

  it('creates, updates and deletes on conditions', async () => {
    const body = lan(numbered('kit-conditional'));
    const criteria = { identifier: 'http://bvsen.vn/ma-benh-nhan|kit-conditional' };
    const header = { headers: { 'If-None-Exist': `identifier=${criteria.identifier}` } };
    const made: Json = await client.create({ resourceType: 'Patient', body, options: header });
    const again: Json = await client.create({ resourceType: 'Patient', body, options: header });
    expect(again.id).toBe(made.id);
    const updated: Json = await client.update({ resourceType: 'Patient', searchParams: criteria, body: { ...body, gender: 'other' } } as Json);
    expect([updated.id, updated.gender]).toEqual([made.id, 'other']);
    expect(await statusOf(client.update({ resourceType: 'Patient', id: made.id, body: { ...updated, gender: 'male' }, options: { headers: { 'If-Match': 'W/"1"' } } }))).toBe(412);
  });

  it('resolves references', async () => {
    const bundle: Json = await client.search({ resourceType: 'Observation', searchParams: { _id: 'kit1' } });
    const [observation] = resourcesOf(bundle);
    const patient: Json = await client.resolve({ reference: observation.subject.reference });
    expect(patient.id).toBe('kit');
  });
});
