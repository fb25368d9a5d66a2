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

describe('R4 http.html §3.1.0.4 update', () => {
  it('creates under the id of the client with 201 and Location, then replaces with 200', async () => {
    const made = await fhir('PUT', '/Patient/u1', lan({ id: 'u1' }));
    expect([made.status, made.headers.get('location')]).toEqual([201, `${server.base}/fhir/R4/Patient/u1/_history/1`]);
    const renewed = await fhir('PUT', '/Patient/u1', lan({ id: 'u1', gender: 'other' }));
    expect([renewed.status, renewed.headers.get('etag'), renewed.body.gender]).toEqual([200, 'W/"2"', 'other']);
    expect(Date.parse(renewed.body.meta.lastUpdated)).toBeGreaterThan(Date.parse(made.body.meta.lastUpdated));
  });

  it('refuses a body whose id is missing or another with 400', async () => {
    for (const body of [lan(), lan({ id: 'other' })]) {
      const answered = await fhir('PUT', '/Patient/u2', body);
      expect([answered.status, issueOf(answered).expression]).toEqual([400, ['Patient.id']]);
    }
    expect((await fhir('GET', '/Patient/u2')).status).toBe(404);
  });

  it('makes no new version of equal content, even when the client sends back what it read', async () => {
    const made = await fhir('PUT', '/Patient/u3', lan({ id: 'u3' }));
    const same = await fhir('PUT', '/Patient/u3', lan({ id: 'u3' }));
    expect([same.status, same.headers.get('etag'), same.body]).toEqual([200, 'W/"1"', made.body]);
    expect((await fhir('PUT', '/Patient/u3', made.body)).headers.get('etag')).toBe('W/"1"');
    expect((await fhir('GET', '/Patient/u3/_history')).body.total).toBe(1);
  });

  it('brings a deleted resource back with 201', async () => {
    await fhir('PUT', '/Patient/u4', lan({ id: 'u4' }));
    await fhir('DELETE', '/Patient/u4');
    const back = await fhir('PUT', '/Patient/u4', lan({ id: 'u4' }));
    expect([back.status, back.headers.get('etag')]).toEqual([201, 'W/"3"']);
  });
});

describe('R4 http.html §3.1.0.1.3 managing resource contention', () => {
  it('writes only when If-Match names the current version, else 412 and nothing changes', async () => {
    await fhir('PUT', '/Patient/m1', lan({ id: 'm1' }));
    expect((await fhir('PUT', '/Patient/m1', lan({ id: 'm1', active: true }), { 'if-match': 'W/"1"' })).status).toBe(200);
    const stale = await fhir('PUT', '/Patient/m1', lan({ id: 'm1', active: false }), { 'if-match': 'W/"1"' });
    expect([stale.status, issueOf(stale).code]).toEqual([412, 'conflict']);
    expect(issueOf(stale).diagnostics).toContain('W/"2"');
    expect((await fhir('GET', '/Patient/m1')).body.active).toBe(true);
    expect((await fhir('PUT', '/Patient/never', lan({ id: 'never' }), { 'if-match': 'W/"1"' })).status).toBe(412);
    expect((await fhir('PUT', '/Patient/never', lan({ id: 'never' }), { 'if-match': '*' })).status).toBe(412);
    expect((await fhir('DELETE', '/Patient/m1', undefined, { 'if-match': 'W/"1"' })).status).toBe(412);
    expect((await fhir('DELETE', '/Patient/m1', undefined, { 'if-match': 'W/"2"' })).status).toBe(204);
  });

  it('refuses a tag that is none with 400', async () => {
    await fhir('PUT', '/Patient/m2', lan({ id: 'm2' }));
    expect((await fhir('PUT', '/Patient/m2', lan({ id: 'm2', active: true }), { 'if-match': 'W/"1" x"' })).status).toBe(400);
  });
});

describe('R4 http.html §3.1.0.4.3 conditional update', () => {
  const by = (value: string) => `/Patient?identifier=http://bvsen.vn/ma-benh-nhan|${value}`;

  it('creates when nothing matches: under a new id, or under that of the body', async () => {
    const made = await fhir('PUT', by('cu1'), lan(numbered('cu1')));
    expect([made.status, made.headers.get('etag')]).toEqual([201, 'W/"1"']);
    const own = await fhir('PUT', by('cu2'), lan({ id: 'cu2', ...numbered('cu2') }));
    expect([own.status, own.body.id]).toEqual([201, 'cu2']);
  });

  it('updates the one match, without an id or with its own', async () => {
    await fhir('PUT', '/Patient/cu3', lan({ id: 'cu3', ...numbered('cu3') }));
    const without = await fhir('PUT', by('cu3'), lan({ ...numbered('cu3'), active: true }));
    expect([without.status, without.body.id, without.headers.get('etag')]).toEqual([200, 'cu3', 'W/"2"']);
    const same = await fhir('PUT', by('cu3'), lan({ id: 'cu3', ...numbered('cu3'), active: false }));
    expect([same.status, same.headers.get('etag')]).toEqual([200, 'W/"3"']);
  });

  it('refuses another id with 400, several matches with 412, an id that is taken with 409, no criteria with 412', async () => {
    await fhir('PUT', '/Patient/cu4', lan({ id: 'cu4', ...numbered('cu4') }));
    await fhir('PUT', '/Patient/cu5', lan({ id: 'cu5', ...numbered('cu5') }));
    expect((await fhir('PUT', by('cu4'), lan({ id: 'cu5', ...numbered('cu4') }))).status).toBe(400);
    expect((await fhir('PUT', '/Patient?identifier=cu4,cu5', lan())).status).toBe(412);
    expect((await fhir('PUT', by('cu6'), lan({ id: 'cu4', ...numbered('cu6') }))).status).toBe(409);
    expect((await fhir('PUT', '/Patient', lan())).status).toBe(412);
  });
});
