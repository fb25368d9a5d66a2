// A person of the bench as FHIR R4 resources, in one transaction bundle of POST entries, which every server understands.
import { measures, type Person, type Visit } from './population.ts';

export const identifierSystem = 'urn:oid:1.2.704.0.1.9999';

/** The Patient alone, without id. */
export function patientOf(person: Person) {
  return {
    resourceType: 'Patient',
    identifier: [{ system: identifierSystem, value: person.identifier }],
    active: true,
    name: [{ use: 'official', text: [person.family, ...person.given].join(' '), family: person.family, given: person.given }],
    telecom: [{ system: 'phone', value: person.phone, use: 'mobile' }],
    gender: person.gender,
    birthDate: person.birthDate,
    address: [{ use: 'home', line: ['12 Lý Thường Kiệt'], district: 'Hoàn Kiếm', city: 'Hà Nội', country: 'VN' }],
  };
}

/** A transaction bundle that creates a person with everything known of them. */
export function bundleOf(person: Person) {
  const patient = urn(person, 0);
  const resources = [
    patientOf(person),
    ...conditionsOf(patient),
    allergyOf(patient),
    ...person.visits.flatMap((visit, index) => visitOf(person, visit, patient, urn(person, 4 + index * (1 + measures.length)))),
  ];
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource, order) => ({
      fullUrl: urn(person, order),
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  };
}

function visitOf(person: Person, visit: Visit, patient: string, encounter: string) {
  const end = visit.start.replace(':00:00+', ':50:00+');
  return [
    {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
      subject: { reference: patient, display: [person.family, ...person.given].join(' ') },
      period: { start: visit.start, end },
      reasonCode: [{ text: 'Khám định kỳ' }],
    },
    ...visit.observations.map((one, order) => observationOf(one, order, patient, encounter)),
  ];
}

function observationOf(one: Visit['observations'][number], order: number, patient: string, encounter: string) {
  const measure = measures[order] as (typeof measures)[number];
  const category = order < 2 ? 'vital-signs' : 'laboratory';
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code: { coding: [{ system: 'http://loinc.org', code: measure.code, display: measure.display }], text: measure.display },
    subject: { reference: patient },
    encounter: { reference: encounter },
    effectiveDateTime: one.at,
    issued: one.at,
    valueQuantity: { value: one.value, unit: measure.unit, system: 'http://unitsofmeasure.org', code: measure.unit },
    referenceRange: [{ low: { value: measure.low, unit: measure.unit }, high: { value: measure.high, unit: measure.unit } }],
  };
}

function conditionsOf(patient: string) {
  const condition = (code: string, text: string) => ({
    resourceType: 'Condition',
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
    verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }] },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }], text },
    subject: { reference: patient },
    onsetDateTime: '2022-06-01',
  });
  return [condition('I10', 'Tăng huyết áp vô căn'), condition('E11', 'Đái tháo đường típ 2')];
}

function allergyOf(patient: string) {
  return {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] },
    verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code: 'confirmed' }] },
    code: { text: 'Penicillin' },
    patient: { reference: patient },
  };
}

/** A name inside one bundle; bundles never refer to each other, so the order is enough to tell entries apart. */
function urn(person: Person, order: number): string {
  const tail = (person.identifier.replace(/\D/g, '') + String(order).padStart(4, '0')).slice(-12).padStart(12, '0');
  return `urn:uuid:5e4be4c4-0000-4000-8000-${tail}`;
}
