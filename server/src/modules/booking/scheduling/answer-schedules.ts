import type { Work } from '../../../platform/work.ts';
import type { AskedPage, ComputedPage } from '../../record/index.ts';
import { fits, readSlotSearch, scheduleId, scheduleResource, type SlotSearch } from '../fhir-slots.ts';
import { unknownSlotParameter } from '../refusals.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { comingSchedules, type ComingSchedule } from './schedules.ts';

/** Answers a search of Schedule (R4 schedule.html): a page of them, in the order of doctors and rooms. */
export async function searchSchedules(work: Work, { query, count, from, zone }: AskedPage): Promise<ComputedPage> {
  const all = await schedulesNow(work);
  if (all.length === 0) return { resources: [] };
  const asked = readSlotSearch('Schedule', query, zone);
  if (typeof asked === 'string') throw unknownSlotParameter(asked);
  const found = matching(all, asked).filter((one) => one.from.getTime() <= asked.until && one.until.getTime() >= asked.from);
  const first = from === undefined || !/^\d{1,6}$/.test(from) ? 0 : Number(from);
  const page = found.slice(first, first + count);
  return { resources: page.map((one) => scheduleResource(one, one)), ...(found.length > first + count && { next: String(first + count) }) };
}

export async function readSchedule(work: Work, id: string): Promise<ReturnType<typeof scheduleResource> | undefined> {
  if (!id.startsWith('sch-')) return undefined;
  const found = (await schedulesNow(work)).find((one) => scheduleId(one) === id);
  return found === undefined ? undefined : scheduleResource(found, found);
}

export async function schedulesNow(work: Work): Promise<ComingSchedule[]> {
  return comingSchedules(work.db, await findFacility(work), localDay(work.now));
}

/** Those that a search names by id, by who or where, and by specialty. */
export function matching(all: readonly ComingSchedule[], { ids, actors, specialties }: Pick<SlotSearch, 'ids' | 'actors' | 'specialties'>): ComingSchedule[] {
  return all.filter((one) => {
    const actorsOfIt = [...(one.doctorId === null ? [] : [one.doctorId, `Practitioner/${one.doctorId}`]), one.roomId, `Location/${one.roomId}`];
    return fits(ids, scheduleId(one)) && fits(actors, ...actorsOfIt) && fits(specialties, one.specialtyId);
  });
}
