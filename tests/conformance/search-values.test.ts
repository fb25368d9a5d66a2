import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client, type Json } from './client.ts';

const house = 'https://bvsen.vn';
let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer({ env: { SEN_PUBLIC_URL: house } });
  fhir = clientOf(server);
  const observation = (id: string, more: object) => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, subject: { reference: 'Patient/lan' }, ...more });
  for (const resource of [
    { resourceType: 'Organization', id: 'sen', name: 'Sen' },
    lan({ id: 'lan', name: [{ family: 'O,Neil|x$y\\z' }], identifier: [{ system: 'urn:so', value: 'A B+C' }, { value: 'không hệ' }], managingOrganization: { reference: 'Organization/sen' }, link: [{ other: { reference: 'Patient/hai' }, type: 'seealso' }] }),
    lan({ id: 'hai', deceasedDateTime: '2020-01-01' }),
    lan({ id: 'binh', deceasedBoolean: false, name: [{ family: 'Bình' }] }),
    observation('plain', { effectiveDateTime: '2020-01-02', valueQuantity: { value: 5.4, system: 'http://unitsofmeasure.org', code: 'mg' } }),
    observation('negative', { valueQuantity: { value: -0.5, unit: 'mg' }, subject: { reference: 'Patient/lan/_history/1' } }),
    observation('long', { valueQuantity: { value: 66.89999999999999 } }),
    observation('edge', { valueQuantity: { value: 1.15 } }),
    observation('absolute', { effectiveDateTime: '2020-01-01T23:30:00Z', subject: { reference: `${house}/fhir/R4/Patient/lan` } }),
    observation('elsewhere', { subject: { reference: 'https://other.vn/fhir/R4/Patient/lan' } }),
    { resourceType: 'Group', id: 'family', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/lan' } }, { entity: { reference: 'Patient/hai' } }] },
    { resourceType: 'Library', id: 'rules', status: 'draft', type: { text: 'x' }, relatedArtifact: [{ type: 'depends-on', resource: 'Library/base|2.0' }] },
    { resourceType: 'InsurancePlan', id: 'bhyt', name: 'Bảo hiểm y tế', alias: ['BHYT'] },
    { resourceType: 'Location', id: 'hospital', position: { longitude: 105.84000000000002, latitude: 21.03 } },
  ]) expect([resource.id, (await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource)).status]).toEqual([resource.id, 201]);
});
afterAll(() => server.close());

async function found(query: string): Promise<string[]> {
  const { status, body, text } = await fhir('GET', `/${query}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map((entry: Json) => entry.resource.id).sort();
}

describe('R4 search.html §3.1.1.4.1 escaping', () => {
  it('reads \\, \\| \\$ and \\\\ as the characters themselves, and + as a space', async () => {
    expect(await found(`Patient?family=${encodeURIComponent('O\\,Neil\\|x\\$y\\\\z')}`)).toEqual(['lan']);
    expect(await found(`Patient?family:exact=${encodeURIComponent('O\\,Neil\\|x\\$y\\\\z')}`)).toEqual(['lan']);
    expect(await found('Patient?identifier=urn:so|A+B%2BC')).toEqual(['lan']);
    expect(await found(`Patient?identifier=${encodeURIComponent('|không hệ')}`)).toEqual(['lan']);
    expect(await found('Patient?identifier=urn:so|')).toEqual(['lan']);
  });
});

describe('R4 search.html §3.1.1.4.6 number: the precision of the digits', () => {
  it('reckons the range of a value in decimals', async () => {
    expect(await found('Observation?value-quantity=1.1')).toEqual([]);
    expect(await found('Observation?value-quantity=1.2')).toEqual(['edge']);
    expect(await found('Observation?value-quantity=66.89999999999999')).toEqual(['long']);
    expect(await found('Observation?value-quantity=ne66.89999999999999')).not.toContain('long');
    expect(await found('Observation?value-quantity=54e-1')).toEqual(['plain']);
    expect(await found('Observation?value-quantity=-0.5||mg')).toEqual(['negative']);
    expect(await found('Observation?value-quantity=lt0')).toEqual(['negative']);
  });
});

describe('R4 search.html §3.1.1.4.12 reference', () => {
  it('finds relative, versioned and our own absolute references alike, and those of others by their URL only', async () => {
    const own = ['absolute', 'edge', 'long', 'negative', 'plain'];
    expect(await found('Observation?patient=lan')).toEqual(own);
    expect(await found(`Observation?subject=${house}/fhir/R4/Patient/lan`)).toEqual(own);
    expect(await found('Observation?subject=Patient/lan/_history/1')).toEqual(own);
    expect(await found('Patient/lan/Observation')).toEqual(own);
    expect(await found('Observation?subject=https://other.vn/fhir/R4/Patient/lan')).toEqual(['elsewhere']);
    expect(await found('Observation?_id=absolute&_include=Observation:subject')).toEqual(['absolute', 'lan']);
  });

  it('finds each of several references, not only the first', async () => {
    for (const member of ['Patient/lan', 'Patient/hai', 'hai', `${house}/fhir/R4/Patient/hai`]) expect(await found(`Group?member=${member}`)).toEqual(['family']);
    expect(await found('Group?member:Patient._id=hai')).toEqual(['family']);
    expect(await found('Patient?_has:Group:member:type=person')).toEqual(['hai', 'lan']);
    expect(await found('Group?_include=Group:member')).toEqual(['family', 'hai', 'lan']);
    expect(await found('Patient?_id=hai&_revinclude=Group:member')).toEqual(['family', 'hai']);
  });

  it('finds a canonical that names a resource of this server, with and without its version', async () => {
    expect(await found('Library?depends-on=Library/base')).toEqual(['rules']);
    expect(await found('Library?depends-on=base')).toEqual(['rules']);
  });
});

describe('R4 search parameters that are easily missed', () => {
  it('takes deceased=false for all of whom no death is told', async () => {
    expect(await found('Patient?deceased=false')).toEqual(['binh', 'lan']);
    expect(await found('Patient?deceased=true')).toEqual(['hai']);
    expect(await found('Patient?deceased:not=true')).toEqual(['binh', 'lan']);
    expect(await found('Patient?deceased=maybe')).toEqual([]);
  });

  it('knows InsurancePlan.name, whose expression R4 wrote without its type', async () => {
    expect(await found('InsurancePlan?name=bhyt')).toEqual(['bhyt']);
    expect(await found('InsurancePlan?name=bao')).toEqual(['bhyt']);
  });

  it('finds places near a position of any number of digits', async () => {
    expect(await found('Location?near=21.03|105.84|1|km')).toEqual(['hospital']);
    expect(await found('Location?near=21.03|106.84|1|km')).toEqual([]);
  });
});

describe('R4 search.html §3.1.1.5 includes, elements, lenient handling', () => {
  it('gives with _revinclude=* all that points to a match', async () => {
    expect(await found('Patient?_id=hai&_revinclude=*')).toEqual(['family', 'hai', 'lan']);
    expect(await found('Organization?_id=sen&_revinclude=*')).toEqual(['lan', 'sen']);
  });

  it('shortens only the types whose elements are named', async () => {
    const { body } = await fhir('GET', '/Patient?_id=lan&_elements=Patient.birthDate&_include=Patient:organization');
    const [patient, organization] = body.entry.map((entry: Json) => entry.resource);
    expect(Object.keys(patient).sort()).toEqual(['birthDate', 'id', 'meta', 'resourceType']);
    expect(organization.name).toBe('Sen');
  });

  it('leaves out unknown chains, sort keys and includes when lenient, says so, and tells in self what was used', async () => {
    const { status, body } = await fhir('GET', '/Patient?family=binh&organization.nope=1&_sort=nope,family&_include=Patient:nope', undefined, { prefer: 'handling=lenient' });
    expect(status).toBe(200);
    expect(body.entry.map((entry: Json) => entry.search.mode)).toEqual(['match', 'outcome']);
    expect(body.entry[1].resource.issue).toHaveLength(3);
    expect(body.link[0].url).toBe(`${house}/fhir/R4/Patient?family=binh&_sort=family`);
    expect((await fhir('GET', '/Patient?family=binh&organization.nope=1')).status).toBe(400);
    expect((await fhir('GET', '/Patient?birthdate=x', undefined, { prefer: 'handling=lenient' })).status).toBe(400);
  });

  it('answers 404 for a compartment that R4 does not define', async () => {
    expect((await fhir('GET', '/Organization/sen/Patient')).status).toBe(404);
  });
});

describe('R4 http.html §3.1.0.12 history, shortened', () => {
  it('takes _summary and _elements, and refuses an order that it does not give', async () => {
    const { body } = await fhir('GET', '/Patient/lan/_history?_elements=gender');
    expect(Object.keys(body.entry[0].resource).sort()).toEqual(['gender', 'id', 'meta', 'resourceType']);
    expect((await fhir('GET', '/Patient/lan/_history?_sort=_id')).status).toBe(400);
  });
});
