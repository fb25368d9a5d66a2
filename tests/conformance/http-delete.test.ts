import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, numbered, type Client } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer({ env: { SEN_CONDITIONAL_DELETE_MAX: '3' } });
  fhir = clientOf(server);
});
afterAll(() => server.close());

describe('R4 http.html §3.1.0.7 delete', () => {
  it('answers 204 with the version of the deletion; the resource is then found no more', async () => {
    await fhir('PUT', '/Patient/d1', lan({ id: 'd1', ...numbered('d1') }));
    const gone = await fhir('DELETE', '/Patient/d1');
    expect([gone.status, gone.text, gone.headers.get('etag')]).toEqual([204, '', 'W/"2"']);
    expect((await fhir('GET', '/Patient/d1')).status).toBe(410);
    expect((await fhir('GET', '/Patient?identifier=d1')).body.total).toBe(0);
  });

  it('is the same when repeated, and when nothing was there', async () => {
    await fhir('PUT', '/Patient/d2', lan({ id: 'd2' }));
    await fhir('DELETE', '/Patient/d2');
    const again = await fhir('DELETE', '/Patient/d2');
    expect([again.status, again.headers.get('etag')]).toEqual([204, 'W/"2"']);
    expect((await fhir('DELETE', '/Patient/never')).status).toBe(204);
    expect((await fhir('GET', '/Patient/d2/_history')).body.total).toBe(2);
    expect((await fhir('GET', '/Patient/never')).status).toBe(404);
  });

  it('answers 200 with an OperationOutcome to those who prefer one', async () => {
    await fhir('PUT', '/Patient/d3', lan({ id: 'd3' }));
    const told = await fhir('DELETE', '/Patient/d3', undefined, { prefer: 'return=OperationOutcome' });
    expect([told.status, issueOf(told).severity]).toEqual([200, 'information']);
  });
});

describe('R4 http.html §3.1.0.7.1 conditional delete', () => {
  it('deletes the matches up to the limit of the house, none when there are more', async () => {
    for (const n of [1, 2, 3]) await fhir('PUT', `/Patient/cd${n}`, lan({ id: `cd${n}`, ...numbered('cd') }));
    expect((await fhir('DELETE', '/Patient?identifier=cd')).status).toBe(204);
    expect((await fhir('GET', '/Patient?identifier=cd')).body.total).toBe(0);
    for (const n of [1, 2, 3, 4]) await fhir('PUT', `/Patient/ce${n}`, lan({ id: `ce${n}`, ...numbered('ce') }));
    const many = await fhir('DELETE', '/Patient?identifier=ce');
    expect([many.status, issueOf(many).code]).toEqual([412, 'multiple-matches']);
    expect((await fhir('GET', '/Patient?identifier=ce')).body.total).toBe(4);
  });

  it('answers 204 when nothing matches, refuses empty criteria with 412', async () => {
    expect((await fhir('DELETE', '/Patient?identifier=nobody')).status).toBe(204);
    expect((await fhir('DELETE', '/Patient')).status).toBe(412);
    expect((await fhir('DELETE', '/Patient?_count=5')).status).toBe(412);
  });
});
