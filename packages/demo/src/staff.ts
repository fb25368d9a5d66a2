import type { Resource } from '@sen/fhir';
import { dateText, parseLocal, day } from './calendar.ts';
import { createDice, type Dice } from './dice.ts';
import { branchFacility, type DepartmentKey, departmentOf, type Facility, mainFacility, type Reference } from './hospital.ts';
import { personName, pickName, type PersonName, type Sex } from './names.ts';
import { mobileNumber } from './numbers.ts';
import { hl7Concept, systems } from './systems.ts';

type Title = 'BS.' | 'BSCKI.' | 'BSCKII.' | 'ThS.BS.' | 'TS.BS.' | 'ĐD.' | 'NHS.' | 'DS.' | 'KTV.';

export interface StaffMember {
  readonly id: string;
  readonly title: Title;
  readonly name: PersonName;
  readonly sex: Sex;
  readonly reference: Reference;
  readonly facility: Facility;
  readonly department: DepartmentKey;
}

export interface Staff {
  readonly members: readonly StaffMember[];
  doctorsOf(facility: Facility, department: DepartmentKey): readonly StaffMember[];
  nursesOf(facility: Facility, department: DepartmentKey): readonly StaffMember[];
}

// People of the screens and stories keep their names whatever the seed.
const known: readonly (readonly [string, Title, Sex, string, DepartmentKey])[] = [
  ['le-minh-quang', 'BS.', 'male', 'Lê Minh Quang', 'endocrine'],
  ['do-thu-hang', 'ThS.BS.', 'female', 'Đỗ Thu Hằng', 'eye'],
  ['vu-thi-lan', 'ĐD.', 'female', 'Vũ Thị Lan', 'endocrine'],
  ['pham-quoc-anh', 'TS.BS.', 'male', 'Phạm Quốc Anh', 'dialysis'],
  ['nguyen-thi-minh-tam', 'BSCKII.', 'female', 'Nguyễn Thị Minh Tâm', 'obstetrics'],
  ['hoang-dinh-nghia', 'ThS.BS.', 'male', 'Hoàng Đình Nghĩa', 'children'],
];

const doctorTitles: readonly (readonly [Title, number])[] = [['BS.', 50], ['BSCKI.', 15], ['ThS.BS.', 22], ['BSCKII.', 7], ['TS.BS.', 6]];

/** Makes the staff of both facilities from the seed: doctors and nurses of every department, technicians, pharmacists. */
export function createStaff(seed: number): Staff {
  const dice = createDice(seed, 'staff');
  const members = known.map(([id, title, sex, name, department]) => member(id, title, sex, knownName(name), mainFacility, department));
  for (const facility of [mainFacility, branchFacility]) {
    for (const key of Object.keys(facility.departments) as DepartmentKey[]) {
      titlesFor(dice, key, facility).forEach((title) => members.push(randomMember(dice, members.length, title, facility, key)));
    }
  }
  const places = new Map<string, StaffMember[]>();
  for (const one of members) {
    const place = `${one.facility.key}/${one.department}/${isNurse(one)}`;
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  const at = (facility: Facility, department: DepartmentKey, nurse: boolean): readonly StaffMember[] =>
    places.get(`${facility.departments[department] === undefined ? mainFacility.key : facility.key}/${department}/${nurse}`)!;
  return { members, doctorsOf: (facility, department) => at(facility, department, false), nursesOf: (facility, department) => at(facility, department, true) };
}

function knownName(text: string): PersonName {
  const [family, ...given] = text.split(' ') as [string, ...string[]];
  return personName(family, ...given);
}

function titlesFor(dice: Dice, key: DepartmentKey, facility: Facility): Title[] {
  if (key === 'pharmacy') return ['DS.', 'DS.', 'ĐD.'];
  if (key === 'laboratory' || key === 'imaging') return [dice.weighted(doctorTitles), dice.weighted(doctorTitles), 'KTV.', 'KTV.'];
  const nurse: Title = key === 'obstetrics' ? 'NHS.' : 'ĐD.';
  const doctors = facility === mainFacility ? 3 : 2;
  return [...Array.from({ length: doctors }, () => dice.weighted(doctorTitles)), nurse, nurse];
}

function randomMember(dice: Dice, index: number, title: Title, facility: Facility, department: DepartmentKey): StaffMember {
  const sex: Sex = dice.chance(isNurseTitle(title) ? 0.12 : 0.55) ? 'male' : 'female';
  return member(`nv-${String(index).padStart(3, '0')}`, title, sex, pickName(dice, 'Kinh', sex, dice.whole(1968, 1996)), facility, department);
}

function member(id: string, title: Title, sex: Sex, name: PersonName, facility: Facility, department: DepartmentKey): StaffMember {
  const reference = { reference: `Practitioner/${id}`, display: `${title} ${name.text}` };
  return { id, title, name, sex, reference, facility, department };
}

function isNurse(one: StaffMember): boolean {
  return isNurseTitle(one.title);
}

function isNurseTitle(title: Title): boolean {
  return title === 'ĐD.' || title === 'NHS.' || title === 'KTV.';
}

/** Makes a Practitioner and a PractitionerRole for every member of staff. */
export function staffResources(seed: number, staff: Staff): Resource[] {
  const dice = createDice(seed, 'licences');
  return staff.members.flatMap((one) => [practitioner(dice, one), practitionerRole(one)]);
}

function practitioner(dice: Dice, one: StaffMember): Resource {
  const licence = `${dice.digits(6)}/${one.facility === mainFacility ? 'HNO' : 'HY'}-CCHN`;
  const issued = dateText(parseLocal('2012-01-01') + dice.whole(0, 3800) * day);
  return {
    resourceType: 'Practitioner', id: one.id, active: true,
    identifier: [{ use: 'official', system: systems.practiceLicence, value: licence }],
    name: [{ use: 'official', text: one.name.text, family: one.name.family, given: one.name.given, prefix: [one.title] }],
    telecom: [{ system: 'phone', value: mobileNumber(dice), use: 'work' }],
    gender: one.sex,
    qualification: [{
      identifier: [{ system: systems.practiceLicence, value: licence }],
      code: { text: professions[one.title] },
      period: { start: issued },
    }],
  };
}

const professions: Record<Title, string> = {
  'BS.': 'Bác sĩ', 'BSCKI.': 'Bác sĩ chuyên khoa I', 'BSCKII.': 'Bác sĩ chuyên khoa II', 'ThS.BS.': 'Thạc sĩ, bác sĩ',
  'TS.BS.': 'Tiến sĩ, bác sĩ', 'ĐD.': 'Điều dưỡng', 'NHS.': 'Nữ hộ sinh', 'DS.': 'Dược sĩ', 'KTV.': 'Kỹ thuật viên',
};

function practitionerRole(one: StaffMember): Resource {
  const place = departmentOf(one.facility, one.department);
  const code = one.title === 'DS.' ? hl7Concept('practitioner-role', 'pharmacist', 'Pharmacist')
    : isNurse(one) ? hl7Concept('practitioner-role', 'nurse', 'Nurse') : hl7Concept('practitioner-role', 'doctor', 'Doctor');
  return {
    resourceType: 'PractitionerRole', id: `${one.id}-role`, active: true,
    practitioner: one.reference, organization: place.organization,
    code: [{ ...code, text: professions[one.title] }], specialty: [{ text: place.name.replace('Khoa ', '') }],
    location: place.rooms,
  };
}
