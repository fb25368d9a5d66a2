import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import { validateResource } from './validate-resource.ts';

/** Validates the JSON text or object and shows each issue as `expression: code: diagnostics`. */
function problems(resource: unknown): string[] {
  const parsed = typeof resource === 'string' ? parseLossless(resource) : resource;
  return validateResource(parsed).map((issue) => `${issue.expression}: ${issue.code}: ${issue.diagnostics}`);
}

const mai = { resourceType: 'Patient', id: 'mai', name: [{ family: 'Nguyễn', given: ['Thị', 'Mai'] }], gender: 'female', birthDate: '1987-02-28' };
const glucose = { resourceType: 'Observation', status: 'final', code: { text: 'Glucose' } };
const patient = (members: object) => ({ resourceType: 'Patient', ...members });
const observation = (members: object) => ({ ...glucose, ...members });

describe('a resource by its structure (R4 §2.6.2)', () => {
  it('accepts a patient', () => {
    expect(validateResource(mai)).toEqual([]);
  });

  it.each([
    [null, 'Resource: structure: must be an object, found null'],
    [[], 'Resource: structure: must be an object (the element does not repeat), found an array'],
    [{}, 'Resource.resourceType: structure: must have a resourceType: the name of an R4 resource type, such as "Patient"'],
    [{ resourceType: 'Patiënt' }, 'Resource.resourceType: structure: "Patiënt" is not a resource type of R4: did you mean "Patient"?'],
    [{ resourceType: 'DomainResource' }, 'DomainResource.resourceType: structure: "DomainResource" is not a resource type of R4'],
    [{ resourceType: 'HumanName' }, 'HumanName.resourceType: structure: "HumanName" is not a resource type of R4'],
  ])('refuses %j', (resource, problem) => {
    expect(problems(resource)).toEqual([problem]);
  });

  it.each([
    ['an unknown element, naming the near one', patient({ birthdate: '1987' }), 'Patient.birthdate: structure: Patient has no element "birthdate": did you mean "birthDate"?'],
    ['an unknown element inside', patient({ name: [{ text: 'x' }, { famly: 'x' }] }), 'Patient.name[1].famly: structure: HumanName has no element "famly": did you mean "family"?'],
    ['a choice without its type', observation({ value: 1 }), 'Observation.value: structure: Observation has no element "value": in JSON its type is part of its name (valueQuantity, valueCodeableConcept, valueString, valueBoolean …)'],
    ['a member named __proto__', '{"resourceType":"Patient","__proto__":{"x":1}}', 'Patient.__proto__: structure: Patient has no element "__proto__"'],
    ['resourceType inside an element', patient({ name: [{ resourceType: 'Patient', family: 'x' }] }), 'Patient.name[0].resourceType: structure: HumanName has no element "resourceType"'],
    ['a single value for a repeating element', patient({ name: { family: 'x' } }), 'Patient.name: structure: must be an array (the element may repeat), found an object'],
    ['an array for a single element', patient({ gender: ['female'] }), 'Patient.gender: structure: must be a string, found an array'],
    ['an array for a single object', patient({ maritalStatus: [{ text: 'x' }] }), 'Patient.maritalStatus: structure: must be an object (the element does not repeat), found an array'],
    ['a string for an object', patient({ maritalStatus: 'married' }), 'Patient.maritalStatus: structure: must be an object, found a string'],
    ['a number for an object', '{"resourceType":"Patient","maritalStatus":1.0}', 'Patient.maritalStatus: structure: must be an object, found a number'],
    ['a string for a boolean', patient({ active: 'true' }), 'Patient.active: structure: must be true or false, found a string'],
    ['an empty array', patient({ name: [] }), 'Patient.name: structure: must not be an empty array: leave the element out instead'],
    ['an empty object', patient({ maritalStatus: {} }), 'Patient.maritalStatus: structure: must not be an empty object: leave the element out instead'],
    ['an element with only an id', patient({ maritalStatus: { id: 'a' } }), 'Patient.maritalStatus: invariant: ele-1: must have a value or children, not only an id'],
    ['a missing required element', { resourceType: 'Observation', status: 'final' }, 'Observation.code: required: is required'],
    ['a missing element of a backbone', patient({ communication: [{ preferred: true }] }), 'Patient.communication[0].language: required: is required'],
    ['a missing required choice', { resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { reference: 'Patient/mai' } },
      'MedicationRequest.medication: required: is required: one of medicationCodeableConcept, medicationReference'],
    ['two types of a choice', observation({ valueString: 'x', valueBoolean: true }), 'Observation.value: structure: must have one type only, found valueString and valueBoolean'],
    ['a wrong value in a choice', observation({ valueQuantity: { value: '7.1' } }), 'Observation.value.ofType(Quantity).value: structure: must be a number, found a string'],
    ['a code outside a short binding', patient({ gender: 'F' }), 'Patient.gender: code-invalid: "F" is not one of the codes this element requires: male, female, other, unknown'],
    ['a fault in a reference of a choice', { resourceType: 'Group', type: 'person', actual: true, characteristic: [{ code: { text: 'x' }, exclude: false, valueReference: { type: 'x y' } }] },
      'Group.characteristic[0].value.ofType(Reference).type: value: must be a URI without spaces'],
    ['a fault in a nested contentReference', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'texts' }] }] },
      'Questionnaire.item[0].item[0].type: code-invalid: "texts" is not one of the codes this element requires: did you mean "text"?'],
  ])('refuses %s', (_name, resource, problem) => {
    expect(problems(resource)).toEqual([problem]);
  });

  it('stops at the number of issues asked for', () => {
    const name = Array.from({ length: 500 }, () => ({ wrong: 1 }));
    expect(validateResource(patient({ name }))).toHaveLength(50);
    expect(validateResource(patient({ name }), { maxIssues: 3 }).map((issue) => issue.expression)).toEqual(
      ['Patient.name[0].wrong', 'Patient.name[1].wrong', 'Patient.name[2].wrong'],
    );
  });

  it('refuses hostile nesting without reaching the end of the stack', () => {
    let extension: object = { url: 'http://example.org/x', valueBoolean: true };
    for (let i = 0; i < 100_000; i++) extension = { url: 'http://example.org/x', extension: [extension] };
    const [issue] = validateResource(patient({ extension: [extension] }));
    expect(issue?.diagnostics).toBe('nests deeper than 200 levels');
    expect(issue?.expression).toMatch(/^Patient\.extension\[0\]\.extension\[0\]/);
  });
});

describe('extensions of primitives under _name (R4 §2.6.2.1)', () => {
  const reason = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };

  it.each([
    ['an extension in place of a value', patient({ _birthDate: reason })],
    ['a required primitive given by its extension', { resourceType: 'Observation', _status: reason, code: { text: 'x' } }],
    ['an id beside a value', patient({ birthDate: '1987', _birthDate: { id: 'b' } })],
    ['arrays aligned by nulls', patient({ name: [{ given: ['Thị', null, 'Mai'], _given: [null, reason, { id: 'x' }] }] })],
    ['an array of extensions alone', patient({ name: [{ _given: [reason, reason] }] })],
    ['nulls left out at the end of _name', patient({ name: [{ given: ['Thị', 'Mai'], _given: [reason] }] })],
    ['a choice whose value and extension stand together', observation({ valueString: 'x', _valueString: reason })],
  ])('accepts %s', (_name, resource) => {
    expect(problems(resource)).toEqual([]);
  });

  it.each([
    ['null for a single value', patient({ birthDate: null, _birthDate: reason }),
      'Patient.birthDate: structure: must be a string, found null (null stands only in an array, beside an extension in the array of the same name with _)'],
    ['null without an extension', patient({ name: [{ given: ['Thị', null], _given: [null, { id: 'x' }] }] }),
      'Patient.name[0].given[1]: structure: must be a string, found null (null stands only in an array, beside an extension in the array of the same name with _)'],
    ['an id without a value', patient({ _birthDate: { id: 'x' } }), 'Patient.birthDate: structure: has neither a value nor an extension'],
    ['more extensions than values', patient({ name: [{ given: ['Thị'], _given: [null, reason] }] }),
      'Patient.name[0].given: structure: has 2 entries for 1 values: put null among the values where one has only extensions'],
    ['an empty _name', patient({ birthDate: '1987', _birthDate: {} }), 'Patient.birthDate: structure: must not be an empty object: leave the element out instead'],
    ['_name of an object', patient({ _maritalStatus: reason }), 'Patient._maritalStatus: structure: Patient has no element "_maritalStatus": did you mean "maritalStatus"?'],
    ['two types of a choice, one by extension', observation({ valueString: 'x', _valueBoolean: reason }), 'Observation.value: structure: must have one type only, found valueString and valueBoolean'],
  ])('refuses %s', (_name, resource, problem) => {
    expect(problems(resource)).toEqual([problem]);
  });
});

describe('extensions (ext-1)', () => {
  const extended = (extension: object) => patient({ extension: [extension] });
  it.each([
    ['neither value nor extensions', extended({ url: 'http://x' }), 'Patient.extension[0]: invariant: ext-1: must have either a value or extensions, found neither'],
    ['both', extended({ url: 'http://x', valueBoolean: true, extension: [{ url: 'y', valueInteger: 1 }] }), 'Patient.extension[0]: invariant: ext-1: must have either a value or extensions, not both'],
    ['no url', extended({ valueBoolean: true }), 'Patient.extension[0].url: required: is required'],
  ])('refuses %s', (_name, resource, problem) => {
    expect(problems(resource)).toEqual([problem]);
  });
});

describe('resources inside resources', () => {
  const organization = { resourceType: 'Organization', id: 'org', name: 'Bệnh viện Sen' };

  it('accepts a contained resource that is referred to', () => {
    expect(problems(patient({ contained: [organization], managingOrganization: { reference: '#org' } }))).toEqual([]);
  });

  it.each([
    ['without an id', patient({ contained: [{ resourceType: 'Organization', name: 'x' }] }), 'Patient.contained[0].id: required: a contained resource must have an id'],
    ['that contains another', patient({ contained: [{ ...organization, contained: [{ resourceType: 'Basic', id: 'b', code: { text: 'x' } }] }] }),
      'Patient.contained[0].contained: invariant: dom-2: a contained resource must not contain resources'],
    ['with a fault of its own', patient({ contained: [{ ...organization, nam: 'x' }] }), 'Patient.contained[0].nam: structure: Organization has no element "nam": did you mean "name"?'],
    ['missing for a local reference', patient({ managingOrganization: { reference: '#org' } }),
      'Patient.managingOrganization.reference: invariant: ref-1: a reference that begins with # must name the id of a contained resource'],
    ['of an unknown type in a bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patent' } }] },
      'Bundle.entry[0].resource.resourceType: structure: "Patent" is not a resource type of R4: did you mean "Patient"?'],
    ['with a fault in Parameters', { resourceType: 'Parameters', parameter: [{ name: 'a', part: [{ name: 'b', resource: patient({ active: 1 }) }] }] },
      'Parameters.parameter[0].part[0].resource.active: structure: must be true or false, found a number'],
  ])('refuses one %s', (_name, resource, problem) => {
    expect(problems(resource)).toEqual([problem]);
  });
});

describe('references (R4 §2.26.0)', () => {
  const about = (reference: string) => observation({ subject: { reference } });

  it.each(['Patient/mai', 'Patient/mai/_history/2', 'https://sen.example/fhir/R4/Patient/mai', 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', 'urn:oid:1.2.3', 'Patient?identifier=http://x|1'])(
    'accepts %s', (reference) => {
      expect(problems(about(reference))).toEqual([]);
    });

  it.each([
    ['Mai', 'value: must be Type/id, an absolute URL, urn:uuid:…, urn:oid:… or #id of a contained resource'],
    ['Patient/mai nguyen', 'value: must be Type/id, an absolute URL, urn:uuid:…, urn:oid:… or #id of a contained resource'],
    ['javascript:alert(1)', 'value: must be Type/id, an absolute URL, urn:uuid:…, urn:oid:… or #id of a contained resource'],
    ['Patent/1', 'value: refers to Patent, which is not a resource type of R4'],
    ['Practitioner/1', 'structure: must refer to Patient, Group, Device, Location, not to Practitioner'],
    ['Practitioner?identifier=1', 'structure: must refer to Patient, Group, Device, Location, not to Practitioner'],
  ])('refuses %s', (reference, problem) => {
    expect(problems(about(reference))).toEqual([`Observation.subject.reference: ${problem}`]);
  });

  it('refuses a search as a reference where the caller says so', () => {
    const [issue] = validateResource(about('Patient?identifier=1'), { conditionalReferences: false });
    expect(issue).toMatchObject({ code: 'value', expression: 'Observation.subject.reference' });
  });
});
