import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, numbered, type Client } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
});
afterAll(() => server.close());

describe('R4 http.html §3.1.0.8 create', () => {
  it('gives 201 with Location, ETag and Last-Modified, and the resource with id and meta set', async () => {
    const { status, headers, body } = await fhir('POST', '/Patient', lan());
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${server.base}/fhir/R4/Patient/${body.id}/_history/1`);
    expect(headers.get('etag')).toBe('W/"1"');
    expect(Date.parse(headers.get('last-modified')!)).toBe(Math.floor(Date.parse(body.meta.lastUpdated) / 1000) * 1000);
    expect(headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    expect(body).toMatchObject({ ...lan(), meta: { versionId: '1' } });
  });

  it('ignores the id, versionId and lastUpdated of the client', async () => {
    const { body } = await fhir('POST', '/Patient', lan({ id: 'mine', meta: { versionId: '9', lastUpdated: '2001-01-01T00:00:00Z', tag: [{ code: 'kept' }] } }));
    expect(body.id).not.toBe('mine');
    expect(body.meta.versionId).toBe('1');
    expect(body.meta.lastUpdated.slice(0, 4)).not.toBe('2001');
    expect(body.meta.tag).toEqual([{ code: 'kept' }]);
    expect((await fhir('GET', '/Patient/mine')).status).toBe(404);
  });

  it('keeps digits, order and unknown extensions to the letter', async () => {
    const sent = '{"resourceType":"Observation","extension":[{"url":"http://bvsen.vn/x","valueDecimal":1.00}],"status":"final","valueQuantity":{"value":1.0,"code":"mmol/L","system":"http://unitsofmeasure.org"},"code":{"text":"Đường huyết"},"referenceRange":[{"high":{"value":6.10e0}}]}';
    const { body, headers, text } = await fhir('POST', '/Observation', sent);
    const read = await fhir('GET', new URL(headers.get('location')!).pathname.replace('/fhir/R4', '').replace('/_history/1', ''));
    const meta = `"id":"${body.id}","meta":{"versionId":"1","lastUpdated":"${body.meta.lastUpdated}"}`;
    expect(read.text).toBe(sent.replace('"Observation",', `"Observation",${meta},`));
    expect(text).toBe(read.text);
  });

  it('refuses what is no valid R4 with 400, and points to each fault', async () => {
    const { status, body } = await fhir('POST', '/Patient', lan({ gender: 'xx', birthDate: '1988-02-31', colour: 'red' }));
    expect(status).toBe(400);
    expect(body.resourceType).toBe('OperationOutcome');
    expect(body.issue.map((issue: { expression: string[] }) => issue.expression[0]).sort()).toEqual(['Patient.birthDate', 'Patient.colour', 'Patient.gender']);
    expect(body.issue.every((issue: { diagnostics: string }) => issue.diagnostics.length > 10)).toBe(true);
  });

  it('refuses a resource of another type than the address with 400', async () => {
    const answered = await fhir('POST', '/Observation', lan());
    expect(answered.status).toBe(400);
    expect(issueOf(answered).diagnostics).toContain('takes a Observation, but resourceType is "Patient"');
  });

  it('refuses an unknown type with 404', async () => {
    const answered = await fhir('POST', '/Patent', { resourceType: 'Patent' });
    expect(answered.status).toBe(404);
    expect(issueOf(answered).code).toBe('not-supported');
  });

  it('stores nothing of a refused resource', async () => {
    await fhir('POST', '/Patient', lan({ ...numbered('refused'), gender: 'xx' }));
    expect((await fhir('GET', '/Patient?identifier=refused')).body.total).toBe(0);
  });
});

describe('R4 http.html §3.1.0.8.1 conditional create', () => {
  it('creates when nothing matches, gives what is there with 200 when one does', async () => {
    const ifNoneExist = { 'if-none-exist': 'identifier=http://bvsen.vn/ma-benh-nhan|cc1' };
    const made = await fhir('POST', '/Patient', lan(numbered('cc1')), ifNoneExist);
    expect(made.status).toBe(201);
    const again = await fhir('POST', '/Patient', lan({ ...numbered('cc1'), gender: 'male' }), ifNoneExist);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(made.body);
    expect(again.headers.get('location')).toBe(made.headers.get('location'));
    expect(again.headers.get('etag')).toBe('W/"1"');
  });

  it('refuses with 412 when several match, and when the criteria are empty', async () => {
    await fhir('POST', '/Patient', lan(numbered('cc2')));
    await fhir('POST', '/Patient', lan(numbered('cc2')));
    const several = await fhir('POST', '/Patient', lan(), { 'if-none-exist': 'identifier=cc2' });
    expect(several.status).toBe(412);
    expect(issueOf(several).code).toBe('multiple-matches');
    expect((await fhir('POST', '/Patient', lan(), { 'if-none-exist': '' })).status).toBe(412);
  });

  it('refuses criteria it does not know with 400 and creates nothing', async () => {
    const answered = await fhir('POST', '/Patient', lan(numbered('cc3')), { 'if-none-exist': 'identifer=cc3' });
    expect(answered.status).toBe(400);
    expect((await fhir('GET', '/Patient?identifier=cc3')).body.total).toBe(0);
  });
});
