import type { Resource } from '@sen/fhir';
import { concept, hl7Concept, systems } from './systems.ts';

export interface Reference {
  readonly reference: string;
  readonly display?: string;
}

export type DepartmentKey = keyof typeof departmentNames;

export interface Department {
  readonly key: DepartmentKey;
  readonly name: string;
  readonly organization: Reference;
  readonly rooms: readonly Reference[];
}

export interface Facility {
  readonly key: string;
  readonly name: string;
  readonly organization: Reference;
  readonly city: string;
  readonly departments: Readonly<Partial<Record<DepartmentKey, Department>>>;
}

const departmentNames = {
  exam: ['Khoa Khám bệnh', 'K01', '101 102 103'],
  emergency: ['Khoa Cấp cứu', 'K02', 'CC1 CC2'],
  cardiology: ['Khoa Tim mạch', 'K04', '301 302'],
  digestive: ['Khoa Tiêu hóa', 'K05', '303 304'],
  joints: ['Khoa Cơ – Xương – Khớp', 'K06', '305'],
  kidney: ['Khoa Thận – Tiết niệu', 'K07', '306 307'],
  endocrine: ['Khoa Nội tiết', 'K08', '205 206'],
  respiratory: ['Khoa Hô hấp', 'K03', '308 309'],
  neurology: ['Khoa Thần kinh', 'K14', '310'],
  children: ['Khoa Nhi', 'K18', '401 402'],
  surgery: ['Khoa Ngoại tổng hợp', 'K19', '501 502'],
  obstetrics: ['Khoa Phụ sản', 'K27', '403 404'],
  eye: ['Khoa Mắt', 'K30', '207'],
  dialysis: ['Khoa Thận nhân tạo', 'K35', 'TNT1 TNT2'],
  laboratory: ['Khoa Xét nghiệm', 'K37', 'XN1'],
  imaging: ['Khoa Chẩn đoán hình ảnh', 'K39', 'CĐHA1 CĐHA2'],
  pharmacy: ['Khoa Dược', 'K44', 'D1'],
} as const;

/** Stations that patients pass between doctors: kind, name, and the department they belong to. */
const stations = [
  ['sl1', 'triage', 'Phòng sàng lọc', 'exam'],
  ['tn1', 'payment', 'Quầy thu ngân 1', 'exam'],
  ['tn2', 'payment', 'Quầy thu ngân 2', 'exam'],
  ['lm1', 'laboratory', 'Phòng lấy máu 1', 'laboratory'],
  ['lm2', 'laboratory', 'Phòng lấy máu 2', 'laboratory'],
] as const satisfies readonly (readonly [string, string, string, DepartmentKey])[];

/** Where a room without a number on its door is. */
const ways: Readonly<Record<string, string>> = {
  CC: 'Tầng 1, nhà C, cổng cấp cứu', TNT: 'Tầng 2, nhà C', XN: 'Tầng 1, nhà B', CĐHA: 'Tầng 1, nhà B', D: 'Tầng 1, nhà A, cạnh cổng ra',
  sl: 'Tầng 1, nhà A, cạnh cửa vào', tn: 'Tầng 1, nhà A, sảnh chính', lm: 'Tầng 1, nhà B',
};

const branchDepartments: readonly DepartmentKey[] = ['exam', 'emergency', 'cardiology', 'endocrine', 'respiratory', 'children', 'obstetrics', 'laboratory', 'imaging', 'pharmacy'];
const hospitalName = 'Bệnh viện Đa khoa Sen Hồng';
export const payer: Reference = { reference: 'Organization/bao-hiem-xa-hoi', display: 'Bảo hiểm xã hội Việt Nam' };
const allDepartments = Object.keys(departmentNames) as DepartmentKey[];

export const mainFacility: Facility = {
  key: 'sen-hong',
  name: hospitalName,
  organization: { reference: 'Organization/sen-hong', display: hospitalName },
  city: 'Hà Nội',
  departments: departmentsOf('sen-hong', '', allDepartments),
};

export const branchFacility: Facility = {
  key: 'sen-hong-2',
  name: `${hospitalName} – Cơ sở 2`,
  organization: { reference: 'Organization/sen-hong-2', display: `${hospitalName} – Cơ sở 2` },
  city: 'Hưng Yên',
  departments: departmentsOf('sen-hong-2', ' (cơ sở 2)', branchDepartments),
};

const facilities: readonly Facility[] = [mainFacility, branchFacility];

/** Gives a department where this facility has it, else that of the main hospital. */
export function departmentOf(facility: Facility, key: DepartmentKey): Department {
  return facility.departments[key] ?? mainFacility.departments[key]!;
}

function departmentsOf(facility: string, suffix: string, keys: readonly DepartmentKey[]): Partial<Record<DepartmentKey, Department>> {
  return Object.fromEntries(keys.map((key) => [key, department(facility, suffix, key)]));
}

function department(facility: string, suffix: string, key: DepartmentKey): Department {
  const [name, , rooms] = departmentNames[key];
  return {
    key,
    name,
    organization: { reference: `Organization/${facility}-${key}`, display: name + suffix },
    rooms: rooms.split(' ').map((room) => ({ reference: `Location/${facility}-${asciiRoom(room)}`, display: `Phòng ${room}` })),
  };
}

function asciiRoom(room: string): string {
  return room.replace('Đ', 'D').toLowerCase();
}

/** Makes the organisations and places: payer, two facilities, their departments, buildings and rooms. */
export function hospitalResources(): Resource[] {
  return [
    organization(payer, { type: [hl7Concept('organization-type', 'pay', 'Payer')] }),
    organization(mainFacility.organization, {
      ...facilityFacts('01996', 'Số 88 đường Hoàng Quốc Việt', 'Phường Nghĩa Đô', 'Thành phố Hà Nội', '02432009988'),
    }),
    organization(branchFacility.organization, {
      ...facilityFacts('33996', 'Khu đô thị Văn Giang', 'Xã Văn Giang', 'Tỉnh Hưng Yên', '02213009988'),
      partOf: mainFacility.organization,
    }),
    ...facilities.flatMap(placesOf),
  ];
}

function facilityFacts(code: string, line: string, ward: string, province: string, phone: string): Record<string, unknown> {
  return {
    identifier: [{ use: 'official', system: systems.facility, value: code }],
    type: [hl7Concept('organization-type', 'prov', 'Healthcare Provider')],
    telecom: [{ system: 'phone', value: phone, use: 'work' }],
    address: [{ use: 'work', text: `${line}, ${ward}, ${province}`, line: [line], city: ward, state: province, country: 'VN' }],
  };
}

function organization(self: Reference, facts: Record<string, unknown>): Resource {
  return { resourceType: 'Organization', id: idOf(self), active: true, name: self.display, ...facts };
}

function placesOf(facility: Facility): Resource[] {
  const building: Reference = { reference: `Location/${facility.key}`, display: facility.name };
  const departments = Object.values(facility.departments);
  return [
    {
      resourceType: 'Location', id: facility.key, status: 'active', name: facility.name, mode: 'instance',
      physicalType: hl7Concept('location-physical-type', 'si', 'Site'), managingOrganization: facility.organization,
    },
    ...departments.flatMap((one) => [
      organization(one.organization, {
        type: [hl7Concept('organization-type', 'dept', 'Hospital Department'), concept(systems.department, departmentNames[one.key][1], one.name)],
        partOf: facility.organization,
      }),
      ...one.rooms.map((room) => roomResource(one, room, building)),
    ]),
    ...stations.map((station) => stationResource(facility, station, building)),
  ];
}

function stationResource(facility: Facility, [code, kind, name, department]: (typeof stations)[number], building: Reference): Resource {
  const room = roomResource(facility.departments[department]!, { reference: `Location/${facility.key}-${code}`, display: name }, building);
  return { ...room, description: wayTo(code), type: [concept(systems.station, kind, name)] };
}

/** The first digit of a number is its floor. */
function wayTo(room: string): string {
  const [, letters = '', digits = ''] = /^(\D*)(\d*)$/.exec(room) ?? [];
  return ways[letters] ?? `Tầng ${digits[0] ?? '1'}, nhà A`;
}

function roomResource(owner: Department, room: Reference, building: Reference): Resource {
  return {
    resourceType: 'Location', id: idOf(room), status: 'active', name: room.display, description: wayTo(room.display!.replace('Phòng ', '')), mode: 'instance',
    physicalType: hl7Concept('location-physical-type', 'ro', 'Room'), managingOrganization: owner.organization, partOf: building,
  };
}

/** The id in a reference of the form Type/id. */
function idOf(reference: Reference): string {
  return reference.reference.slice(reference.reference.indexOf('/') + 1);
}
