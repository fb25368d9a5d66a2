// Every write is judged by R4's definitions before it is stored (R4 §3.1.0.8, §3.1.0.2): one wire test a kind of fault.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
});
afterAll(() => server.close());

const core = 'http://hl7.org/fhir/StructureDefinition/';
const observation = (members: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'Đường huyết' }, ...members });
const organization = { resourceType: 'Organization', id: 'org', name: 'Bệnh viện Sen' };
const narrative = (inside: string) => ({ status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>` });

const faults: [rule: string, resource: object | string, code: string, expression: string][] = [
  ['§2.6.2 unknown elements', lan({ colour: 'red' }), 'structure', 'Patient.colour'],
  ['§2.6.2 a property twice', '{"resourceType":"Patient","gender":"male","gender":"female"}', 'structure', ''],
  ['§2.6.2 empty objects', lan({ maritalStatus: {} }), 'structure', 'Patient.maritalStatus'],
  ['§2.6.2 empty arrays', lan({ name: [] }), 'structure', 'Patient.name'],
  ['§2.6.2 null outside an array', lan({ gender: null }), 'structure', 'Patient.gender'],
  ['§2.6.2.1 more extensions than values', lan({ name: [{ given: ['Lan'], _given: [null, { extension: [{ url: 'http://bvsen.vn/x', valueCode: 'x' }] }] }] }), 'structure', 'Patient.name[0].given'],
  ['cardinality: too few', { resourceType: 'Observation', status: 'final' }, 'required', 'Observation.code'],
  ['cardinality: an array for one', lan({ maritalStatus: [{ text: 'x' }] }), 'structure', 'Patient.maritalStatus'],
  ['types', lan({ active: 'true' }), 'structure', 'Patient.active'],
  ['choice types: two at once', observation({ valueString: 'x', valueInteger: 1 }), 'structure', 'Observation.value'],
  ['§2.24.0.1 date: not in the calendar', lan({ birthDate: '1988-02-30' }), 'value', 'Patient.birthDate'],
  ['§2.24.0.1 dateTime: a time without zone', observation({ effectiveDateTime: '2024-05-01T08:00:00' }), 'value', 'Observation.effective.ofType(dateTime)'],
  ['§2.24.0.1 instant: a date alone', observation({ issued: '2024-05-01' }), 'value', 'Observation.issued'],
  ['§2.24.0.1 time', observation({ valueTime: '24:00:00' }), 'value', 'Observation.value.ofType(time)'],
  ['§2.24.0.1 integer: 33 bits', observation({ valueInteger: 2147483648 }), 'value', 'Observation.value.ofType(integer)'],
  ['§2.24.0.1 integer: with a fraction', '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueInteger":1.0}', 'value', 'Observation.value.ofType(integer)'],
  ['§2.24.0.1 positiveInt', lan({ telecom: [{ system: 'phone', value: '0912345678', rank: 0 }] }), 'value', 'Patient.telecom[0].rank'],
  ['§2.24.0.1 uri', lan({ identifier: [{ system: 'a b', value: '1' }] }), 'value', 'Patient.identifier[0].system'],
  ['§2.24.0.1 code', observation({ category: [{ coding: [{ code: ' x' }] }] }), 'value', 'Observation.category[0].coding[0].code'],
  ['§2.24.0.1 base64Binary', lan({ photo: [{ contentType: 'image/png', data: 'Q' }] }), 'value', 'Patient.photo[0].data'],
  ['§2.24.0.1 string: empty', lan({ name: [{ family: '' }] }), 'value', 'Patient.name[0].family'],
  ['§2.24.0.1 id', { resourceType: 'Patient', contained: [{ ...organization, id: 'a_b' }], managingOrganization: { reference: '#a_b' } }, 'value', 'Patient.contained[0].id'],
  ['§4.1.5 required binding of a code', lan({ gender: 'F' }), 'code-invalid', 'Patient.gender'],
  ['§4.1.5 required binding of a concept', { resourceType: 'Condition', subject: { reference: 'Patient/lan' }, clinicalStatus: { text: 'đang điều trị' } }, 'code-invalid', 'Condition.clinicalStatus'],
  ['§2.3.0 reference: target type', observation({ subject: { reference: 'Practitioner/mai' } }), 'structure', 'Observation.subject.reference'],
  ['§2.3.0 reference: target type behind an address', observation({ subject: { reference: 'https://other.example/fhir/Practitioner/mai' } }), 'structure', 'Observation.subject.reference'],
  ['§2.3.0 reference: neither address nor id', observation({ subject: { reference: 'Lan' } }), 'value', 'Observation.subject.reference'],
  ['ref-1', lan({ managingOrganization: { reference: '#nowhere' } }), 'invariant', 'Patient.managingOrganization.reference'],
  ['dom-2', lan({ contained: [{ ...organization, contained: [{ ...organization, id: 'b' }] }], managingOrganization: { reference: '#org' } }), 'invariant', 'Patient.contained[0].contained'],
  ['dom-3', lan({ contained: [organization] }), 'invariant', 'Patient.contained[0]'],
  ['dom-4', lan({ contained: [{ ...organization, meta: { versionId: '1' } }], managingOrganization: { reference: '#org' } }), 'invariant', 'Patient.contained[0].meta.versionId'],
  ['dom-5', lan({ contained: [{ ...organization, meta: { security: [{ code: 'R' }] } }], managingOrganization: { reference: '#org' } }), 'invariant', 'Patient.contained[0].meta.security'],
  ['txt-1: script', lan({ text: narrative('<script>alert(1)</script>') }), 'invariant', 'Patient.text.`div`'],
  ['txt-1: an event', lan({ text: narrative('<p onclick="x()">x</p>') }), 'invariant', 'Patient.text.`div`'],
  ['txt-1: a link that runs', lan({ text: narrative('<a href="javascript:x()">x</a>') }), 'invariant', 'Patient.text.`div`'],
  ['txt-2', lan({ text: narrative(' ') }), 'invariant', 'Patient.text.`div`'],
  ['ele-1', lan({ maritalStatus: { id: 'a' } }), 'invariant', 'Patient.maritalStatus'],
  ['ext-1', lan({ extension: [{ url: 'http://bvsen.vn/x' }] }), 'invariant', 'Patient.extension[0]'],
  ['§2.4 an extension of R4 out of its context', lan({ extension: [{ url: `${core}patient-birthTime`, valueDateTime: '1988' }] }), 'extension', 'Patient.extension[0]'],
  ['§2.4 an extension of R4 with another type', lan({ extension: [{ url: `${core}patient-birthPlace`, valueString: 'Huế' }] }), 'extension', 'Patient.extension[0].value.ofType(string)'],
  ['§2.4 modifierExtension where none may be', lan({ name: [{ family: 'Trần', modifierExtension: [{ url: 'http://bvsen.vn/x', valueBoolean: true }] }] }), 'structure', 'Patient.name[0].modifierExtension'],
  ['pat-1', lan({ contact: [{ gender: 'female' }] }), 'invariant', 'Patient.contact[0]'],
  ['per-1', lan({ address: [{ city: 'Huế', period: { start: '2024-05-02', end: '2024-05-01' } }] }), 'invariant', 'Patient.address[0].period'],
  ['obs-6', observation({ valueString: 'x', dataAbsentReason: { text: 'không đo' } }), 'invariant', 'Observation'],
  ['bdl-7', { resourceType: 'Bundle', type: 'collection', entry: [1, 2].map(() => ({ fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: { resourceType: 'Basic', code: { text: 'x' } } })) }, 'invariant', 'Bundle'],
];

interface Issue {
  readonly severity: string;
  readonly code: string;
  readonly diagnostics: string;
  readonly expression?: readonly string[];
}

describe('R4 §3.1.0.8 what breaks a definition of R4 is refused with 400 and pointed to', () => {
  it.each(faults)('%s', async (_rule, resource, code, expression) => {
    const type = typeof resource === 'string' ? (JSON.parse(resource) as { resourceType: string }).resourceType : (resource as { resourceType: string }).resourceType;
    const { status, body } = await fhir('POST', `/${type}`, resource);
    expect(status).toBe(400);
    expect(body.resourceType).toBe('OperationOutcome');
    expect(body.issue.map((issue: Issue) => [issue.severity, issue.code, issue.expression?.[0] ?? ''])).toEqual([['error', code, expression]]);
  });

  it('names the constraint and says it in the words of the definition', async () => {
    const { body } = await fhir('POST', '/Patient', lan({ contact: [{ gender: 'female' }] }));
    expect(body.issue[0].diagnostics).toBe("pat-1: SHALL at least contain a contact's details or a reference to an organization");
  });

  it('quotes nothing of the patient', async () => {
    const { text } = await fhir('POST', '/Patient', lan({ gender: 'Trần Thị Lan', birthDate: 'ngày 3', contact: [{ name: { family: 'Phạm', given: 'Tuấn' } }] }));
    expect(text).not.toMatch(/Trần|ngày 3|Phạm|Tuấn/);
  });
});

describe('R4 §3.1.0 every way of writing is judged alike', () => {
  const upsideDown = lan({ address: [{ city: 'Huế', period: { start: '2024-05-02', end: '2024-05-01' } }] });

  it('update', async () => {
    const { status, body } = await fhir('PUT', '/Patient/judged', { ...upsideDown, id: 'judged' });
    expect([status, body.issue[0].expression]).toEqual([400, ['Patient.address[0].period']]);
    expect((await fhir('GET', '/Patient/judged')).status).toBe(404);
  });

  it('patch: what would come of it', async () => {
    const { body: created } = await fhir('POST', '/Patient', lan({ address: [{ city: 'Huế', period: { start: '2024-05-02' } }] }));
    const patch = [{ op: 'add', path: '/address/0/period/end', value: '2024-05-01' }];
    const { status, body } = await fhir('PATCH', `/Patient/${created.id}`, patch, { 'content-type': 'application/json-patch+json' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.issue[0]).toMatchObject({ code: 'invariant', expression: ['Patient.address[0].period'] });
    expect((await fhir('GET', `/Patient/${created.id}`)).body.meta.versionId).toBe('1');
  });

  it('transaction: with the place in the Bundle, and nothing is stored', async () => {
    const entry = [lan({ id: 'right' }), { ...upsideDown, id: 'wrong' }].map((resource) => ({ resource, request: { method: 'PUT', url: `Patient/${resource.id}` } }));
    const { status, body } = await fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
    expect([status, body.issue[0].expression]).toEqual([400, ['Bundle.entry[1].resource.address[0].period']]);
    expect((await fhir('GET', '/Patient/right')).status).toBe(404);
  });
});
