// The people of the attack tests: some whom the askers have to do with, and some whose record is not theirs to see.
import type { Json } from '../conformance/client.ts';

const loinc = 'http://loinc.org';
const icd10 = 'http://hl7.org/fhir/sid/icd-10';
const registry = 'http://bvsen.vn/ma-benh-nhan';
const laboratory = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] };

function patient(id: string, family: string, given: string, more: object = {}): Json {
  return {
    resourceType: 'Patient', id, identifier: [{ system: registry, value: `BN-${id}` }], name: [{ family, given: [given] }], gender: 'female', birthDate: '1980-05-01',
    telecom: [{ system: 'phone', value: `09${id.length}1234567` }], ...more,
  };
}

function recordOf(id: string, doctor: string, value: number, code = 'E11.9'): Json[] {
  const subject = { reference: `Patient/${id}` };
  return [
    {
      resourceType: 'Encounter', id: `visit-${id}`, status: 'in-progress', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject,
      participant: [{ individual: { reference: `Practitioner/${doctor}` } }], period: { start: '2026-03-01T08:00:00+07:00' },
    },
    {
      resourceType: 'Observation', id: `glucose-${id}`, status: 'final', category: [laboratory], code: { coding: [{ system: loinc, code: '2345-7' }], text: 'Đường huyết' }, subject,
      encounter: { reference: `Encounter/visit-${id}` }, performer: [{ reference: `Practitioner/${doctor}` }], effectiveDateTime: '2026-03-01T08:30:00+07:00',
      valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    },
    {
      resourceType: 'Condition', id: `illness-${id}`, subject, encounter: { reference: `Encounter/visit-${id}` }, recordedDate: '2026-03-01',
      clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] }, code: { coding: [{ system: icd10, code }], text: `Bệnh ${code}` },
    },
    {
      resourceType: 'MedicationRequest', id: `drug-${id}`, status: 'active', intent: 'order', subject, medicationCodeableConcept: { text: 'Metformin 500 mg' },
      authoredOn: '2026-03-01T09:00:00+07:00', requester: { reference: `Practitioner/${doctor}` },
    },
    {
      resourceType: 'DocumentReference', id: `letter-${id}`, status: 'current', subject, date: '2026-03-01T09:00:00+07:00', content: [{ attachment: { contentType: 'text/plain', url: `Binary/paper-${id}` } }],
    },
    { resourceType: 'Binary', id: `paper-${id}`, contentType: 'text/plain', securityContext: { reference: `DocumentReference/letter-${id}` }, data: Buffer.from(`Thư của ${id}`).toString('base64') },
    { resourceType: 'ServiceRequest', id: `order-${id}`, status: 'active', intent: 'order', subject, code: { text: 'Tổng phân tích nước tiểu' }, authoredOn: '2026-03-01T09:00:00+07:00' },
    { resourceType: 'List', id: `list-${id}`, status: 'current', mode: 'working', subject, entry: [{ item: { reference: `Observation/glucose-${id}` } }] },
    {
      resourceType: 'Composition', id: `note-${id}`, status: 'final', type: { text: 'Bệnh án' }, subject, date: '2026-03-01T09:00:00+07:00', author: [{ reference: `Practitioner/${doctor}` }], title: `Bệnh án ${id}`,
      section: [{ title: 'Kết quả', entry: [{ reference: `Observation/glucose-${id}` }] }],
    },
    { resourceType: 'Claim', id: `claim-${id}`, status: 'active', type: { text: 'ngoại trú' }, use: 'claim', patient: subject, created: '2026-03-01', provider: { reference: 'Organization/nha' }, priority: { text: 'normal' }, insurance: [{ sequence: 1, focal: true, coverage: { display: 'BHYT' } }] },
  ];
}

/** Nguyễn Thị Hạnh is the patient of the demo account; the demo doctor treats her. */
export const ownPatient = 'nguyen-thi-hanh';

const everybody: readonly Json[] = [
  { resourceType: 'Organization', id: 'nha', name: 'Bệnh viện Sen Hồng' },
  { resourceType: 'Practitioner', id: 'le-minh-quang', name: [{ family: 'Lê', given: ['Minh', 'Quang'] }] },
  { resourceType: 'Practitioner', id: 'bac-si-khac', name: [{ family: 'Trịnh', given: ['Công', 'Sơn'] }] },
  patient(ownPatient, 'Nguyễn', 'Hạnh', { generalPractitioner: [{ reference: 'Practitioner/le-minh-quang' }] }),
  ...recordOf(ownPatient, 'le-minh-quang', 8.1),
  patient('tran-van-ba', 'Trần', 'Ba', { generalPractitioner: [{ reference: 'Practitioner/bac-si-khac' }] }),
  patient('le-thi-khoa', 'Lê', 'Khoa'),
  // of the doctor's department, and of no concern to the doctor in person
  { resourceType: 'Encounter', id: 'visit-le-thi-khoa', status: 'in-progress', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' }, subject: { reference: 'Patient/le-thi-khoa' }, serviceProvider: { reference: 'Organization/sen-hong-endocrine' } },
];

const label = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }] };

/** What another doctor knows of Trần Văn Ba, and what is too sensitive of Lê Thị Khoa to be seen by a whole department. */
const secret: readonly Json[] = [
  ...recordOf('tran-van-ba', 'bac-si-khac', 31.7, 'B20.1'),
  { resourceType: 'Observation', id: 'secret-note', status: 'final', code: { coding: [{ system: loinc, code: '2345-7' }] }, subject: { reference: 'Patient/tran-van-ba' }, effectiveDateTime: '2026-03-01T07:00:00+07:00', valueQuantity: { value: 31.6, code: 'mmol/L', system: 'http://unitsofmeasure.org' }, derivedFrom: [{ reference: 'Observation/glucose-tran-van-ba' }] },
  { resourceType: 'Observation', id: 'labelled', meta: label, status: 'final', code: { coding: [{ system: loinc, code: '2345-7' }] }, subject: { reference: 'Patient/le-thi-khoa' }, effectiveDateTime: '2026-03-01T07:00:00+07:00', valueQuantity: { value: 31.8, code: 'mmol/L', system: 'http://unitsofmeasure.org' } },
  { resourceType: 'Condition', id: 'coded', subject: { reference: 'Patient/le-thi-khoa' }, encounter: { reference: 'Encounter/visit-le-thi-khoa' }, code: { coding: [{ system: icd10, code: 'B20.1' }] } },
];

const seenByTheOffice = new Set(['Encounter', 'Claim']);

/** What is left to an app that may see who the patient is and the laboratory's results, for the patient it was opened for; the visit makes the doctor's relation. */
function isGranted({ id, resourceType: type }: Json): boolean {
  return type === 'Organization' || type === 'Practitioner' || id === ownPatient || id === `glucose-${ownPatient}` || id === `visit-${ownPatient}`;
}

/** Two worlds, and who cannot tell them apart. */
export interface Twins {
  readonly name: string;
  readonly shared: readonly Json[];
  readonly hidden: readonly Json[];
  readonly roles: readonly string[];
}

export const twins: readonly Twins[] = [
  { name: 'the record of a patient one has nothing to do with', shared: everybody, hidden: secret, roles: ['doctor', 'patient', 'partner', 'administrator', 'nurse', 'relative', 'director'] },
  {
    name: 'what is clinical, for those who work in the office', roles: ['cashier', 'reception'],
    shared: [...everybody, ...secret.filter(({ resourceType }) => seenByTheOffice.has(resourceType))],
    hidden: secret.filter(({ resourceType }) => !seenByTheOffice.has(resourceType)),
  },
  {
    name: 'what an app was not let see', shared: everybody.filter(isGranted), hidden: [...everybody.filter((one) => !isGranted(one)), ...secret],
    roles: ['doctor', 'patient', 'reception'].map((role) => `${role} through patient/Patient.rs patient/Observation.rs?category=laboratory`),
  },
];
