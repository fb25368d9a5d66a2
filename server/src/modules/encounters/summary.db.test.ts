import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateResource } from '@sen/fhir';
import { testServer, type TestServer } from '../../../../tests/support/server.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  const clinical = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code }] });
  const laboratory = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }];
  const subject = { reference: 'Patient/hanh' };
  const glucose = (id: string, day: string, value: number) => ({
    resourceType: 'Observation', id, status: 'final', category: laboratory, subject, code: { coding: [{ system: 'http://loinc.org', code: '2345-7', display: 'Glucose' }], text: 'Đường huyết' },
    effectiveDateTime: day, valueQuantity: { value, unit: 'mmol/L' },
  });
  for (const resource of [
    { resourceType: 'Practitioner', id: 'hung', name: [{ text: 'BS Hùng' }] },
    { resourceType: 'Patient', id: 'hanh', identifier: [{ system: 'http://x/cccd', value: '1' }], name: [{ text: 'Nguyễn Thị Hạnh' }], gender: 'female' },
    { resourceType: 'Patient', id: 'empty', name: [{ text: 'Lê <b> & Co' }] },
    { resourceType: 'Condition', id: 'dm', subject, clinicalStatus: clinical('active'), code: { text: 'Đái tháo đường típ 2' }, asserter: { reference: 'Practitioner/hung' }, onsetDateTime: '2015' },
    { resourceType: 'Condition', id: 'flu', subject, clinicalStatus: clinical('resolved'), code: { text: 'Cúm' } },
    { resourceType: 'MedicationRequest', id: 'metformin', subject, status: 'active', intent: 'order', medicationCodeableConcept: { text: 'Metformin 500 mg' }, dosageInstruction: [{ text: 'Ngày 2 lần' }] },
    { resourceType: 'MedicationRequest', id: 'old', subject, status: 'stopped', intent: 'order', medicationCodeableConcept: { text: 'Gliclazid' } },
    { resourceType: 'Medication', id: 'insulin', code: { text: 'Insulin glargine' } },
    { resourceType: 'MedicationStatement', id: 'insulin', subject, status: 'active', medicationReference: { reference: 'Medication/insulin' } },
    { resourceType: 'Condition', id: 'pain', subject, code: { text: 'Đau lưng' } },
    { resourceType: 'Condition', id: 'visit', subject, code: { text: 'Ho' }, category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' }] }] },
    { resourceType: 'Observation', id: 'edd', status: 'final', subject, code: { coding: [{ system: 'http://loinc.org', code: '11778-8' }], text: 'Ngày dự sinh' }, effectiveDateTime: '2026-01-01', valueDateTime: '2026-08-01' },
    { resourceType: 'DiagnosticReport', id: 'xray', status: 'final', subject, code: { text: 'X-quang ngực' }, effectiveDateTime: '2026-01-03', conclusion: 'Không thấy bất thường' },
    glucose('g1', '2026-01-01', 7.1), glucose('g2', '2026-02-01', 6.4),
  ]) await send('PUT', `/${resource.resourceType}/${resource.id}`, resource);
});
afterAll(() => server.close());

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: Json }> {
  const response = await server.call(`/fhir/R4${path}`, { method, headers: { 'content-type': 'application/fhir+json', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

const sectionOf = (composition: Json, code: string): Json => composition.section.find((one: Json) => one.code.coding[0].code === code);

describe('HL7 IPS 2.0.0: Patient/$summary', () => {
  it('is a valid document with what the record knows, newest results only, and the people behind it', async () => {
    const { status, body } = await send('GET', '/Patient/hanh/$summary');
    expect([status, body.type, validateResource(body).filter(({ severity }) => severity === 'error')]).toEqual([200, 'document', []]);
    const composition = body.entry[0].resource;
    expect([composition.type.coding[0].code, composition.subject.reference, composition.title]).toEqual(['60591-5', 'Patient/hanh', 'Tóm tắt hồ sơ sức khỏe']);
    const entries = (code: string) => sectionOf(composition, code)?.entry?.map((one: Json) => one.reference);
    expect([entries('11450-4'), entries('10160-0'), entries('30954-2'), entries('11348-0')]).toEqual([['Condition/dm', 'Condition/pain'], ['MedicationRequest/metformin', 'MedicationStatement/insulin'], ['Observation/g2', 'DiagnosticReport/xray'], ['Condition/flu']]);
    expect(entries('10162-6')).toEqual(['Observation/edd']);
    expect(sectionOf(composition, '10160-0').text.div).toContain('Insulin glargine');
    expect(sectionOf(composition, '10162-6').text.div).toContain('<td>2026-08-01</td>');
    expect(sectionOf(composition, '30954-2').text.div).toContain('<td>2026-02-01</td><td>Đường huyết</td><td>6.4 mmol/L</td>');
    expect(body.entry.map(({ resource }: Json) => `${resource.resourceType}/${resource.id}`)).toEqual(expect.arrayContaining(['Patient/hanh', 'Practitioner/hung', 'Observation/g2', 'Condition/dm']));
  });

  it('says of required sections that nothing is known, and leaves the others out', async () => {
    const { body } = await send('GET', '/Patient/empty/$summary');
    const { section, text } = body.entry[0].resource;
    expect(section.map((one: Json) => [one.code.coding[0].code, one.emptyReason.coding[0].code])).toEqual([['11450-4', 'unavailable'], ['48765-2', 'unavailable'], ['10160-0', 'unavailable']]);
    expect(text.div).toContain('Lê &lt;b&gt; &amp; Co');
  });

  it('is a document by the rules of R4 bundle.html §2.36.2 and IPS 2.0.0 Bundle-uv-ips', async () => {
    const { body } = await send('GET', '/Patient/hanh/$summary');
    expect(body).toMatchObject({ type: 'document', identifier: { system: 'urn:ietf:rfc:3986', value: expect.stringMatching(/^urn:uuid:/) }, timestamp: expect.any(String) });
    const [first] = body.entry;
    expect([first.resource.resourceType, body.entry.filter(({ resource }: Json) => resource.resourceType === 'Composition').length]).toEqual(['Composition', 1]);
    const there = new Set(body.entry.map(({ fullUrl, resource }: Json) => (fullUrl.endsWith(`/${resource.resourceType}/${resource.id}`) ? `${resource.resourceType}/${resource.id}` : 'wrong')));
    expect([there.size, there.has('wrong')]).toEqual([body.entry.length, false]);
    const named = JSON.stringify(first.resource).matchAll(/"reference":"([^"#]+)"/g);
    for (const [, reference] of named) expect([reference, there.has(reference)]).toEqual([reference, true]);
    expect(first.resource.author[0]).toEqual({ reference: '#author', display: 'Sen' });
    for (const { title, code, text, entry, emptyReason } of first.resource.section) expect([title, code.coding[0].system, text.status, (entry === undefined) !== (emptyReason === undefined)]).toEqual([expect.any(String), 'http://loinc.org', 'generated', true]);
  });

  it('says when a section could not hold all', async () => {
    await send('PUT', '/Patient/long', { resourceType: 'Patient', id: 'long' });
    const many = Array.from({ length: 130 }, (_, i) => ({ resource: { resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/long' }, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] }, code: { text: `Thuốc ${i}` } }, request: { method: 'POST', url: 'AllergyIntolerance' } }));
    await send('POST', '', { resourceType: 'Bundle', type: 'batch', entry: many });
    const section = sectionOf((await send('GET', '/Patient/long/$summary')).body.entry[0].resource, '48765-2');
    expect([section.entry.length, section.text.div]).toEqual([100, expect.stringContaining('trong hồ sơ còn nữa')]);
  });

  it('is asked by identifier, in English, and refuses who is not here', async () => {
    const { body } = await send('POST', '/Patient/$summary', { resourceType: 'Parameters', parameter: [{ name: 'identifier', valueString: 'http://x/cccd|1' }] }, { 'accept-language': 'en' });
    expect([body.entry[0].resource.title, body.entry[0].resource.language]).toEqual(['International Patient Summary', 'en']);
    expect((await send('GET', '/Patient/nobody/$summary')).status).toBe(404);
    expect((await send('GET', '/Patient/hanh/$summary?profile=http://x/other')).status).toBe(400);
    expect((await send('GET', '/Patient/$summary?identifier=http://x/cccd%7C2')).status).toBe(400);
  });
});
