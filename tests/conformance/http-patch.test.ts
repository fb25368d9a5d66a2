import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, numbered, type Client } from './client.ts';

let server: TestServer;
let fhir: Client;
const jsonPatch = { 'content-type': 'application/json-patch+json' };
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
});
afterAll(() => server.close());

function fhirPathReplace(path: string, value: object): object {
  const part = [{ name: 'type', valueCode: 'replace' }, { name: 'path', valueString: path }, { name: 'value', ...value }];
  return { resourceType: 'Parameters', parameter: [{ name: 'operation', part }] };
}

describe('R4 http.html §3.1.0.6 patch', () => {
  it('applies a JSON Patch and leaves all else to the letter', async () => {
    await fhir('PUT', '/Observation/p1', '{"resourceType":"Observation","id":"p1","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.0}}');
    const { status, headers, text } = await fhir('PATCH', '/Observation/p1', [{ op: 'replace', path: '/status', value: 'amended' }], jsonPatch);
    expect([status, headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect(text).toContain('"status":"amended","code":{"text":"x"},"valueQuantity":{"value":1.0}}');
  });

  it('applies a FHIRPath Patch', async () => {
    await fhir('PUT', '/Patient/p2', lan({ id: 'p2' }));
    const patched = await fhir('PATCH', '/Patient/p2', fhirPathReplace('Patient.birthDate', { valueDate: '1990-01-01' }));
    expect([patched.status, patched.body.birthDate, patched.body.meta.versionId]).toEqual([200, '1990-01-01', '2']);
  });

  it('refuses with 422 what does not fit or would leave no valid resource, and changes nothing', async () => {
    await fhir('PUT', '/Patient/p3', lan({ id: 'p3' }));
    const cases = [
      [{ op: 'test', path: '/gender', value: 'male' }],
      [{ op: 'remove', path: '/nothing' }],
      [{ op: 'replace', path: '/gender', value: 'xx' }],
      [{ op: 'replace', path: '/id', value: 'p4' }],
    ];
    for (const operations of cases) expect((await fhir('PATCH', '/Patient/p3', operations, jsonPatch)).status).toBe(422);
    expect((await fhir('GET', '/Patient/p3')).headers.get('etag')).toBe('W/"1"');
  });

  it('refuses a malformed patch with 400 and another media type with 415', async () => {
    await fhir('PUT', '/Patient/p5', lan({ id: 'p5' }));
    expect((await fhir('PATCH', '/Patient/p5', [{ op: 'dance', path: '/x' }], jsonPatch)).status).toBe(400);
    expect((await fhir('PATCH', '/Patient/p5', { op: 'add' }, jsonPatch)).status).toBe(400);
    const xml = await fhir('PATCH', '/Patient/p5', '<diff/>', { 'content-type': 'application/xml-patch+xml' });
    expect([xml.status, issueOf(xml).code]).toEqual([415, 'not-supported']);
  });

  it('answers 404 when there is nothing to patch, 410 when it is deleted, 412 when If-Match is stale', async () => {
    const operations = [{ op: 'add', path: '/active', value: true }];
    expect((await fhir('PATCH', '/Patient/never', operations, jsonPatch)).status).toBe(404);
    await fhir('PUT', '/Patient/p6', lan({ id: 'p6' }));
    expect((await fhir('PATCH', '/Patient/p6', operations, { ...jsonPatch, 'if-match': 'W/"7"' })).status).toBe(412);
    await fhir('DELETE', '/Patient/p6');
    expect((await fhir('PATCH', '/Patient/p6', operations, jsonPatch)).status).toBe(410);
  });
});

describe('R4 http.html §3.1.0.6.1 conditional patch', () => {
  const operations = [{ op: 'add', path: '/active', value: true }];

  it('patches the one match; none is 404, several are 412', async () => {
    await fhir('PUT', '/Patient/cp1', lan({ id: 'cp1', ...numbered('cp1') }));
    await fhir('PUT', '/Patient/cp2', lan({ id: 'cp2', ...numbered('cp2') }));
    const patched = await fhir('PATCH', '/Patient?identifier=cp1', operations, jsonPatch);
    expect([patched.status, patched.body.id, patched.body.active]).toEqual([200, 'cp1', true]);
    expect((await fhir('PATCH', '/Patient?identifier=nobody', operations, jsonPatch)).status).toBe(404);
    expect((await fhir('PATCH', '/Patient?identifier=cp1,cp2', operations, jsonPatch)).status).toBe(412);
  });
});
