// The policy of a new house: version 1. Law on examination and treatment 15/2023/QH15 (in force 01/01/2024), art. 10 and 69: health data are confidential and
// seen by those who treat, and by others only as far as their work needs; Law on personal data protection 91/2025/QH15 (in force 01/01/2026): health data are sensitive;
// Law on HIV prevention 64/2006/QH11 as amended by 71/2020/QH14, art. 30: a positive result is told to those who care for the patient.
import type { PolicyDocument, Rule, RolePolicy } from './document.ts';
import { starterPermissions } from './starter-permissions.ts';
import { typeGroups } from './type-groups.ts';
import { typesOf } from './types-of.ts';

const see: Rule['may'] = ['read', 'history'];
const write: Rule['may'] = ['create', 'update'];
const sensitive = ['hiv', 'mentalHealth', 'genetic', 'sexualHealth', 'substanceUse', 'violence', 'restricted', 'withheld'] as const;
const ofPerson = ['staff', 'vip'] as const;
const all: (typeof sensitive[number] | typeof ofPerson[number])[] = [...sensitive, ...ofPerson];
const treating: Rule['by'] = ['care', 'emergency'];
const clinicalGroups = ['clinical', 'medicine', 'result'];

/** What everybody who works here may read: it is about no patient. */
const house: Rule = { of: ['place', 'catalogue', 'definition'], may: see, by: ['any'] };
/** Who a person is may be looked up by those who meet patients, or nobody could be treated safely; a famous person only by those who have to do with them. */
const anybodysName: Rule = { of: ['Patient'], may: see, by: ['any'], marks: ['staff'] };

const laboratoryReports = ['category=http://terminology.hl7.org/CodeSystem/v2-0074|LAB', 'category=laboratory'];
const laboratoryResults = ['category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory'];
const laboratoryOrders = ['category=http://snomed.info/sct|108252007'];
const imagingReports = ['RAD', 'RX', 'RUS', 'CT', 'CUS', 'NMR', 'NMS', 'OUS', 'VUS', 'CTH', 'EC'].map((code) => `category=http://terminology.hl7.org/CodeSystem/v2-0074|${code}`);
const imagingResults = ['category=http://terminology.hl7.org/CodeSystem/observation-category|imaging'];
const imagingOrders = ['category=http://snomed.info/sct|363679005'];

const bareContact = ['address', 'communication', 'contact', 'generalPractitioner', 'maritalStatus', 'photo', 'telecom'];
const privateOfStaff = { Practitioner: ['address', 'birthDate', 'photo', 'telecom'] };

/**
 * Those who treat: everything of whom they care for; of the other patients of the department what is not sensitive; anybody in an emergency. Visits,
 * episodes and teams say who cares for whom: nobody makes themselves one of them from outside.
 */
function treats(writes: readonly string[]): Rule[] {
  const read = ['person', 'visit', ...clinicalGroups, 'consent', 'Coverage'];
  return [
    house, anybodysName,
    { of: read, may: see, by: treating, marks: all },
    { of: read, may: see, by: ['department'] },
    { of: ['person', 'visit', ...writes], may: write, by: ['care'], marks: all },
    // In an emergency too, but no visit and no team: they would keep the record open when the emergency is over.
    { of: ['person', ...writes.filter((each) => each !== 'CareTeam')], may: write, by: ['emergency'], marks: all },
    { of: ['person', ...writes.filter((each) => each !== 'CareTeam')], may: write, by: ['department'] },
    { of: ['Patient'], may: ['create'], by: ['any'], marks: [...ofPerson] },
  ];
}

const doctorWrites = typesOf({ groups: typeGroups }, clinicalGroups);
// Prescribing, ordering and diagnosing are the doctor's: Law 15/2023/QH15, art. 26 (professional titles).
const nurseWrites = [
  'AdverseEvent', 'AllergyIntolerance', 'Binary', 'CarePlan', 'Communication', 'CommunicationRequest', 'DeviceUseStatement', 'DocumentReference', 'Flag', 'Goal',
  'Immunization', 'List', 'Media', 'MedicationAdministration', 'MedicationStatement', 'NutritionOrder', 'Observation', 'Procedure', 'QuestionnaireResponse',
  'RiskAssessment', 'Specimen', 'SupplyDelivery', 'SupplyRequest', 'Task',
];

function ownRecord(seen: Exclude<Rule['marks'], undefined>): Rule[] {
  return [
    { ...house, may: ['read'] },
    { of: ['person', 'visit', 'clinical', 'medicine', 'consent', 'finance', 'insurance', 'ImagingStudy', 'Media', 'ServiceRequest', 'Specimen'], may: ['read'], by: ['own'], marks: seen },
    // What is not yet verified is not yet told: a preliminary result is the laboratory's.
    { of: ['Observation', 'DiagnosticReport'], may: ['read'], by: ['own'], marks: seen, where: ['status=final,amended,corrected,cancelled'] },
    { of: ['QuestionnaireResponse'], may: ['create'], by: ['own'], marks: seen },
  ];
}

const clinicians: Pick<PolicyDocument['roles'], 'doctor' | 'nurse' | 'head'> = {
  nurse: { name: { vi: 'Điều dưỡng', en: 'Nurse' }, permissions: starterPermissions('nurse'), rules: treats(nurseWrites) },
  doctor: { name: { vi: 'Bác sĩ', en: 'Doctor' }, permissions: starterPermissions('doctor'), rules: treats(doctorWrites) },
  head: {
    name: { vi: 'Trưởng khoa', en: 'Head of department' }, permissions: starterPermissions('head'),
    rules: [
      ...treats(doctorWrites),
      { of: ['person', 'visit', ...clinicalGroups, 'consent', 'Coverage'], may: see, by: ['department'], marks: all },
      { of: ['person', 'visit', ...doctorWrites], may: write, by: ['department'], marks: all },
      { of: ['statistics'], may: see, by: ['any'], where: ['patient:missing=true'] },
    ],
  },
};

const services: Pick<PolicyDocument['roles'], 'laboratory' | 'radiographer' | 'radiologist' | 'pharmacist'> = {
  laboratory: {
    name: { vi: 'Xét nghiệm', en: 'Laboratory' }, permissions: starterPermissions('laboratory'),
    rules: [
      house, { of: ['Patient'], may: see, by: ['any'], marks: [...ofPerson] },
      { of: ['Specimen'], may: [...see, ...write], by: ['any'], marks: all },
      { of: ['Observation'], may: [...see, ...write], by: ['any'], marks: all, where: laboratoryResults },
      { of: ['DiagnosticReport'], may: [...see, ...write], by: ['any'], marks: all, where: laboratoryReports },
      { of: ['ServiceRequest'], may: [...see, 'update'], by: ['any'], marks: all, where: laboratoryOrders },
      { of: ['ServiceRequest'], may: [...see, 'update'], by: ['care', 'department'], marks: all },
    ],
    hidden: { Patient: bareContact, ...privateOfStaff },
  },
  radiographer: {
    name: { vi: 'Kỹ thuật viên hình ảnh', en: 'Radiographer' }, permissions: starterPermissions('radiographer'),
    rules: [
      house, { of: ['Patient'], may: see, by: ['any'], marks: [...ofPerson] },
      { of: ['ImagingStudy', 'Media'], may: [...see, ...write], by: ['any'], marks: all },
      { of: ['ServiceRequest'], may: [...see, 'update'], by: ['any'], marks: all, where: imagingOrders },
      { of: ['ServiceRequest'], may: [...see, 'update'], by: ['care', 'department'], marks: all },
      // Contrast media: allergies, implants and the kidneys of those who are on the list.
      { of: ['AllergyIntolerance', 'Device', 'DeviceUseStatement', 'Flag', 'Procedure'], may: see, by: ['care', 'department'], marks: [...ofPerson] },
      { of: ['Observation'], may: see, by: ['care', 'department'], marks: [...ofPerson], where: laboratoryResults },
    ],
    hidden: { Patient: bareContact, ...privateOfStaff },
  },
  radiologist: {
    name: { vi: 'Bác sĩ chẩn đoán hình ảnh', en: 'Radiologist' }, permissions: starterPermissions('radiologist'),
    rules: [
      house, { of: ['Patient'], may: see, by: ['any'], marks: [...ofPerson] },
      { of: ['ImagingStudy', 'Media'], may: [...see, ...write], by: ['any'], marks: all },
      { of: ['DiagnosticReport'], may: [...see, ...write], by: ['any'], marks: all, where: imagingReports },
      { of: ['Observation'], may: [...see, ...write], by: ['any'], marks: all, where: imagingResults },
      { of: ['ServiceRequest'], may: [...see, 'update'], by: ['any'], marks: all, where: imagingOrders },
      { of: ['visit', ...clinicalGroups], may: see, by: ['care'], marks: all },
      { of: ['visit', ...clinicalGroups], may: see, by: ['department'], marks: [...ofPerson] },
    ],
  },
  pharmacist: {
    name: { vi: 'Dược sĩ', en: 'Pharmacist' }, permissions: starterPermissions('pharmacist'),
    rules: [
      house, { of: ['Patient'], may: see, by: ['any'], marks: [...ofPerson] },
      { of: ['MedicationRequest', 'MedicationDispense', 'MedicationStatement', 'MedicationAdministration', 'Immunization', 'AllergyIntolerance'], may: see, by: ['any'], marks: all },
      { of: ['MedicationDispense'], may: write, by: ['any'], marks: all },
      { of: ['MedicationRequest'], may: ['update'], by: ['any'], marks: all },
      // Dose by kidney and liver; diagnoses of those whose medicines they look after.
      { of: ['Observation'], may: see, by: ['any'], marks: [...ofPerson], where: laboratoryResults },
      { of: ['visit', 'Condition', 'DetectedIssue'], may: see, by: ['care', 'department'], marks: all },
      { of: ['DetectedIssue'], may: write, by: ['care', 'department'], marks: all },
      { of: ['Medication', 'MedicationKnowledge'], may: write, by: ['any'] },
    ],
    hidden: { Patient: ['communication', 'contact', 'maritalStatus', 'photo'], ...privateOfStaff },
  },
};

const office: Pick<PolicyDocument['roles'], 'operator' | 'reception' | 'cashier' | 'insurance' | 'records' | 'director'> = {
  reception: {
    name: { vi: 'Tiếp đón', en: 'Reception' }, permissions: starterPermissions('reception'),
    rules: [
      house,
      { of: ['person', 'visit', 'consent', 'Coverage', 'CoverageEligibilityRequest', 'CoverageEligibilityResponse', 'Account'], may: [...see, ...write], by: ['any'], marks: [...ofPerson] },
      { of: ['Slot'], may: write, by: ['any'] },
    ],
  },
  // Answers the telephone: who calls and when they come; why they come is the doctor's.
  operator: {
    name: { vi: 'Tổng đài đặt khám', en: 'Switchboard' }, permissions: starterPermissions('operator'),
    rules: [
      house,
      { of: ['Patient', 'RelatedPerson', 'Appointment'], may: [...see, ...write], by: ['any'], marks: [...ofPerson] },
    ],
    hidden: privateOfStaff,
  },
  cashier: {
    name: { vi: 'Thu ngân', en: 'Cashier' }, permissions: starterPermissions('cashier'),
    rules: [
      house,
      { of: ['Patient', 'Encounter', 'Coverage', 'CoverageEligibilityResponse'], may: see, by: ['any'], marks: all },
      { of: ['finance'], may: [...see, ...write], by: ['any'], marks: all },
    ],
    hidden: {
      Patient: ['communication', 'contact', 'generalPractitioner', 'maritalStatus', 'photo'], ...privateOfStaff,
      Encounter: ['diagnosis', 'hospitalization', 'reasonCode', 'reasonReference', 'serviceType', 'type'],
    },
  },
  insurance: {
    name: { vi: 'Giám định bảo hiểm', en: 'Insurance officer' }, permissions: starterPermissions('insurance'),
    rules: [
      house,
      { of: ['Patient', 'Encounter', 'EpisodeOfCare', 'finance'], may: see, by: ['any'], marks: all },
      { of: ['insurance'], may: [...see, ...write], by: ['any'], marks: all },
      // A claim carries the diagnoses of its visit, nothing else of the record (Law on health insurance, art. 28).
      { of: ['Condition'], may: see, by: ['any'], marks: all, where: ['category=http://terminology.hl7.org/CodeSystem/condition-category|encounter-diagnosis'] },
    ],
    hidden: { Patient: ['communication', 'contact', 'maritalStatus', 'photo'], ...privateOfStaff },
  },
  records: {
    name: { vi: 'Hồ sơ bệnh án', en: 'Records officer' }, permissions: starterPermissions('records'),
    rules: [
      house,
      { of: ['person', 'links', 'visit', ...clinicalGroups, 'consent', 'insurance', 'Bundle'], may: see, by: ['any'], marks: ['restricted', 'staff'] },
      { of: ['person', 'visit', 'consent'], may: [...see, ...write], by: ['any'], marks: ['restricted', ...ofPerson] },
      { of: ['links', 'Binary', 'DocumentManifest', 'DocumentReference', 'List'], may: write, by: ['any'], marks: ['restricted', 'staff'] },
    ],
  },
  director: {
    name: { vi: 'Giám đốc', en: 'Director' }, permissions: starterPermissions('director'),
    rules: [house, { of: ['statistics'], may: see, by: ['any'], where: ['patient:missing=true'] }],
  },
};

const keepers: Pick<PolicyDocument['roles'], 'administrator' | 'auditor' | 'privacy'> = {
  administrator: {
    name: { vi: 'Quản trị hệ thống', en: 'Administrator' }, permissions: starterPermissions('administrator'),
    rules: [house, { of: ['place', 'catalogue', 'definition'], may: [...write, 'delete'], by: ['any'] }, { of: ['subscription'], may: [...see, ...write, 'delete'], by: ['any'] }],
  },
  auditor: { name: { vi: 'Kiểm soát truy cập', en: 'Auditor' }, permissions: starterPermissions('auditor'), rules: [house, { of: ['audit'], may: see, by: ['any'], marks: all }] },
  privacy: {
    name: { vi: 'Cán bộ bảo vệ dữ liệu cá nhân', en: 'Privacy officer' }, permissions: starterPermissions('privacy'),
    rules: [
      house, { of: ['audit'], may: see, by: ['any'], marks: all },
      { of: ['person'], may: see, by: ['any'], marks: all }, { of: ['consent'], may: [...see, ...write], by: ['any'], marks: all },
    ],
  },
};

/** What other systems audit they hand in (IHE ITI-20); it is added to ours and told as theirs. */
const told: RolePolicy['rules'][number] = { of: ['AuditEvent'], may: ['create'], by: ['any'], marks: all };

const outside: Pick<PolicyDocument['roles'], 'patient' | 'relative' | 'partner' | 'kiosk' | 'device' | 'integration'> = {
  patient: { name: { vi: 'Người bệnh', en: 'Patient' }, permissions: starterPermissions('patient'), rules: ownRecord(all.filter((mark) => mark !== 'withheld')), hidden: privateOfStaff },
  // Who acts for somebody (a parent, a carer) does not see by that alone what the person may wish to keep from them; a consent can permit it.
  relative: { name: { vi: 'Người nhà, người giám hộ', en: 'Relative or guardian' }, permissions: starterPermissions('relative'), rules: ownRecord([...ofPerson]), hidden: privateOfStaff },
  partner: {
    name: { vi: 'Cơ sở y tế khác', en: 'Partner hospital' }, permissions: starterPermissions('partner'),
    rules: [{ ...house, may: ['read'] }, { of: ['person', 'visit', ...clinicalGroups, 'Coverage'], may: ['read'], by: ['consent'], marks: all }, told],
    hidden: privateOfStaff,
  },
  // What it shows it is told by the use case of its door: a given name and a number.
  kiosk: { name: { vi: 'Máy tự nhận số', en: 'Kiosk' }, permissions: starterPermissions('kiosk'), rules: [{ ...house, may: ['read'] }], hidden: privateOfStaff },
  device: {
    name: { vi: 'Thiết bị', en: 'Device' }, permissions: starterPermissions('device'),
    rules: [
      { ...house, may: ['read'] },
      { of: ['Patient', 'Specimen'], may: ['read'], by: ['any'], marks: all },
      { of: ['ServiceRequest'], may: ['read'], by: ['any'], marks: all, where: [...laboratoryOrders, ...imagingOrders] },
      { of: ['Observation', 'DiagnosticReport', 'ImagingStudy', 'Media', 'Binary'], may: ['create'], by: ['any'], marks: all },
      { of: ['DeviceMetric'], may: ['read', ...write], by: ['any'] },
      told,
    ],
    hidden: { Patient: bareContact, ...privateOfStaff },
  },
  integration: {
    name: { vi: 'Hệ thống nội bộ', en: 'In-house system' }, permissions: starterPermissions('integration'),
    rules: [{ of: Object.keys(typeGroups), may: [...see, ...write, 'delete'], by: ['any'], marks: 'every' }],
  },
};

const roles: { readonly [Role in keyof PolicyDocument['roles']]: RolePolicy } = { ...office, ...clinicians, ...services, ...keepers, ...outside };

export const starterPolicy: PolicyDocument = {
  title: { vi: 'Chính sách truy cập khởi đầu', en: 'Starter access policy' },
  limits: { careDaysAfterVisit: 90, departmentDaysAfterVisit: 30, careDaysBeforeAppointment: 7, careDaysAfterAppointment: 30, careDaysAfterOrder: 30 },
  groups: typeGroups,
  roles,
};
