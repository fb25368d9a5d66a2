// The endpoint as SMART's own client library sees it: fhirclient 2, used as its documentation says.
import FHIR from 'fhirclient';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { glucose, lan, type Json } from './client.ts';

let server: TestServer;
let client: Json;
beforeAll(async () => {
  server = await testServer();
  const { FhirClient } = FHIR as unknown as { FhirClient: new (base: string) => unknown };
  expect(FhirClient).toBeTypeOf('function');
  // the full client, as an app has it after its launch
  const smart = (FHIR as unknown as (request: object, response: object, storage?: object) => Json)({ headers: {}, url: '/' }, {}, {});
  client = smart.client({ serverUrl: `${server.base}/fhir/R4`, tokenResponse: { access_token: server.token, token_type: 'bearer', patient: 'smart' } });
});
afterAll(() => server.close());

describe('R4 as fhirclient speaks it', () => {
  it('creates, reads, updates, patches and deletes', async () => {
    const made: Json = await client.create(lan());
    expect(made.meta.versionId).toBe('1');
    expect(await client.request(`Patient/${made.id}`)).toEqual(made);
    const changed: Json = await client.update({ ...made, gender: 'other' });
    expect([changed.meta.versionId, changed.gender]).toEqual(['2', 'other']);
    const patched: Json = await client.patch(`Patient/${made.id}`, [{ op: 'replace', path: '/gender', value: 'female' }]);
    expect(patched.gender).toBe('female');
    await client.delete(`Patient/${made.id}`);
    await expect(client.request(`Patient/${made.id}`)).rejects.toThrow(/410|Gone/);
  });

  it('searches through all pages, resolves references and asks for the patient of the launch', async () => {
    await client.update(lan({ id: 'smart' }));
    for (const n of [1, 2, 3, 4, 5]) await client.update({ ...glucose('Patient/smart', n, `2026-01-0${n}`), id: `smart${n}` });
    const found: Json[] = await client.request('Observation?patient=smart&_sort=date&_count=2', { pageLimit: 0, flat: true });
    expect(found.map(({ id }) => id)).toEqual(['smart1', 'smart2', 'smart3', 'smart4', 'smart5']);
    const resolved: Json = await client.request('Observation/smart1', { resolveReferences: ['subject'] });
    expect(resolved.subject.id).toBe('smart');
    expect(((await client.patient.read()) as Json).id).toBe('smart');
    expect(((await client.patient.request('Observation?_count=1')) as Json).total ?? 5).toBe(5);
  });

  it('runs a batch', async () => {
    const answered: Json = await client.request({ url: '/', method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: 'Patient/smart' } }] }) });
    expect(answered.entry[0].response.status).toBe('200 OK');
  });
});
