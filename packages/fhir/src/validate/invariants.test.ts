import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import { validateResource } from './validate-resource.ts';

/** Validates and shows each issue as `expression: key`, with the severity of what is no error. */
function broken(resource: unknown, warnings = false): string[] {
  const parsed = parseLossless(JSON.stringify(resource));
  return validateResource(parsed, { warnings }).map(({ expression, key, code, severity }) => `${severity === 'error' ? '' : `${severity} `}${expression}: ${key ?? code}`);
}

const snomed = 'http://snomed.info/sct';
const clinical = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code }] });
const verification = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }] });
const patient = (members: object) => ({ resourceType: 'Patient', ...members });
const observation = (members: object) => ({ resourceType: 'Observation', status: 'final', code: { coding: [{ system: snomed, code: '271649006' }] }, ...members });
const condition = (members: object) => ({ resourceType: 'Condition', subject: { reference: 'Patient/lan' }, clinicalStatus: clinical('active'), ...members });
const appointment = (members: object) => ({ resourceType: 'Appointment', status: 'booked', participant: [{ status: 'accepted', actor: { reference: 'Patient/lan' } }], ...members });
const bundle = (members: object) => ({ resourceType: 'Bundle', type: 'collection', ...members });
const unknown = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };

describe('constraints of R4 (ElementDefinition.constraint)', () => {
  it.each([
    ['a period that ends before it begins', patient({ address: [{ city: 'Huế', period: { start: '2024-05-02', end: '2024-05-01' } }] }), 'Patient.address[0].period: per-1'],
    ['the same in two zones', patient({ address: [{ city: 'Huế', period: { start: '2024-05-01T08:00:00+07:00', end: '2024-05-01T00:59:59Z' } }] }), 'Patient.address[0].period: per-1'],
    ['a contact of nobody', patient({ contact: [{ gender: 'female' }] }), 'Patient.contact[0]: pat-1'],
    ['a telephone without its system', patient({ telecom: [{ value: '0912345678' }] }), 'Patient.telecom[0]: cpt-2'],
    ['data without a media type', patient({ photo: [{ data: 'QUJD' }] }), 'Patient.photo[0]: att-1'],
    ['a coded unit without its system', observation({ valueQuantity: { value: 5, code: 'mmol/L' } }), 'Observation.value.ofType(Quantity): qty-3'],
    ['a value and a reason for its absence', observation({ valueString: 'x', dataAbsentReason: { text: 'không đo' } }), 'Observation: obs-6'],
    ['a value and a component with the same code', observation({ valueString: 'x', component: [{ code: { coding: [{ code: '271649006', system: snomed }] } }] }), 'Observation: obs-7'],
    ['an empty reference range', observation({ referenceRange: [{ age: { low: { value: 1 } } }] }), 'Observation.referenceRange[0]: obs-3'],
    ['a comparator in a simple quantity (sqty-1)', observation({ referenceRange: [{ low: { value: 1, comparator: '<' } }] }), 'Observation.referenceRange[0].low: sqty-1'],
    ['a range upside down', observation({ valueRange: { low: { value: 2.0, unit: 'cm' }, high: { value: 1.0, unit: 'cm' } } }), 'Observation.value.ofType(Range): rng-2'],
    ['the same across units of UCUM', observation({ valueRange: { low: { value: 1, system: 'http://unitsofmeasure.org', code: 'g' }, high: { value: 500, system: 'http://unitsofmeasure.org', code: 'mg' } } }), 'Observation.value.ofType(Range): rng-2'],
    ['a problem resolved but active', condition({ abatementString: 'năm ngoái' }), 'Condition: con-4'],
    ['a clinical status of what was an error', condition({ verificationStatus: verification('entered-in-error') }), 'Condition: con-5'],
    ['a booked appointment without time', appointment({}), 'Appointment: app-3'],
    ['an appointment with half a time', appointment({ status: 'proposed', start: '2024-05-01T08:00:00+07:00' }), 'Appointment: app-2'],
    ['a home for an organization', { resourceType: 'Organization', name: 'Bệnh viện Sen', address: [{ use: 'home', city: 'Huế' }] }, 'Organization.address[0]: org-2'],
    ['an organization without name and number', { resourceType: 'Organization', active: true }, 'Organization: org-1'],
    ['a dose every so often without its unit', { resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { reference: 'Patient/lan' }, medicationCodeableConcept: { text: 'Paracetamol' }, dosageInstruction: [{ timing: { repeat: { period: 8 } } }] },
      'MedicationRequest.dosageInstruction[0].timing.repeat: tim-2'],
    ['an age in litres', condition({ onsetAge: { value: 5, code: 'L', system: 'http://example.org/units' } }), 'Condition.onset.ofType(Age): age-1'],
    ['a group item without children', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group' }] }, 'Questionnaire.item[0]: que-1'],
    ['two items with one linkId', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', item: [{ linkId: '1', type: 'text' }] }] }, 'Questionnaire: que-2'],
    ['a code twice in a code system', { resourceType: 'CodeSystem', status: 'draft', content: 'complete', concept: [{ code: 'a', concept: [{ code: 'a' }] }] }, 'CodeSystem: csd-1'],
    ['a bad limit in a definition', { resourceType: 'StructureDefinition', url: 'http://sen.example/x', name: 'X', status: 'draft', kind: 'resource', abstract: false, type: 'Patient', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint', differential: { element: [{ id: 'Patient', path: 'Patient', max: '-1' }] } },
      'StructureDefinition.differential.element[0].max: eld-3'],
    ['a fault inside a resource of a bundle', bundle({ entry: [{ resource: patient({ contact: [{ gender: 'male' }] }) }] }), 'Bundle.entry[0].resource.contact[0]: pat-1'],
  ])('refuses %s', (_name, resource, expected) => {
    expect(broken(resource)).toEqual([expected]);
  });

  it.each([
    ['a period of one day, told more exactly at its start', patient({ address: [{ city: 'Huế', period: { start: '2024-05-01T08:00:00+07:00', end: '2024-05-01' } }] })],
    ['a period without end', patient({ address: [{ city: 'Huế', period: { start: '2024-05-01' } }] })],
    ['a period whose end is not known', patient({ address: [{ city: 'Huế', period: { start: '2024-05-01', _end: unknown } }] })],
    ['a range in units that nobody can compare', observation({ valueRange: { low: { value: 2, unit: 'hộp' }, high: { value: 1, unit: 'thùng' } } })],
    ['a component with another code', observation({ valueString: 'x', component: [{ code: { coding: [{ code: '1', system: snomed }] } }] })],
    ['a problem that was an error, without clinical status', condition({ clinicalStatus: undefined, verificationStatus: verification('entered-in-error') })],
    ['an organization with a name', { resourceType: 'Organization', name: 'Bệnh viện Sen', address: [{ use: 'work', city: 'Huế' }] }],
    ['a question that asks whether another was answered (que-7)', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'text', enableWhen: [{ question: '2', operator: 'exists', answerBoolean: true }] }, { linkId: '2', type: 'text' }] }],
    ['a reference to what the element asks for (ctm-1)', { resourceType: 'CareTeam', participant: [{ member: { reference: 'Practitioner/mai' }, onBehalfOf: { reference: 'Organization/sen' } }] }],
  ])('accepts %s', (_name, resource) => {
    expect(broken(resource)).toEqual([]);
  });

  it('says what it asks in the words of the definition, and quotes no value', () => {
    const [issue] = validateResource(patient({ contact: [{ gender: 'female' }] }));
    expect(issue).toEqual({
      severity: 'error', code: 'invariant', key: 'pat-1', expression: 'Patient.contact[0]', vi: 'pat-1: Người liên hệ phải có tên, số liên lạc, địa chỉ hoặc tổ chức.',
      diagnostics: "pat-1: SHALL at least contain a contact's details or a reference to an organization",
    });
  });

  it('tells best practice only when asked', () => {
    const lan = patient({ name: [{ text: 'Lan' }] });
    expect(broken(lan)).toEqual([]);
    expect(broken(lan, true)).toEqual(['warning Patient: dom-6']);
    expect(broken({ resourceType: 'ValueSet', status: 'draft', name: 'các mã' }, true)).toEqual(['warning ValueSet: vsd-0', 'warning ValueSet: dom-6']);
  });

  it('leaves the constraints of an element whose structure is wrong', () => {
    expect(broken(patient({ contact: [{ gender: 'nữ' }] }))).toEqual(['Patient.contact[0].gender: code-invalid']);
  });
});

describe('Bundle (bdl-1 to bdl-12, R4 §2.36.4)', () => {
  const entry = (id: string, members: object = {}) => ({ fullUrl: `http://sen.example/fhir/R4/Patient/${id}`, resource: patient({ id }), ...members });
  const composition = { resourceType: 'Composition', status: 'final', type: { text: 'Giấy ra viện' }, date: '2024-05-01', author: [{ reference: 'Practitioner/mai' }], title: 'Giấy ra viện' };
  const header = { resourceType: 'MessageHeader', eventUri: 'http://sen.example/events/admit', source: { endpoint: 'http://sen.example' } };

  it.each([
    ['bdl-1', bundle({ total: 1 })],
    ['bdl-2', bundle({ entry: [entry('lan', { search: { mode: 'match' } })] })],
    ['bdl-3', bundle({ type: 'transaction', entry: [entry('lan')] })],
    ['bdl-4', bundle({ type: 'batch-response', entry: [entry('lan')] })],
    ['bdl-7', bundle({ entry: [entry('lan'), entry('lan')] })],
    ['bdl-10', bundle({ type: 'document', identifier: { system: 'urn:ietf:rfc:3986', value: 'x' }, entry: [{ fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: composition }] })],
    ['bdl-9', bundle({ type: 'document', timestamp: '2024-05-01T00:00:00Z', entry: [{ fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: composition }] })],
    ['bdl-11', bundle({ type: 'document', timestamp: '2024-05-01T00:00:00Z', identifier: { system: 'urn:ietf:rfc:3986', value: 'x' }, entry: [entry('lan')] })],
    ['bdl-12', bundle({ type: 'message', entry: [entry('lan')] })],
  ])('%s is asked of the bundle', (key, resource) => {
    expect(broken(resource)).toEqual([`Bundle: ${key}`]);
  });

  it.each([
    ['bdl-5', { link: [{ relation: 'self', url: 'http://sen.example' }] }, 'Bundle.entry[0]: bdl-5'],
    ['bdl-8', { fullUrl: 'http://sen.example/Patient/lan/_history/1', resource: patient({}) }, 'Bundle.entry[0]: bdl-8'],
    ['a relative fullUrl', { fullUrl: 'Patient/lan', resource: patient({ id: 'lan' }) }, 'Bundle.entry[0].fullUrl: value'],
    ['the fullUrl of another resource', { fullUrl: 'http://sen.example/Patient/mai', resource: patient({ id: 'lan' }) }, 'Bundle.entry[0].fullUrl: value'],
  ])('refuses an entry with %s', (_name, wrong, expected) => {
    expect(broken(bundle({ entry: [wrong] }))).toEqual([expected]);
  });

  it('accepts a document, a message and a history with two versions', () => {
    const document = bundle({ type: 'document', timestamp: '2024-05-01T00:00:00Z', identifier: { system: 'urn:ietf:rfc:3986', value: 'x' }, entry: [{ fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: composition }] });
    const history = bundle({ type: 'history', entry: ['1', '2'].map((etag) => entry('lan', { request: { method: 'PUT', url: 'Patient/lan' }, response: { status: '200', etag } })) });
    expect([document, bundle({ type: 'message', entry: [{ resource: header }] }), history].flatMap((one) => broken(one))).toEqual([]);
  });
});

describe('contained resources (dom-2 to dom-5)', () => {
  const organization = { resourceType: 'Organization', id: 'org', name: 'Bệnh viện Sen' };
  const kept = (one: object, members: object = { managingOrganization: { reference: '#org' } }) => patient({ contained: [{ ...organization, ...one }], ...members });

  it.each([
    ['dom-3: nothing refers to it', kept({}, {}), 'Patient.contained[0]: dom-3'],
    ['dom-4: a version of its own', kept({ meta: { versionId: '1' } }), 'Patient.contained[0].meta.versionId: dom-4'],
    ['dom-4: a time of change', kept({ meta: { lastUpdated: '2024-05-01T00:00:00Z' } }), 'Patient.contained[0].meta.lastUpdated: dom-4'],
    ['dom-5: security labels', kept({ meta: { security: [{ code: 'R' }] } }), 'Patient.contained[0].meta.security: dom-5'],
    ['one id for two', patient({ contained: [organization, organization], managingOrganization: { reference: '#org' } }), 'Patient.contained[1].id: invariant'],
    ['a constraint of the contained resource', kept({ address: [{ use: 'home' }] }), 'Patient.contained[0].address[0]: org-2'],
    ['a reference to one of the wrong type', patient({ contained: [{ ...organization, id: 'p' }], generalPractitioner: [{ reference: '#p' }], link: [{ other: { reference: '#p' }, type: 'seealso' }] }), 'Patient.link[0].other.reference: structure'],
  ])('refuses %s', (_name, resource, expected) => {
    expect(broken(resource)).toEqual([expected]);
  });

  it.each([
    ['from another contained resource', patient({ contained: [organization, { ...organization, id: 'part', partOf: { reference: '#org' } }], managingOrganization: { reference: '#part' } })],
    ['by a canonical', { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: '#q', contained: [{ resourceType: 'Questionnaire', id: 'q', status: 'draft' }] }],
    ['by an extension', patient({ contained: [organization], extension: [{ url: 'http://sen.example/x', valueReference: { reference: '#org' } }] })],
    ['only by referring to its container', patient({ contained: [{ resourceType: 'Provenance', id: 'pr', target: [{ reference: '#' }], recorded: '2024-05-01T00:00:00Z', agent: [{ who: { reference: 'Practitioner/mai' } }] }] })],
  ])('accepts one referred to %s', (_name, resource) => {
    expect(broken(resource)).toEqual([]);
  });
});
