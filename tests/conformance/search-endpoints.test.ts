import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, glucose, issueOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
const form = { 'content-type': 'application/x-www-form-urlencoded' };
beforeAll(async () => {
  server = await testServer({ env: { SEN_TRUST_PROXY: '127.0.0.1', SEN_HOSTS: 'fhir.bvsen.vn' } });
  fhir = clientOf(server);
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan', managingOrganization: { reference: 'Organization/sen' } }));
  await fhir('PUT', '/Organization/sen', { resourceType: 'Organization', id: 'sen', name: 'Bệnh viện Sen' });
  await fhir('PUT', '/Patient/hai', { resourceType: 'Patient', id: 'hai', name: [{ family: 'Lê', given: ['Hải'] }] });
  for (const n of [1, 2, 3]) await fhir('PUT', `/Observation/g${n}`, { ...glucose('Patient/lan', n, `2026-01-0${n}`), id: `g${n}` });
  await fhir('PUT', '/Observation/h1', { ...glucose('Patient/hai', 9, '2026-01-01'), id: 'h1' });
});
afterAll(() => server.close());

const ids = (body: Json): string[] => (body.entry ?? []).map((entry: Json) => entry.resource.id);
const link = (body: Json, relation: string) => body.link.find((one: Json) => one.relation === relation)?.url;

describe('R4 http.html §3.1.0.9 search', () => {
  it('gives a searchset with absolute fullUrls, modes and the query that was used', async () => {
    const { status, body } = await fhir('GET', '/Patient?name=lan&_include=Patient:organization');
    expect([status, body.type, body.total]).toEqual([200, 'searchset', 1]);
    expect(body.entry.map((entry: Json) => [entry.fullUrl, entry.search.mode])).toEqual([
      [`${server.base}/fhir/R4/Patient/lan`, 'match'], [`${server.base}/fhir/R4/Organization/sen`, 'include'],
    ]);
    expect(link(body, 'self')).toContain(`${server.base}/fhir/R4/Patient?`);
  });

  it('searches the same by POST _search, with parameters in the form and in the address', async () => {
    expect(ids((await fhir('POST', '/Patient/_search', 'name=lan', form)).body)).toEqual(['lan']);
    expect(ids((await fhir('POST', '/Observation/_search?date=2026-01-01', 'subject=Patient/lan', form)).body)).toEqual(['g1']);
    expect(ids((await fhir('POST', '/_search', '_type=Patient,Organization&_id=lan,sen', form)).body).sort()).toEqual(['lan', 'sen']);
    expect(ids((await fhir('POST', '/Patient/lan/Observation/_search', 'date=2026-01-02', form)).body)).toEqual(['g2']);
    expect((await fhir('POST', '/Patient/_search', { name: 'lan' })).status).toBe(415);
  });

  it('searches several types at the base, and compartments', async () => {
    expect(ids((await fhir('GET', '?_type=Patient,Organization&_id=lan,sen')).body).sort()).toEqual(['lan', 'sen']);
    expect(ids((await fhir('GET', '/Patient/lan/Observation?_sort=date')).body)).toEqual(['g1', 'g2', 'g3']);
    expect(ids((await fhir('GET', '/Patient/hai/*')).body)).toEqual(expect.arrayContaining(['h1']));
    expect(ids((await fhir('GET', '/Patient/hai/Observation')).body)).toEqual(['h1']);
  });

  it('pages by next links that lead through all, each once', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/Observation?subject=Patient/lan&_sort=-date&_count=1';
    while (next !== undefined) {
      const { body }: { body: Json } = await fhir('GET', next);
      seen.push(...ids(body));
      next = link(body, 'next')?.replace(`${server.base}/fhir/R4`, '');
    }
    expect(seen).toEqual(['g3', 'g2', 'g1']);
  });

  it('tells addresses as a proxy we trust does, when it passes them on', async () => {
    const { body } = await fhir('GET', '/Patient?_id=lan', undefined, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'fhir.bvsen.vn' });
    expect(body.entry[0].fullUrl).toBe('https://fhir.bvsen.vn/fhir/R4/Patient/lan');
  });

  it('refuses unknown parameters with 400; with handling=lenient leaves them out, with a warning in the Bundle', async () => {
    const strict = await fhir('GET', '/Patient?nam=lan');
    expect(strict.status).toBe(400);
    expect(issueOf(strict).diagnostics).toContain('nam');
    const { status, body } = await fhir('GET', '/Patient?nam=x&_id=lan', undefined, { prefer: 'handling=lenient' });
    expect(status).toBe(200);
    expect(body.entry.map((entry: Json) => [entry.resource.resourceType, entry.search.mode])).toEqual([['Patient', 'match'], ['OperationOutcome', 'outcome']]);
    expect(link(body, 'self')).not.toContain('nam=');
  });

  it('shortens resources with _summary and _elements, and only counts with _summary=count', async () => {
    expect((await fhir('GET', '/Patient?_id=lan&_elements=birthDate')).body.entry[0].resource.name).toBeUndefined();
    const { body } = await fhir('GET', '/Patient?_summary=count');
    expect([body.total, body.entry]).toEqual([2, undefined]);
  });
});
