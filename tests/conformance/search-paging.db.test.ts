import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
const many = Array.from({ length: 60 }, (_, i) => i);
const pulse = (i: number, more: object = {}) => ({
  resourceType: 'Observation', id: `o${i}`, status: 'final', code: { coding: [{ system: 'urn:lab', code: 'pulse' }] }, subject: { reference: `Patient/an${i}` },
  effectiveDateTime: `2026-03-${String(1 + (i % 28)).padStart(2, '0')}`, valueQuantity: { value: 60 + i }, ...more,
});
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  const resources = [
    ...many.map((i) => ({ resourceType: 'Patient', id: `an${i}`, name: [{ family: 'An', given: ['Anh', 'An'] }] })), ...many.map((i) => pulse(i)),
    lan({ id: 'lan' }), { resourceType: 'Group', id: 'ward', type: 'person', actual: true }, pulse(100, { id: 'of-ward', subject: { reference: 'Group/ward' } }),
    { resourceType: 'Condition', id: 'asthma', subject: { reference: 'Patient/lan' } },
    { resourceType: 'ServiceRequest', id: 'twice', status: 'active', intent: 'order', subject: { reference: 'Patient/lan' }, occurrenceTiming: { event: ['2026-05-01', '2026-05-03'] } },
    { resourceType: 'Location', id: 'gate', position: { longitude: 105.84, latitude: 21.03 } },
    { resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/lan' }, serviceProvider: { reference: 'Organization/sen' } }, { resourceType: 'Organization', id: 'sen', name: 'Sen' },
    pulse(101, { id: 'in-visit', encounter: { reference: 'Encounter/visit' }, subject: { reference: 'Patient/lan' } }),
  ];
  const { body } = await fhir('POST', '/', { resourceType: 'Bundle', type: 'batch', entry: resources.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } })) });
  expect(body.entry.filter((entry: Json) => !entry.response.status.startsWith('201'))).toEqual([]);
});
afterAll(() => server.close());

async function found(query: string): Promise<string[]> {
  const { status, body, text } = await fhir('GET', `/${query}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map((entry: Json) => entry.resource.id);
}

/** The ids of all pages; between two pages something else is done. */
async function paged(query: string, between: (page: number) => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  let next: string | undefined = `/${query}`;
  for (let page = 0; next !== undefined; page++) {
    const { body }: { body: Json } = await fhir('GET', next);
    seen.push(...(body.entry ?? []).map((entry: Json) => entry.resource.id));
    next = body.link.find((one: Json) => one.relation === 'next')?.url.replace(`${server.base}/fhir/R4`, '');
    await between(page);
  }
  return seen;
}

describe('R4 search §3.1.1.4.14 chains', () => {
  it('lead to every patient, though each is found by several parts of the name', async () => {
    expect(await found('Observation?patient.name=an&code=urn:lab|pulse&_count=100')).toHaveLength(60);
  });

  it('lead through resources that have no column of their own', async () => {
    expect(await found('Observation?encounter.service-provider=Organization/sen')).toEqual(['in-visit']);
    expect(await found('Observation?encounter:Encounter.service-provider.name=sen')).toEqual(['in-visit']);
    expect(await found('Observation?encounter.status=planned')).toEqual([]);
    expect(await found('Observation?_filter=encounter.status eq finished')).toEqual(['in-visit']);
  });

  it('ask nothing by a value that is empty', async () => {
    expect(await found('Condition?patient.name=nobody,')).toEqual([]);
    expect(await found('Condition?patient.name=lan,')).toEqual(['asthma']);
  });
});

describe('R4 search §3.1.1.4.12 reference', () => {
  it('finds by patient= only what is about patients', async () => {
    expect(await found('Observation?patient=Group/ward')).toEqual([]);
    expect(await found('Observation?subject=Group/ward')).toEqual(['of-ward']);
    expect(await found('Observation?subject:Patient=Group/ward')).toEqual([]);
  });

  it('knows the patients of Condition.subject, whose targets an example of R4 tells otherwise', async () => {
    expect(await found('Condition?subject=lan')).toEqual(['asthma']);
    expect(await found('Condition?subject.name=lan')).toEqual(['asthma']);
  });
});

describe('R4 search §3.1.1.4.7, .9 and location.html §8.7.4', () => {
  it('takes a schedule by its outer limits', async () => {
    expect(await found('ServiceRequest?occurrence=sa2026-05-02')).toEqual([]);
    expect(await found('ServiceRequest?occurrence=sa2026-04-30')).toEqual(['twice']);
    expect(await found('ServiceRequest?occurrence=2026-05')).toEqual(['twice']);
  });

  it('compares each given name whole, also one that another begins with', async () => {
    expect(await found('Patient?_filter=given eq "An"&_count=100')).toHaveLength(60);
    expect(await found('Patient?_filter=given ne "Anh"&_count=100')).toEqual(['lan']);
  });

  it('takes a place without a distance, and refuses half of a position', async () => {
    expect(await found('Location?near=21.03|105.84')).toEqual(['gate']);
    expect(await found('Location?near=21.03|105.84||km')).toEqual(['gate']);
    expect((await fhir('GET', '/Location?near=21.03||10')).status).toBe(400);
  });
});

describe('R4 http.html §3.1.0.9 paging while others write', () => {
  it.each(['Observation?code=pulse&_sort=date', 'Observation?code=pulse&_sort=-value-quantity', 'Observation?code=pulse&_sort=status,_id', 'Observation?code=pulse'])('%s gives each resource that stays as it is once', async (query) => {
    const seen = await paged(`${query}&_count=7`, async (page) => {
      await fhir('POST', '/Observation', { ...pulse(10 + page), id: undefined });
      await fhir('PUT', `/Observation/o${page}`, pulse(page, { status: page % 2 === 0 ? 'amended' : 'final', note: [{ text: query }] }));
      if (page === 1) await fhir('POST', '/$reindex', { resourceType: 'Parameters', parameter: [{ name: 'type', valueString: 'Observation' }] });
    });
    expect(new Set(seen).size).toBe(seen.length);
    for (let i = 30; i < 60; i++) expect(seen.filter((id) => id === `o${i}`)).toEqual([`o${i}`]);
  });

  it('gives what was written last first, also among all types', async () => {
    await fhir('PUT', '/Observation/o5', pulse(5, { note: [{ text: 'again' }] }));
    await fhir('PUT', '/Patient/lan', lan({ id: 'lan', active: true }));
    expect((await found('Observation?_sort=-_lastUpdated&_count=100'))).toContain('o5');
    const times = (await fhir('GET', '/?_lastUpdated=gt2020-01-01&_count=100')).body.entry.map((entry: Json) => entry.resource.meta.lastUpdated as string);
    expect(times).toHaveLength(100);
    expect(times).toEqual(times.toSorted().reverse());
    expect(await found('?_lastUpdated=gt2999-01-01')).toEqual([]);
  });
});
