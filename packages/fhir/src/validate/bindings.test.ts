import { describe, expect, it } from 'vitest';
import { validateResource } from './validate-resource.ts';

const problems = (resource: unknown, warnings = false) =>
  validateResource(resource, { warnings }).filter(({ key }) => key !== 'dom-6').map(({ severity, expression, code, diagnostics }) => `${severity} ${expression}: ${code}: ${diagnostics}`);

const patient = (members: object) => ({ resourceType: 'Patient', ...members });
const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const condition = (members: object) => ({ resourceType: 'Condition', subject: { reference: 'Patient/lan' }, ...members });

describe('required bindings (R4 §4.1.5)', () => {
  it.each([
    ['a status from the value set', condition({ clinicalStatus: { coding: [{ system: 'http://sen.example/cs', code: 'x' }, { system: clinical, code: 'active' }] } })],
    ['a concept that says why it has no code', condition({ clinicalStatus: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } })],
    ['a currency of ISO 4217', { resourceType: 'Invoice', status: 'issued', totalNet: { value: 150000, currency: 'VND' } }],
    ['media types with parameters', patient({ photo: [{ contentType: 'image/svg+xml;charset=utf-8', url: 'http://sen.example/p' }] })],
  ])('accept %s', (_name, resource) => {
    expect(problems(resource)).toEqual([]);
  });

  it.each([
    ['another code of the system', condition({ clinicalStatus: { coding: [{ system: clinical, code: 'sleeping' }] } }),
      `error Condition.clinicalStatus: code-invalid: must have a coding of system ${clinical} with one of the codes active, recurrence, relapse, inactive, remission, resolved, not "sleeping"`],
    ['text without a code', condition({ clinicalStatus: { text: 'đang điều trị' } }),
      `error Condition.clinicalStatus: code-invalid: must have a coding of system ${clinical} with one of the codes active, recurrence, relapse, inactive, remission, resolved`],
    ['a currency that is none', { resourceType: 'Invoice', status: 'issued', totalNet: { value: 1, currency: 'dong' } }, 'error Invoice.totalNet.currency: code-invalid: "dong" is not one of the codes this element requires'],
    ['a media type that is none', patient({ photo: [{ contentType: 'picture', url: 'http://sen.example/p' }] }), 'error Patient.photo[0].contentType: code-invalid: must be a media type such as application/pdf'],
  ])('refuse %s', (_name, resource, problem) => {
    expect(problems(resource)).toEqual([problem]);
  });
});

describe('reference targets (R4 §2.3.0)', () => {
  const about = (subject: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject });

  it.each([
    ['an absolute address of another type', { reference: 'https://sen.example/fhir/R4/Practitioner/mai' }, 'reference: structure: must refer to Patient, Group, Device, Location, not to Practitioner'],
    ['a type the element does not allow', { type: 'Practitioner', display: 'Mai' }, 'type: structure: must refer to Patient, Group, Device, Location, not to Practitioner'],
    ['a type other than its address', { reference: 'Patient/lan', type: 'Group' }, 'type: structure: names the type Group, but its reference is to Patient'],
    ['itself', { reference: '#' }, 'reference: structure: must refer to Patient, Group, Device, Location, not to Observation'],
  ])('refuse %s', (_name, subject, problem) => {
    expect(problems(about(subject))).toEqual([`error Observation.subject.${problem}`]);
  });

  it.each([{ reference: 'Patient/lan', type: 'Patient' }, { type: 'Device', identifier: { value: 'x' } }, { reference: 'http://other.example/records?id=5' }, { reference: 'https://sen.example/documents/Practitioner' }])('accept %j', (subject) => {
    expect(problems(about(subject))).toEqual([]);
  });
});

describe('extensions that R4 defines (R4 §2.4, extensibility-registry)', () => {
  const core = 'http://hl7.org/fhir/StructureDefinition/';

  it.each([
    ['on the resource', patient({ extension: [{ url: `${core}patient-birthPlace`, valueAddress: { city: 'Huế' } }] })],
    ['on a primitive', patient({ birthDate: '1990-05-01', _birthDate: { extension: [{ url: `${core}patient-birthTime`, valueDateTime: '1990-05-01T08:00:00+07:00' }] } })],
    ['on a type wherever it is used', patient({ name: [{ family: 'Trần', _family: { extension: [{ url: `${core}humanname-own-name`, valueString: 'Trần' }] } }] })],
    ['anywhere, where the definition says Element', patient({ maritalStatus: { extension: [{ url: `${core}data-absent-reason`, valueCode: 'unknown' }] } })],
    ['made of extensions', patient({ extension: [{ url: `${core}patient-nationality`, extension: [{ url: 'code', valueCodeableConcept: { text: 'Việt Nam' } }] }] })],
    ['in a nested item', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'choice', extension: [{ url: `${core}questionnaire-choiceOrientation`, valueCode: 'vertical' }] }] }] }],
    ['by somebody else', patient({ extension: [{ url: 'https://sen.example/x', valueBoolean: true }] })],
  ])('are accepted %s', (_name, resource) => {
    expect(problems(resource)).toEqual([]);
  });

  it.each([
    ['in another place', patient({ extension: [{ url: `${core}patient-birthTime`, valueDateTime: '1990' }] }),
      `Patient.extension[0]: extension: the extension ${core}patient-birthTime is not for this element: it is for Patient.birthDate`],
    ['on a contained resource of another type', { resourceType: 'Basic', code: { text: 'x' }, subject: { reference: '#g' }, contained: [{ resourceType: 'Group', id: 'g', type: 'person', actual: true, extension: [{ url: `${core}patient-birthPlace`, valueAddress: { city: 'Huế' } }] }] },
      `Basic.contained[0].extension[0]: extension: the extension ${core}patient-birthPlace is not for this element: it is for Patient`],
    ['with a value of another type', patient({ extension: [{ url: `${core}patient-birthPlace`, valueString: 'Huế' }] }),
      `Patient.extension[0].value.ofType(string): extension: the extension ${core}patient-birthPlace holds a value of type Address`],
    ['with a value instead of extensions', patient({ extension: [{ url: `${core}patient-nationality`, valueString: 'VN' }] }),
      `Patient.extension[0].value.ofType(string): extension: the extension ${core}patient-nationality holds extensions, not a value`],
    ['as a modifier that modifies nothing', patient({ modifierExtension: [{ url: `${core}patient-birthPlace`, valueAddress: { city: 'Huế' } }] }),
      `Patient.modifierExtension[0]: extension: the extension ${core}patient-birthPlace belongs under extension`],
    ['where its context is otherwise', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '2', type: 'text', extension: [{ url: `${core}questionnaire-choiceOrientation`, valueCode: 'vertical' }] }] },
      `Questionnaire.item[0].extension[0]: extension: the extension ${core}questionnaire-choiceOrientation may be used only where type='choice' or type='open-choice'`],
    ['with a relative url', patient({ extension: [{ url: 'birthPlace', valueString: 'x' }] }), 'Patient.extension[0].url: value: must be an absolute URL'],
  ])('are refused %s', (_name, resource, problem) => {
    expect(problems(resource)).toEqual([`error ${problem}`]);
  });

  it('are told of when R4 does not define them, and accepted', () => {
    const lan = patient({ extension: [{ url: `${core}patient-shoeSize`, valueInteger: 37 }] });
    expect(problems(lan)).toEqual([]);
    expect(problems(lan, true)).toEqual([`warning Patient.extension[0].url: extension: R4 defines no extension ${core}patient-shoeSize`]);
  });
});
