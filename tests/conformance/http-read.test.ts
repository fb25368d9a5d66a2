import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Client } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan' }));
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan', active: true }));
  await fhir('PUT', '/Patient/left', lan({ id: 'left' }));
  await fhir('DELETE', '/Patient/left');
});
afterAll(() => server.close());

describe('R4 http.html §3.1.0.2 read', () => {
  it('gives the resource with ETag and Last-Modified', async () => {
    const { status, headers, body } = await fhir('GET', '/Patient/lan');
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('W/"2"');
    expect(headers.get('last-modified')).toMatch(/GMT$/);
    expect(body).toMatchObject({ id: 'lan', active: true, meta: { versionId: '2' } });
  });

  it('answers 404 for what never was and 410 for what is deleted', async () => {
    const never = await fhir('GET', '/Patient/nobody');
    expect([never.status, issueOf(never).code]).toEqual([404, 'not-found']);
    const gone = await fhir('GET', '/Patient/left');
    expect([gone.status, issueOf(gone).code, gone.headers.get('etag')]).toEqual([410, 'deleted', 'W/"2"']);
  });

  it('refuses an id outside the grammar with 400 and an unknown type with 404', async () => {
    expect((await fhir('GET', '/Patient/a%20b')).status).toBe(400);
    expect((await fhir('GET', `/Patient/${'a'.repeat(65)}`)).status).toBe(400);
    expect((await fhir('GET', '/patient/lan')).status).toBe(404);
  });

  it('answers HEAD like GET, without a body', async () => {
    const head = await fhir('HEAD', '/Patient/lan');
    const get = await fhir('GET', '/Patient/lan');
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', 'W/"2"']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect((await fhir('HEAD', '/Patient/nobody')).status).toBe(404);
    expect((await fhir('HEAD', '/Patient?name=lan')).status).toBe(200);
    expect((await fhir('HEAD', '/metadata')).status).toBe(200);
  });

  it('gives only the elements asked for, tagged SUBSETTED', async () => {
    const { body } = await fhir('GET', '/Patient/lan?_elements=birthDate');
    expect(body).toEqual({ resourceType: 'Patient', id: 'lan', birthDate: '1988-02-14', meta: expect.objectContaining({ tag: [expect.objectContaining({ code: 'SUBSETTED' })] }) });
  });
});

describe('R4 http.html §3.1.0.3 vread', () => {
  it('gives each version as it was', async () => {
    const first = await fhir('GET', '/Patient/lan/_history/1');
    expect([first.status, first.headers.get('etag'), first.body.active]).toEqual([200, 'W/"1"', undefined]);
    expect((await fhir('GET', '/Patient/lan/_history/2')).body.active).toBe(true);
  });

  it('answers 404 for a version that never was and 410 for a deletion', async () => {
    for (const version of ['3', '0', 'x', '99999999999999']) expect((await fhir('GET', `/Patient/lan/_history/${version}`)).status).toBe(404);
    expect((await fhir('GET', '/Patient/left/_history/2')).status).toBe(410);
    expect((await fhir('GET', '/Patient/left/_history/1')).status).toBe(200);
  });
});

describe('R4 http.html §3.1.0.5 conditional read', () => {
  it('answers 304 without a body while the copy of the client is good', async () => {
    const fresh = await fhir('GET', '/Patient/lan', undefined, { 'if-none-match': 'W/"2"' });
    expect([fresh.status, fresh.text, fresh.headers.get('etag')]).toEqual([304, '', 'W/"2"']);
    expect((await fhir('GET', '/Patient/lan', undefined, { 'if-none-match': 'W/"1"' })).status).toBe(200);
    expect((await fhir('GET', '/Patient/lan', undefined, { 'if-none-match': 'W/"1", W/"2"' })).status).toBe(304);
  });

  it('knows If-Modified-Since to the second', async () => {
    const { headers } = await fhir('GET', '/Patient/lan');
    const modified = headers.get('last-modified')!;
    expect((await fhir('GET', '/Patient/lan', undefined, { 'if-modified-since': modified })).status).toBe(304);
    const earlier = new Date(Date.parse(modified) - 1000).toUTCString();
    expect((await fhir('GET', '/Patient/lan', undefined, { 'if-modified-since': earlier })).status).toBe(200);
  });
});
