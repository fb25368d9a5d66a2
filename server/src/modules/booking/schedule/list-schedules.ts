import type { ResponseOf, listSchedules as contract } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findExamRooms } from '../../encounters/index.ts';
import { searchResources } from '../../record/index.ts';
import { departmentOf, doctorRoleOf } from '../fhir-places.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { visitTypesOn } from '../seats/visit-type-store.ts';
import { specialtyNames, templatesOn } from './schedule-store.ts';

const doctorCode = 'http%3A%2F%2Fterminology.hl7.org%2FCodeSystem%2Fpractitioner-role%7Cdoctor';

/** Templates in force on a day or coming, and who and what the record has to put into one. */
export async function listSchedules(work: Work, by: { on?: string; specialty?: string; doctor?: string; room?: string }): Promise<ResponseOf<typeof contract>> {
  const facility = await findFacility(work);
  const today = localDay(work.now);
  const departments = facility === '' ? [] : (await all(work, 'Organization', `partof=Organization/${facility}`)).flatMap((one) => departmentOf(one) ?? []);
  const places = new Set(departments.map(({ id }) => id));
  const roles = (await all(work, 'PractitionerRole', `role=${doctorCode}`)).flatMap((one) => doctorRoleOf(one) ?? []).filter(({ department }) => places.has(department));
  const doctors = [...Map.groupBy(roles, ({ id }) => id)].map(([id, mine]) => ({ id, name: mine[0]!.name, specialties: mine.map(({ department }) => department) }));
  const specialties = new Map([...departments, ...(await specialtyNames(work.db, facility))].map(({ id, name }) => [id, { id, name }]));
  return {
    templates: await templatesOn(work.db, facility, by.on ?? today, by),
    doctors: doctors.sort((one, other) => byGivenName(one.name, other.name)),
    rooms: await findExamRooms(work, facility),
    specialties: [...specialties.values()].sort((one, other) => one.name.localeCompare(other.name, 'vi')),
    visitTypes: (await visitTypesOn(work.db, today)).map(({ code, nameVi, nameEn, minutes }) => ({ code, nameVi, nameEn, minutes })),
  };
}

async function all(work: Work, type: string, query: string) {
  const house = asHouse(work);
  const page = await searchResources(house, type, `${query}&_count=500`);
  const found = [...page.resources];
  for (let { next } = page; next !== undefined; ) {
    const more = await searchResources(house, type, `${query}&_count=500&_page=${encodeURIComponent(next)}`);
    found.push(...more.resources);
    next = more.next;
  }
  return found;
}

/** Vietnamese lists of people go by the given name, the last word. */
function byGivenName(one: string, other: string): number {
  const given = (name: string) => name.split(' ').at(-1) ?? '';
  return given(one).localeCompare(given(other), 'vi') || one.localeCompare(other, 'vi');
}
