import type { Work } from '../../../platform/work.ts';
import type { AskedPage, ComputedPage } from '../../record/index.ts';
import { accessOf } from '../../security/index.ts';
import { fits, readSlotSearch, scheduleId, scheduleResource, slotId, slotOf, slotResource, type SlotFacts, type SlotSearch } from '../fhir-slots.ts';
import { unknownSlotParameter } from '../refusals.ts';
import { bookerOf } from '../seats/channel-of.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { startsOf } from '../seats/seat-rules.ts';
import { findSessions, loadSession, type StoredSession } from '../seats/seat-store.ts';
import { matching, schedulesNow } from './answer-schedules.ts';
import type { ComingSchedule } from './schedules.ts';

/** Answers a search of Slot (R4 slot.html): those to come, in the order of time. */
export async function searchSlots(work: Work, { query, count, from, zone }: AskedPage): Promise<ComputedPage> {
  const all = await schedulesNow(work);
  if (all.length === 0) return { resources: [] };
  const asked = readSlotSearch('Slot', query, zone);
  if (typeof asked === 'string') throw unknownSlotParameter(asked);
  const schedules = matching(all, { ids: asked.schedules, actors: asked.actors, specialties: asked.specialties });
  const found = await slotsFrom(work, schedules, asked, from, count + 1);
  const page = found.slice(0, count);
  const [last] = page.slice(-1);
  const used = new Set(page.map(({ place }) => scheduleId(place)));
  const included = asked.withSchedule ? schedules.filter((one) => used.has(scheduleId(one))).map((one) => scheduleResource(one, one)) : [];
  return { resources: page.map(slotResource), included, ...(found.length > count && last !== undefined && { next: orderOf(last) }) };
}

/** Reads day by day until there are enough: nobody asks for all of two months at once. */
async function slotsFrom(work: Work, schedules: readonly ComingSchedule[], asked: SlotSearch, after: string | undefined, most: number): Promise<SlotFacts[]> {
  const ids = new Set(schedules.map(scheduleId));
  const begin = after === undefined ? work.now : Math.max(work.now, Number.parseInt(after, 36) * 60_000 || 0);
  const [first, last] = [localDay(Math.max(begin, asked.from)), asked.until === Infinity ? '9999' : localDay(Math.max(asked.until, 0))];
  const days = [...new Set(schedules.flatMap((one) => one.days))].filter((day) => day >= first && day <= last).sort();
  const [doctor] = new Set(schedules.map(({ doctorId }) => doctorId));
  const only = schedules.length === 1 && doctor !== null ? doctor : undefined;
  const found: SlotFacts[] = [];
  for (const day of days) {
    const sessions = await findSessions(work.db, { facility: schedules[0]!.facility, from: day, until: day, doctor: only }, work.now);
    const slots = sessions.filter((one) => ids.has(scheduleId(one))).flatMap((one) => slotsOf(work, one));
    found.push(...slots.filter((one) => isAsked(one, asked) && (after === undefined || orderOf(one) > after)).sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)));
    if (found.length >= most) return found.slice(0, most);
  }
  return found;
}

function isAsked(slot: SlotFacts, { ids, statuses, from, until }: SlotSearch): boolean {
  return slot.start >= from && slot.start <= until && fits(statuses, slot.status) && fits(ids, slotId(slot.session, slot.start));
}

/** Time, then id, as text of one length: it sorts, and a page begins behind it. */
function orderOf({ session, start }: SlotFacts): string {
  return `${Math.round(start / 60_000).toString(36).padStart(8, '0')}.${session}`;
}

/** One step each; free where the caller, by the door through which they book, may take it. */
function slotsOf(work: Work, session: StoredSession): SlotFacts[] {
  const access = accessOf(work.actor);
  const channel = bookerOf(work.actor, (permission) => access.permits(permission))?.channel ?? 'web';
  const [visitType = ''] = session.visitTypes;
  return startsOf(session, { channel, visitType, minutes: session.stepMinutes, now: work.now })
    .map(({ at, lane }) => ({ session: session.id, start: at, minutes: session.stepMinutes, status: lane === undefined ? 'busy' as const : 'free' as const, place: session, visitTypes: session.visitTypes }));
}

/** One, also of a time that is over: an Appointment names it. */
export async function readSlot(work: Work, id: string): Promise<ReturnType<typeof slotResource> | undefined> {
  const named = slotOf(id);
  const session = named === undefined ? undefined : await loadSession(work.db, named.session, work.now);
  if (named === undefined || session === undefined || session.facility !== (await findFacility(work))) return undefined;
  const stepMs = session.stepMinutes * 60_000;
  if (named.start < session.from || named.start + stepMs > session.until || (named.start - session.from) % stepMs !== 0) return undefined;
  const coming = session.state === 'open' ? slotsOf(work, session).find(({ start }) => start === named.start) : undefined;
  return slotResource(coming ?? { session: session.id, start: named.start, minutes: session.stepMinutes, status: 'busy-unavailable', place: session, visitTypes: session.visitTypes });
}
