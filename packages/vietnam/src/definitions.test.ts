import { beforeAll, describe, expect, it } from 'vitest';
import { judgeByProfiles, loadConstraints, loadR4Profiles, profileBook, validateResource, type ConstraintEvaluator, type ProfileBook, type Resource } from '@sen/fhir';
import { canonical } from './canonical.ts';
import { packageResources, structureDefinitions } from './definitions.ts';
import { identifierSystems as systems } from './identifier-systems.ts';

let book: ProfileBook;
let holds: ConstraintEvaluator;
beforeAll(async () => {
  const all = new Map([...(await loadR4Profiles()), ...structureDefinitions].map((one) => [one.url, one]));
  book = profileBook((url) => all.get(url.split('|')[0] as string));
  holds = await loadConstraints();
});

/** What is found, codes left to the terminology, as `severity key-or-code expression`. */
function found(resource: object, profile: string): string[] {
  expect(validateResource(resource)).toEqual([]);
  const question = { book, profiles: [canonical('StructureDefinition', profile)], unknownClaims: 'error', thorough: false, answers: new Map(), holds } as const;
  return judgeByProfiles(resource as Resource, question).findings.map(({ severity, key, code, expression }) => `${severity} ${key ?? code} ${expression}`).sort();
}

const coding = (system: string, code: string) => ({ system: canonical('CodeSystem', system), code });
const extension = (id: string, value: object) => ({ url: canonical('StructureDefinition', id), ...value });

/** Chị Lò Thị Mai, a synthetic farmer of Điện Biên, born 1990. */
const mai = (more: object = {}) => ({
  resourceType: 'Patient',
  extension: [
    extension('dan-toc', { valueCodeableConcept: { coding: [coding('ma-dantoc', '03')], text: 'Thái' } }),
    extension('nghe-nghiep', { valueCodeableConcept: { coding: [coding('ma-nghe-nghiep', '61')] } }),
    { url: 'http://hl7.org/fhir/StructureDefinition/patient-nationality', extension: [{ url: 'code', valueCodeableConcept: { coding: [{ system: 'urn:iso:std:iso:3166', code: 'VN' }] } }] },
  ],
  identifier: [
    { system: systems.citizen, value: '011190000001' }, { system: systems.oldIdentityCard, value: '040000001' },
    { system: systems.insuranceCard, value: 'DT2110000000001' }, { system: systems.socialInsurance, value: '0000000001' }, { system: 'urn:bv:mrn', value: '26.000.001' },
  ],
  name: [{ family: 'Lò', given: ['Thị', 'Mai'] }], gender: 'female', birthDate: '1990-05-01',
  address: [{ use: 'home', state: 'Tỉnh Điện Biên', city: 'Xã Mường Phăng', country: 'VN', extension: [extension('ma-tinh', { valueCoding: coding('tinh', '11') }), extension('ma-xa', { valueCoding: coding('xa', '03316') })] }],
  ...more,
});
const numbered = (system: string, value: string) => mai({ identifier: [{ system, value }] });

describe('the package of Vietnamese profiles', () => {
  it('is valid R4, with one id and one canonical for each definition', () => {
    for (const resource of packageResources) expect({ id: resource.id, issues: validateResource(resource) }).toEqual({ id: resource.id, issues: [] });
    expect(new Set(packageResources.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(packageResources.length);
    expect(structureDefinitions.every(({ id, url }) => url === canonical('StructureDefinition', id))).toBe(true);
  });
});

describe('vn-patient (decision 130/QĐ-BYT, XML1)', () => {
  it('accepts a patient with all that is asked', () => expect(found(mai(), 'vn-patient')).toEqual([]));

  it('accepts a newborn without any number', () => {
    expect(found({ resourceType: 'Patient', name: [{ text: 'Con bà Lò Thị Mai' }], gender: 'unknown', birthDate: '2026-11-20' }, 'vn-patient')).toEqual([]);
  });

  it('asks for name, sex and birth', () => {
    expect(found({ resourceType: 'Patient' }, 'vn-patient')).toEqual(['error required Patient.birthDate', 'error required Patient.gender', 'error required Patient.name']);
  });

  it.each([
    [systems.citizen, '01119000001', ['error vn-cccd-1 Patient.identifier[0].value']],
    [systems.citizen, '111190000001', ['warning vn-cccd-2 Patient.identifier[0].value']],
    [systems.oldIdentityCard, '04000000', ['error vn-cmnd-1 Patient.identifier[0].value']],
    [systems.insuranceCard, 'DT21100000000', ['error vn-bhyt-1 Patient.identifier[0].value']],
    [systems.insuranceCard, '0000000001', []],
    [systems.insuranceCard, 'DT9110000000001', ['warning vn-bhyt-2 Patient.identifier[0].value']],
    [systems.socialInsurance, '000000001', ['error vn-bhxh-1 Patient.identifier[0].value']],
  ])('judges the form of %s %s', (system, value, expected) => expect(found(numbered(system, value), 'vn-patient')).toEqual(expected));

  it('only warns when the citizen number tells another sex or year', () => {
    expect(found(mai({ gender: 'male' }), 'vn-patient')).toEqual(['warning vn-pat-1 Patient']);
    expect(found(mai({ birthDate: '1991' }), 'vn-patient')).toEqual(['warning vn-pat-2 Patient']);
    expect(found(mai({ gender: 'other' }), 'vn-patient')).toEqual([]);
  });

  it('takes one citizen number only', () => {
    expect(found(mai({ identifier: [{ system: systems.citizen, value: '011190000001' }, { system: systems.citizen, value: '011190000002' }] }), 'vn-patient')).toEqual(['error structure Patient.identifier']);
  });

  it('keeps the extensions where they belong, with a coded value', () => {
    expect(found(mai({ extension: [extension('dan-toc', { valueString: 'Thái' })] }), 'vn-patient')).toEqual(['error structure Patient.extension[0].value']);
    expect(found(mai({ extension: [extension('doi-tuong-kcb', { valueCodeableConcept: { text: 'x' } })] }), 'vn-patient')).toEqual(['error extension Patient.extension[0]']);
  });
});

describe('vn-address: two levels since 2025-07-01 (Law 72/2025/QH15)', () => {
  const three = { state: 'Tỉnh Thừa Thiên Huế', district: 'Huyện Phú Vang', city: 'Xã Phú An', country: 'VN' };

  it('refuses a district in an address of today', () => {
    expect(found(mai({ address: [three] }), 'vn-patient')).toEqual(['error vn-adr-1 Patient.address[0]']);
    expect(found(mai({ address: [{ ...three, period: { start: '2025-07-01' } }] }), 'vn-patient')).toEqual(['error vn-adr-1 Patient.address[0]']);
  });

  it.each([{ period: { start: '2019-03-01' } }, { period: { end: '2025-06-30' } }, { period: { end: '2025-06-30T08:00:00+07:00' } }, { use: 'old' }])('allows one in an address of before: %j', (more) => {
    expect(found(mai({ address: [{ ...three, ...more }] }), 'vn-patient')).toEqual([]);
  });

  it('warns of an address in Vietnam without province or commune, not of one abroad', () => {
    expect(found(mai({ address: [{ text: 'Điện Biên' }] }), 'vn-patient')).toEqual(['warning vn-adr-2 Patient.address[0]']);
    expect(found(mai({ address: [{ country: 'LA', city: 'Phongsaly' }] }), 'vn-patient')).toEqual([]);
  });
});

describe('vn-encounter (MA_LOAI_KCB, MA_DOITUONG_KCB)', () => {
  const visit = (code: string, more: object = {}) => ({
    resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/mai' }, serviceProvider: { reference: 'Organization/bv' }, period: { start: '2026-11-20T07:30:00+07:00' },
    extension: [extension('doi-tuong-kcb', { valueCodeableConcept: { coding: [coding('ma-doituong-kcb', '1.1')] } })],
    type: [{ text: 'Khám thường' }, { coding: [coding('ma-loai-kcb', code)] }], ...more,
  });

  it('accepts a visit with its official type and entitlement', () => expect(found(visit('01'), 'vn-encounter')).toEqual([]));

  it('refuses a type that is no code of two digits, and a visit without patient, place or begin', () => {
    expect(found(visit('1'), 'vn-encounter')).toEqual(['error vn-enc-2 Encounter.type[1].coding[0].code']);
    expect(found(visit('01', { subject: undefined, serviceProvider: undefined, period: undefined }), 'vn-encounter')).toEqual([
      'error required Encounter.serviceProvider', 'error required Encounter.subject', 'error vn-enc-1 Encounter',
    ]);
    expect(found(visit('01', { status: 'planned', period: undefined }), 'vn-encounter')).toEqual([]);
  });
});

describe('vn-coverage (card, benefit level, registered facility)', () => {
  const card = (more: object = {}) => ({
    resourceType: 'Coverage', status: 'active', identifier: [{ system: systems.insuranceCard, value: 'GD4110000000001' }], beneficiary: { reference: 'Patient/mai' },
    payor: [{ reference: 'Organization/vss' }], period: { start: '2026-01-01', end: '2026-12-31' },
    extension: [extension('noi-dang-ky-kcb', { valueReference: { identifier: { system: systems.facility, value: '11001' } } }), extension('ma-khu-vuc', { valueCode: 'K1' }), extension('nam-nam-lien-tuc', { valueDate: '2024-01-01' })],
    class: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code: 'group' }] }, value: 'GD4' }], ...more,
  });

  it('accepts a card', () => expect(found(card(), 'vn-coverage')).toEqual([]));

  it('refuses what is no card, an unknown area, and a beneficiary who is no patient', () => {
    expect(found(card({ identifier: [{ system: systems.insuranceCard, value: 'GD41' }], class: undefined }), 'vn-coverage')).toEqual(['error vn-bhyt-1 Coverage.identifier[0].value']);
    expect(found(card({ identifier: undefined, period: {  end: '2026-12-31' } }), 'vn-coverage')).toEqual(['error required Coverage.identifier', 'error required Coverage.identifier', 'error required Coverage.period.start']);
    expect(found(card({ extension: [extension('ma-khu-vuc', { valueCode: 'K4' })] }), 'vn-coverage')).toEqual(['error vn-kv-1 Coverage.extension[0].value']);
  });

  it('only warns when the group is not that of the card', () => {
    const group = [{ ...card().class[0], value: 'HN1' }];
    expect(found(card({ class: group }), 'vn-coverage')).toEqual(['warning vn-cov-1 Coverage']);
    expect(found(card({ class: [{ ...group[0], value: 'HN9' }], identifier: [{ system: systems.insuranceCard, value: '0000000001' }] }), 'vn-coverage')).toEqual(['warning vn-cov-2 Coverage.class[0].value']);
  });
});

describe('vn-practitioner and vn-organization (licence, facility code)', () => {
  const doctor = { resourceType: 'Practitioner', name: [{ text: 'BS. Vàng A Sình' }] };

  it('asks a practitioner for a licence, as identifier or with a qualification', () => {
    const licence = [{ system: systems.practiceLicence, value: '000001/ĐB-CCHN' }];
    expect(found({ ...doctor, identifier: licence }, 'vn-practitioner')).toEqual([]);
    expect(found({ ...doctor, qualification: [{ code: { text: 'Bác sĩ' }, identifier: licence }] }, 'vn-practitioner')).toEqual([]);
    expect(found(doctor, 'vn-practitioner')).toEqual(['error vn-prac-1 Practitioner']);
  });

  it.each([['11001', []], ['1100', ['error vn-cskcb-1 Organization.identifier[0].value', 'warning vn-cskcb-2 Organization.identifier[0].value']], ['1100A', ['warning vn-cskcb-2 Organization.identifier[0].value']]])('judges the facility code %s', (value, expected) => {
    expect(found({ resourceType: 'Organization', name: 'Bệnh viện', identifier: [{ system: systems.facility, value }] }, 'vn-organization')).toEqual(expected);
  });

  it('asks a facility for its code', () => {
    expect(found({ resourceType: 'Organization', name: 'Bệnh viện', identifier: [{ system: 'urn:x', value: '1' }] }, 'vn-organization')).toEqual(['error required Organization.identifier']);
  });
});
