import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, glucose, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Organization/sen', { resourceType: 'Organization', id: 'sen', name: 'Bệnh viện Sen' });
  await fhir('PUT', '/Practitioner/minh', { resourceType: 'Practitioner', id: 'minh' });
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan', managingOrganization: { reference: 'Organization/sen' } }));
  await fhir('PUT', '/Patient/hai', lan({ id: 'hai' }));
  for (const day of [1, 2, 3]) {
    await fhir('PUT', `/Observation/g${day}`, { ...glucose('Patient/lan', day, `2026-01-0${day}`), id: `g${day}`, performer: [{ reference: 'Practitioner/minh' }] });
  }
  await fhir('PUT', '/AllergyIntolerance/a1', { resourceType: 'AllergyIntolerance', id: 'a1', clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] }, patient: { reference: 'Patient/lan' } });
  await fhir('PUT', '/Observation/h1', { ...glucose('Patient/hai', 9, '2026-01-01'), id: 'h1' });
});
afterAll(() => server.close());

const ids = (body: Json): string[] => (body.entry ?? []).map((entry: Json) => entry.resource.id);

describe('R4 Patient/$everything', () => {
  it('gives the patient first, then all about the patient, and the staff and organizations these name; nobody else', async () => {
    const { status, body } = await fhir('GET', '/Patient/lan/$everything');
    expect([status, body.type]).toEqual([200, 'searchset']);
    expect(ids(body)[0]).toBe('lan');
    expect(ids(body).sort()).toEqual(['a1', 'g1', 'g2', 'g3', 'lan', 'minh', 'sen']);
    expect(body.entry.find((entry: Json) => entry.resource.id === 'minh').search.mode).toBe('include');
  });

  it('bounds the date of care by start and end; what has no date stays', async () => {
    expect(ids((await fhir('GET', '/Patient/lan/$everything?start=2026-01-02&end=2026-01-02')).body).filter((id) => /^g|^a/.test(id)).sort()).toEqual(['a1', 'g2']);
    expect(ids((await fhir('GET', '/Patient/lan/$everything?end=2026-01-01')).body)).toContain('g1');
  });

  it('limits to types and to what changed since', async () => {
    expect(ids((await fhir('GET', '/Patient/lan/$everything?_type=Observation,Organization')).body).sort()).toEqual(['g1', 'g2', 'g3']);
    const future = new Date(Date.now() + 60_000).toISOString();
    expect(ids((await fhir('GET', `/Patient/lan/$everything?_since=${future}&_type=Observation`)).body)).toEqual([]);
  });

  it('pages with _count until all is given', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/Patient/lan/$everything?_count=2&_type=Patient,Observation,AllergyIntolerance';
    while (next !== undefined) {
      const { body }: { body: Json } = await fhir('GET', next);
      seen.push(...ids(body));
      next = body.link.find((one: Json) => one.relation === 'next')?.url.replace(`${server.base}/fhir/R4`, '');
    }
    expect(seen.sort()).toEqual(['a1', 'g1', 'g2', 'g3', 'lan']);
  });

  it('works by POST with Parameters, and over all patients', async () => {
    const parameters = { resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Observation' }, { name: 'start', valueDate: '2026-01-03' }] };
    expect(ids((await fhir('POST', '/Patient/lan/$everything', parameters)).body)).toEqual(['g3']);
    const seen: string[] = [];
    let next: string | undefined = '/Patient/$everything';
    while (next !== undefined) {
      const { body }: { body: Json } = await fhir('GET', next);
      seen.push(...ids(body));
      next = body.link.find((one: Json) => one.relation === 'next')?.url.replace(`${server.base}/fhir/R4`, '');
    }
    expect(seen).toEqual(expect.arrayContaining(['lan', 'hai', 'g1', 'h1']));
  });

  it('answers 404 for nobody, 410 for a deleted patient, 400 for what it cannot read', async () => {
    expect((await fhir('GET', '/Patient/nobody/$everything')).status).toBe(404);
    await fhir('PUT', '/Patient/left', lan({ id: 'left' }));
    await fhir('DELETE', '/Patient/left');
    expect((await fhir('GET', '/Patient/left/$everything')).status).toBe(410);
    for (const wrong of ['start=soon', '_count=0', 'name=x']) expect((await fhir('GET', `/Patient/lan/$everything?${wrong}`)).status).toBe(400);
  });
});
