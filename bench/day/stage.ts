// The stage of the day: a hospital with its rooms, doctors, stations and schedules, and the people who will come. Set up over the FHIR API and the doors of the schedules.
import type { House } from '../../server/src/platform/module.ts';
import { createAccount } from './stage-accounts.ts';
import type { Door } from './door.ts';
import type { ShapedDay, ShapedPerson } from './shape.ts';

export const facility = 'bm';
export const roomId = (key: string) => `bm-${key}`;
export const doctorId = (key: string) => `bs-${key}`;
const departmentId = (specialty: string) => `khoa-${specialty}`;
const patientId = ({ key }: ShapedPerson) => `nb-${key}`;

type StationKind = 'payment' | 'laboratory' | 'imaging';
const stationWords: Readonly<Record<StationKind, { readonly places: number; readonly id: string; readonly name: string; readonly role: string }>> = {
  payment: { places: 24, id: 'bm-thu-ngan', name: 'Quầy thu ngân', role: 'cashier' },
  laboratory: { places: 30, id: 'bm-lay-mau', name: 'Bàn lấy mẫu', role: 'laboratory' },
  imaging: { places: 30, id: 'bm-hinh-anh', name: 'Phòng chụp', role: 'radiographer' },
};

/** Each place of a station is a room with a number of its own. */
export const stations = (Object.keys(stationWords) as StationKind[]).flatMap((kind) => {
  const { places, id, name, role } = stationWords[kind];
  return Array.from({ length: places }, (_, i) => ({ kind, role, id: `${id}-${i + 1}`, name: `${name} ${i + 1}` }));
});

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý'];
const middles = ['Thị', 'Văn', 'Thu', 'Minh', 'Đức', 'Ngọc', 'Quang', 'Thanh', 'Hồng', 'Xuân'];
const givens = ['Lan', 'Hùng', 'Mai', 'Dũng', 'Hương', 'Tuấn', 'Hà', 'Nam', 'Thảo', 'Long', 'Phượng', 'Sơn', 'Nga', 'Bình', 'Yến', 'Khoa', 'Loan', 'Tâm', 'Vân'];

function nameOf(index: number): { text: string; family: string; given: string[] } {
  const family = families[index % families.length]!;
  const given = [middles[(index * 7 + (index >> 4)) % middles.length]!, givens[(index * 11 + (index >> 3)) % givens.length]!];
  return { text: [family, ...given].join(' '), family, given };
}

function phoneOf(index: number): string {
  return `09${String(10_000_000 + index * 37).slice(-8)}`;
}

/** 12 digits whose sex and year agree with the person (the first three: Hà Nội). */
function citizenNumberOf(index: number, birthYear: number, female: boolean): string {
  const century = birthYear >= 2000 ? 2 : 0;
  return `001${century + (female ? 1 : 0)}${String(birthYear % 100).padStart(2, '0')}${String(100_000 + index).slice(-6)}`;
}

export interface StagedPerson {
  readonly shaped: ShapedPerson;
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly citizenNumber: string;
  readonly birthDate: string;
  /** What the reader at the desk types when the citizen card is scanned. */
  readonly card: string;
  /** As a proxy would tell it. */
  readonly address: string;
}

/** Gives everybody a name, numbers and a card; sexes alternate. */
export function stagedPeople({ people }: ShapedDay, today: string): StagedPerson[] {
  const year = Number(today.slice(0, 4));
  return people.map((shaped, index) => {
    const female = index % 2 === 0;
    const birthYear = year - shaped.age - 1;
    const day = 1 + (index % 28);
    const month = 1 + (index % 12);
    const { text: name } = nameOf(index);
    const citizenNumber = citizenNumberOf(index, birthYear, female);
    const two = (value: number) => String(value).padStart(2, '0');
    return {
      shaped, id: patientId(shaped), name, phone: phoneOf(index), citizenNumber, birthDate: `${birthYear}-${two(month)}-${two(day)}`,
      card: `${citizenNumber}||${name}|${two(day)}${two(month)}${birthYear}|${female ? 'Nữ' : 'Nam'}|Phường Bạch Mai, Hà Nội|01012022`,
      address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    };
  });
}

/** Stores the house: facility, departments, rooms, doctors, stations. */
export function houseResources(day: ShapedDay): object[] {
  const organization = { resourceType: 'Organization', id: facility, active: true, name: 'Bệnh viện diễn tập', type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'prov' }] }] };
  const used = [...new Set(day.rooms.map(({ specialty }) => specialty))];
  const departments = used.map((specialty) => ({
    resourceType: 'Organization', id: departmentId(specialty), active: true, name: `Khoa ${specialty.replaceAll('-', ' ')}`, partOf: { reference: `Organization/${facility}` },
    type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'dept' }] }],
  }));
  const place = (id: string, name: string, kind: string, owner: string) => ({
    resourceType: 'Location', id, status: 'active', mode: 'instance', name, managingOrganization: { reference: `Organization/${owner}` },
    type: [{ coding: [{ system: 'urn:sen:cs:station', code: kind }] }], physicalType: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code: 'ro' }] },
  });
  const rooms = day.rooms.flatMap(({ key, specialty }, index) => [
    place(roomId(key), `Phòng ${key.slice(1)}`, 'exam', departmentId(specialty)),
    { resourceType: 'Practitioner', id: doctorId(key), active: true, name: [{ ...nameOf(index * 5 + 3), prefix: ['BS.'] }] },
    {
      resourceType: 'PractitionerRole', id: `${doctorId(key)}-role`, active: true, practitioner: { reference: `Practitioner/${doctorId(key)}` }, organization: { reference: `Organization/${departmentId(specialty)}` },
      location: [{ reference: `Location/${roomId(key)}` }], code: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/practitioner-role', code: 'doctor' }] }],
    },
  ]);
  return [organization, ...departments, ...stations.map(({ id, name, kind }) => place(id, name, kind, facility)), ...rooms];
}

export function patientResource({ id, name, phone, citizenNumber, birthDate }: StagedPerson): object {
  const [family = '', ...given] = name.split(' ');
  return {
    resourceType: 'Patient', id, active: true, name: [{ use: 'official', text: name, family, given }], telecom: [{ system: 'phone', value: phone, use: 'mobile' }],
    gender: Number(citizenNumber[3]) % 2 === 1 ? 'female' : 'male', birthDate,
    identifier: [{ use: 'official', system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: citizenNumber }, { system: 'urn:sen:sid:hospital-number', type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, value: id }],
  };
}

/** Sends resources as batches of some hundred. */
export async function storeAll(door: Door, token: string, resources: readonly object[]): Promise<void> {
  for (let i = 0; i < resources.length; i += 400) {
    const entry = resources.slice(i, i + 400).map((resource) => {
      const { resourceType, id } = resource as { resourceType: string; id: string };
      return { resource, request: { method: 'PUT', url: `${resourceType}/${id}` } };
    });
    const answer = await door.ask<{ entry: { response: { status: string } }[] }>('store', 'POST', '/fhir/R4', { resourceType: 'Bundle', type: 'batch', entry }, { token });
    const refused = answer?.entry.filter(({ response }) => !response.status.startsWith('2')).length ?? entry.length;
    if (refused > 0) throw new Error(`${refused} of ${entry.length} resources of the stage were refused`);
  }
}

/** The sessions of the day: each seat as long as the shape has it, whatever the kind of visit. Set in the database; people then book over the doors. */
export async function storeSessions(house: House, day: ShapedDay, date: string, midnight: number): Promise<void> {
  const { database } = house;
  const used = [...new Set(day.rooms.map(({ specialty }) => departmentId(specialty)))];
  await database.query({ text: `INSERT INTO booking.specialty (id, facility, name) SELECT id, $2, id FROM unnest($1::text[]) AS u(id) ON CONFLICT (id) DO NOTHING`, values: [used, facility] });
  await database.query({ text: `INSERT INTO booking.visit_type (code, valid_from, name_vi, name_en, minutes, place) VALUES ('seat', '2025-01-01', 'Một chỗ', 'One seat', 3, 0)` });
  for (const { key, specialty, seatMinutes, sessions } of day.rooms) {
    for (const { from, until } of sessions) {
      const span = [from, until].map((minutes) => new Date(midnight + minutes * 60_000));
      await database.query({
        text: `INSERT INTO booking.session (id, facility, day, doctor_id, doctor_name, room_id, room_name, specialty_id, during, step_minutes, lanes)
          VALUES (gen_random_uuid(), $1, $2, $3, $3, $4, $5, $6, tstzrange($7, $8), $9, 1)`,
        values: [facility, date, doctorId(key), roomId(key), `Phòng ${key.slice(1)}`, departmentId(specialty), span[0], span[1], seatMinutes],
      });
    }
  }
}

/** Accounts of the desks, the switchboard, the doctors and the stations, each with a token. */
export async function openAccounts(house: House, day: ShapedDay): Promise<{ desks: string[]; operators: string[]; doctorOf: Map<string, string>; stationOf: Map<string, string> }> {
  const desks = await Promise.all(Array.from({ length: 20 }, (_, i) => createAccount(house, { username: `quay-${i}`, role: 'reception', facility })));
  const operators = await Promise.all(Array.from({ length: 12 }, (_, i) => createAccount(house, { username: `tong-dai-${i}`, role: 'operator', facility })));
  const doctorOf = new Map<string, string>();
  for (const { key, specialty } of day.rooms) {
    doctorOf.set(key, await createAccount(house, { username: `bs-${key}`, role: 'doctor', facility, practitioner: doctorId(key), places: [`Organization/${departmentId(specialty)}`, `Location/${roomId(key)}`] }));
  }
  const stationOf = new Map<string, string>();
  for (const { id, role } of stations) stationOf.set(id, await createAccount(house, { username: id, role, facility, places: [`Location/${id}`] }));
  return { desks, operators, doctorOf, stationOf };
}
