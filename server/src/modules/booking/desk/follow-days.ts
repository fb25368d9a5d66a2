// The people of a day in memory, for the desks and boards that ask again and again: a reading costs what changed since the last one, not the day.
import type { Work } from '../../../platform/work.ts';
import { listDay } from '../../encounters/index.ts';
import { appointmentsChanged, appointmentsOfDay, loadAppointments } from '../appointments/appointment-store.ts';
import { dayEntries, type DayEntries } from './day-entries.ts';

/** Gives a day of a facility as it stood after the question was asked. The caller judges who may see it and notes it. */
export type FollowDay = (work: Work, facility: string, day: string) => Promise<DayEntries>;

/** Read anew so often all the same: names of rooms, specialties and kinds of visit are not followed. */
const goodForMs = 5 * 60_000;
const mostDays = 20;

interface Followed {
  day?: { readonly entries: DayEntries; readonly readAt: number; appointmentsUpTo: string; turnsUpTo: string };
  reading?: Promise<DayEntries> | undefined;
  next?: Promise<DayEntries> | undefined;
}

/** Makes the memory of one server. Those who ask while it is being read share the next reading, so that each sees what they have just written. */
export function followDays(): FollowDay {
  const days = new Map<string, Followed>();
  return (work, facility, day) => {
    const key = `${facility} ${day}`;
    const followed = days.get(key) ?? {};
    days.delete(key);
    days.set(key, followed); // the latest asked for is last
    if (days.size > mostDays) days.delete(days.keys().next().value!);
    return askFor(followed, () => readChanges(followed, work, facility, day));
  };
}

function askFor(followed: Followed, read: () => Promise<DayEntries>): Promise<DayEntries> {
  const begin = () => {
    followed.next = undefined;
    const reading = read();
    const end = () => {
      if (followed.reading === reading) followed.reading = undefined;
    };
    followed.reading = reading;
    reading.then(end, end);
    return reading;
  };
  if (followed.next !== undefined) return followed.next;
  if (followed.reading === undefined) return begin();
  followed.next = followed.reading.then(begin, begin);
  return followed.next;
}

async function readChanges(followed: Followed, work: Work, facility: string, day: string): Promise<DayEntries> {
  const known = followed.day;
  if (known === undefined || performance.now() - known.readAt > goodForMs) return readWhole(followed, work, facility, day);
  const { upTo, changed, gone } = await appointmentsChanged(work.db, facility, day, known.appointmentsUpTo);
  const appointments = await loadAppointments(work.db, changed);
  const turns = await listDay(work, facility, day, known.turnsUpTo);
  known.entries.change(appointments, gone, turns.turns);
  known.appointmentsUpTo = upTo;
  known.turnsUpTo = turns.upTo;
  return known.entries;
}

async function readWhole(followed: Followed, work: Work, facility: string, day: string): Promise<DayEntries> {
  const readAt = performance.now();
  const { upTo: turnsUpTo, turns } = await listDay(work, facility, day);
  const appointments = await appointmentsOfDay(work.db, facility, day);
  const entries = dayEntries();
  entries.change(appointments, [], turns);
  // Both from one instant before either list: what is committed in between is given once more.
  followed.day = { entries, readAt, appointmentsUpTo: turnsUpTo, turnsUpTo };
  return entries;
}
