import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
const at: Record<string, string> = {};
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  const made = await fhir('POST', '/Patient', lan());
  at['id'] = made.body.id;
  at['made'] = made.body.meta.lastUpdated;
  at['renewed'] = (await fhir('PUT', `/Patient/${at['id']}`, lan({ id: at['id'], active: true }))).body.meta.lastUpdated;
  await fhir('DELETE', `/Patient/${at['id']}`);
  await fhir('PUT', '/Practitioner/bs-minh', { resourceType: 'Practitioner', id: 'bs-minh' });
});
afterAll(() => server.close());

const methods = (body: Json) => body.entry.map((entry: Json) => `${entry.request.method} ${entry.request.url} ${entry.response.status}`);
const instant = (text: string, plusMs = 0) => encodeURIComponent(new Date(Date.parse(text) + plusMs).toISOString());

describe('R4 http.html §3.1.0.12 history', () => {
  it('gives every version of a resource, newest first, deletions too', async () => {
    const { status, body } = await fhir('GET', `/Patient/${at['id']}/_history`);
    expect([status, body.type, body.total]).toEqual([200, 'history', 3]);
    expect(methods(body)).toEqual([`DELETE Patient/${at['id']} 204 No Content`, `PUT Patient/${at['id']} 200 OK`, 'POST Patient 201 Created']);
    expect(body.entry[0].resource).toBeUndefined();
    expect(body.entry[1]).toMatchObject({ fullUrl: `${server.base}/fhir/R4/Patient/${at['id']}`, resource: { active: true, meta: { versionId: '2' } }, response: { etag: 'W/"2"' } });
  });

  it('gives the history of a type and of the system', async () => {
    expect((await fhir('GET', '/Patient/_history')).body.total).toBe(3);
    const system = await fhir('GET', '/_history');
    expect(system.body.total).toBe(4);
    expect(methods(system.body)[0]).toBe('PUT Practitioner/bs-minh 201 Created');
  });

  it('pages by opaque links until all is told, each version once', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/_history?_count=1';
    while (next !== undefined) {
      const { body }: { body: Json } = await fhir('GET', next);
      seen.push(...methods(body));
      next = body.link.find((link: Json) => link.relation === 'next')?.url.replace(`${server.base}/fhir/R4`, '');
    }
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
  });

  it('limits to what was made since, or was current at, an instant', async () => {
    expect((await fhir('GET', `/Patient/_history?_since=${instant(at['renewed']!)}`)).body.entry).toHaveLength(2);
    expect((await fhir('GET', `/Patient/${at['id']}/_history?_since=${instant(at['renewed']!, 60_000)}`)).body.entry).toBeUndefined();
    expect(methods((await fhir('GET', `/Patient/${at['id']}/_history?_at=${instant(at['made']!)}`)).body)).toEqual(['POST Patient 201 Created']);
  });

  it('answers 404 for what never was, 400 for parameters it cannot read', async () => {
    expect((await fhir('GET', '/Patient/never/_history')).status).toBe(404);
    for (const wrong of ['_since=yesterday', '_count=-1', '_at=2026-02-31', 'name=lan']) expect((await fhir('GET', `/Patient/_history?${wrong}`)).status).toBe(400);
  });
});
