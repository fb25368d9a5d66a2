// The endpoint as the client of another server sees it: MedplumClient of @medplum/core, used as its documentation says.
import { MedplumClient } from '@medplum/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { glucose, lan, numbered, type Json } from './client.ts';

let server: TestServer;
let client: MedplumClient;
beforeAll(async () => {
  server = await testServer();
  client = new MedplumClient({ baseUrl: `${server.base}/`, fhirUrlPath: 'fhir/R4', fetch, cacheTime: 0 });
  client.setAccessToken(server.token);
});
afterAll(() => server.close());

describe('R4 as MedplumClient speaks it', () => {
  it('creates, reads, updates, patches, reads history and deletes', async () => {
    const made: Json = await client.createResource(lan());
    expect(await client.readResource('Patient', made.id)).toEqual(made);
    const changed: Json = await client.updateResource({ ...made, birthDate: '1988-02-15' });
    expect(changed.meta.versionId).toBe('2');
    const patched: Json = await client.patchResource('Patient', made.id, [{ op: 'replace', path: '/gender', value: 'unknown' }]);
    expect(patched.gender).toBe('unknown');
    const history: Json = await client.readHistory('Patient', made.id);
    expect(history.entry).toHaveLength(3);
    expect(await client.readVersion('Patient', made.id, '1')).toEqual(made);
    await client.deleteResource('Patient', made.id);
    await expect(client.readResource('Patient', made.id)).rejects.toThrow();
  });

  it('searches, pages, counts and finds one', async () => {
    await client.updateResource(lan({ id: 'med', ...numbered('med') }));
    for (const n of [1, 2, 3, 4, 5]) await client.updateResource({ ...glucose('Patient/med', n, `2026-01-0${n}`), id: `med${n}` });
    const ids: string[] = [];
    for await (const page of client.searchResourcePages('Observation', 'patient=Patient/med&_sort=date&_count=2')) ids.push(...page.map((one: Json) => one.id));
    expect(ids).toEqual(['med1', 'med2', 'med3', 'med4', 'med5']);
    expect(((await client.searchOne('Patient', 'identifier=med')) as Json).id).toBe('med');
    const bundle: Json = await client.search('Observation', 'patient=Patient/med&_total=accurate&_count=0');
    expect(bundle.total).toBe(5);
    expect(((await client.createResourceIfNoneExist(lan(numbered('med')), 'identifier=http://bvsen.vn/ma-benh-nhan|med')) as Json).id).toBe('med');
    expect(((await client.upsertResource(lan({ ...numbered('med'), id: 'med', gender: 'male' }), 'identifier=http://bvsen.vn/ma-benh-nhan|med')) as Json).gender).toBe('male');
  });

  it('runs batches and transactions, $everything, GraphQL and references', async () => {
    const entry = (method: 'GET' | 'POST', url: string, resource?: Json): Json => ({ ...(resource ? { resource } : {}), request: { method, url } });
    const batch: Json = await client.executeBatch({ resourceType: 'Bundle', type: 'batch', entry: [entry('GET', 'Patient/med'), entry('GET', 'Patient/nobody')] });
    expect(batch.entry.map((one: Json) => one.response.status)).toEqual(['200 OK', '404 Not Found']);
    const done: Json = await client.executeBatch({ resourceType: 'Bundle', type: 'transaction', entry: [entry('POST', 'Patient', lan())] });
    expect(done.entry[0].response.status).toBe('201 Created');
    expect(((await client.readPatientEverything('med')) as Json).entry).toHaveLength(6);
    expect(((await client.graphql('{ Patient(id: "med") { name { family } } }')) as Json).data.Patient.name).toEqual([{ family: 'Trần' }]);
    expect(((await client.readReference({ reference: 'Patient/med' })) as Json).id).toBe('med');
  });
});
