// A policy as people read it: what each role may do with each kind of data.
import { permissions, type PolicyCell, type PolicyPage, type PolicyRole, type PolicyWay } from '@sen/contracts';
import { isAboutPatients } from '../fhir-types.ts';
import type { Relation } from './access.ts';
import type { Limits, PolicyDocument, RolePolicy, Rule } from './document.ts';
import { markNames, type Mark } from './marks.ts';
import { roles } from './roles.ts';
import { typeGroups } from './type-groups.ts';
import { typesOf } from './types-of.ts';

interface Words {
  readonly vi: string;
  readonly en: string;
}

/** From the widest to the narrowest. */
const relationNames: Readonly<Record<Relation, Words>> = {
  any: { vi: 'mọi người bệnh', en: 'all patients' },
  department: { vi: 'người bệnh của khoa', en: 'patients of the department' },
  care: { vi: 'người mình chăm sóc', en: 'patients in one’s care' },
  own: { vi: 'hồ sơ của mình', en: 'one’s own record' },
  consent: { vi: 'người bệnh cho phép', en: 'what a consent permits' },
  emergency: { vi: 'khi mở khẩn cấp', en: 'opened in an emergency' },
};

/** The same in a cell of the table. */
const shortNames: typeof relationNames = {
  any: { vi: 'tất cả', en: 'all' }, department: { vi: 'khoa', en: 'department' }, care: { vi: 'chăm sóc', en: 'care' }, own: { vi: 'của mình', en: 'own' },
  consent: { vi: 'được cho phép', en: 'consent' }, emergency: { vi: 'khẩn cấp', en: 'emergency' },
};

const limitNames: Readonly<Record<keyof Limits, Words>> = {
  careDaysAfterVisit: { vi: 'Người chăm sóc còn xem được sau lượt khám', en: 'Those who cared still see it after a visit' },
  departmentDaysAfterVisit: { vi: 'Khoa còn xem được sau lượt khám', en: 'The department still sees it after a visit' },
  careDaysBeforeAppointment: { vi: 'Người được hẹn xem được trước giờ hẹn', en: 'Those booked see it before an appointment' },
  careDaysAfterAppointment: { vi: 'Người được hẹn còn xem được sau giờ hẹn', en: 'Those booked still see it after an appointment' },
  careDaysAfterOrder: { vi: 'Người chỉ định, nơi thực hiện còn xem được sau chỉ định đã xong', en: 'Who ordered and who carried out still see it after an order is done' },
};

export function policyPage(document: PolicyDocument): Pick<PolicyPage, 'title' | 'limits' | 'groups' | 'roles'> {
  return {
    title: document.title,
    limits: (Object.keys(limitNames) as (keyof Limits)[]).map((key) => ({ name: limitNames[key], days: document.limits[key] })),
    groups: groupsInOrder(document).map((code) => ({ code, name: document.groups[code]!.name, types: [...document.groups[code]!.types] })),
    roles: roles.map((code) => roleOf(document, code, document.roles[code])),
  };
}

/** The database keeps no order of names: that of the starter policy, then the hospital's own groups. */
function groupsInOrder({ groups }: PolicyDocument): string[] {
  const known = Object.keys(typeGroups);
  return [...known.filter((code) => Object.hasOwn(groups, code)), ...Object.keys(groups).filter((code) => !known.includes(code)).sort()];
}

function roleOf(document: PolicyDocument, code: string, role: RolePolicy): PolicyRole {
  const cells = Object.keys(document.groups).flatMap((group) => {
    const cell = cellOf(document, role, group);
    return cell === undefined ? [] : [[group, cell] as const];
  });
  return {
    code, name: role.name,
    permissions: role.permissions.map((permission) => permissions[permission]),
    ways: role.rules.map((rule) => wayOf(document, rule)),
    hidden: Object.entries(role.hidden ?? {}).map(([type, elements]) => ({ type, elements: [...elements] })),
    cells: Object.fromEntries(cells),
  };
}

/** R4 counts a Schedule to a patient whom it names as its actor; those of a hospital are of people who work there and of rooms. */
function wayOf(document: PolicyDocument, { of, may, by, marks = [], where = [] }: Rule): PolicyWay {
  const what = of.map((name) => (Object.hasOwn(document.groups, name) ? document.groups[name]!.name : { vi: name, en: name }));
  const whose = typesOf(document, of).some((type) => isAboutPatients(type) && type !== 'Schedule') ? by.map((relation) => relationNames[relation]) : [];
  return { what, may: [...may], by: whose, marks: marksText(marks), where: [...where] };
}

const ofPerson: readonly Mark[] = ['staff', 'vip'];
const sensitive = (Object.keys(markNames) as Mark[]).filter((mark) => mark !== 'consented' && !ofPerson.includes(mark));

function marksText(marks: Exclude<Rule['marks'], undefined>): Words[] {
  if (marks === 'every') return [{ vi: 'mọi điều, kể cả khi người bệnh không đồng ý', en: 'everything, whatever consents say' }];
  const whole = sensitive.every((mark) => (marks as readonly Mark[]).includes(mark));
  const shown = marks.filter((mark) => !whole || ofPerson.includes(mark)).map((mark) => markNames[mark]);
  return whole ? [{ vi: 'mọi thông tin nhạy cảm', en: 'all that is sensitive' }, ...shown] : shown;
}

function cellOf(document: PolicyDocument, role: RolePolicy, group: string): PolicyCell | undefined {
  const types = document.groups[group]!.types;
  const rules = role.rules.filter(({ of }) => typesOf(document, of).some((type) => types.includes(type)));
  if (rules.length === 0) return undefined;
  const reading = rules.filter(({ may }) => may.includes('read'));
  const writing = rules.filter(({ may }) => may.some((each) => each !== 'read' && each !== 'history'));
  const whole = rules.some(({ of, where, may }) => where === undefined && may.includes('read') && types.every((type) => typesOf(document, of).includes(type)));
  return {
    read: widest(reading), write: widest(writing), partly: !whole || role.hidden !== undefined && types.some((type) => role.hidden?.[type] !== undefined),
    sensitive: reading.some(({ marks = [] }) => marks === 'every' || marks.some((mark) => !ofPerson.includes(mark))),
  };
}

/** `any` says it all; the others stand beside each other. */
function widest(rules: readonly Rule[]): Words[] {
  const found = (Object.keys(relationNames) as Relation[]).filter((relation) => rules.some(({ by }) => by.includes(relation)));
  return (found[0] === 'any' ? ['any' as const] : found).map((relation) => shortNames[relation]);
}
