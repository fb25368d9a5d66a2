// Days off: those of the law, those the hospital sets, and what happens to whoever is booked on one.
import type { BodyOf, Holiday, LeaveOutcome, ResponseOf, ScheduleEffect, setHoliday as contract } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { bookedIn, type StoredAppointment } from '../appointments/appointment-store.ts';
import { findFacility } from '../seats/find-facility.ts';
import { closeSession } from './leave-store.ts';
import { lawHolidays } from './law-holidays.ts';
import { moveBooked } from './move-booked.ts';
import { planSessions } from './plan-sessions.ts';
import { runPreview } from './run-preview.ts';
import { showOutcome } from './show-outcome.ts';
import { closeSessionsOn, lockOpenOn, openSessionsOn } from './session-store.ts';

type Change = BodyOf<typeof contract> & { readonly date: string };
type Answer = ResponseOf<typeof contract>;

export async function listHolidays(work: Work, year: number): Promise<Holiday[]> {
  const days = new Map<string, Holiday>([...lawHolidays(year)].map(([date, name]) => [date, { date, name, origin: 'law', open: false }]));
  const { rows } = await work.db.query<{ date: string; name: string; open: boolean }>({
    name: 'booking.own-holidays', text: 'SELECT day::text AS date, name, is_open AS open FROM booking.holiday WHERE facility = $1 AND day BETWEEN $2 AND $3',
    values: [await findFacility(work), `${year}-01-01`, `${year}-12-31`],
  });
  for (const row of rows) days.set(row.date, { ...row, origin: days.get(row.date)?.origin ?? 'hospital' });
  return [...days.values()].sort((one, other) => one.date.localeCompare(other.date));
}

/** Sets a day off or opens one; a preview does it and takes it back. */
export async function setHoliday(work: Work, { preview = false, ...change }: Change): Promise<Answer> {
  const steps = (inner: Work) => (change.open ? open(inner, change) : close(inner, change));
  return preview ? runPreview(work, steps) : work.transact(steps);
}

async function open(work: Work, { date, name }: Change): Promise<Answer> {
  const facility = await findFacility(work);
  const isLaw = lawHolidays(Number(date.slice(0, 4))).has(date);
  // A day the hospital had taken off itself is an ordinary day again.
  if (isLaw) await store(work, facility, date, name, true);
  else await work.db.query({ name: 'booking.forget-holiday', text: 'DELETE FROM booking.holiday WHERE facility = $1 AND day = $2', values: [facility, date] });
  const changed = await openSessionsOn(work.db, facility, date);
  const made = await planSessions(work, facility);
  return { holiday: { date, name, origin: isLaw ? 'law' : 'hospital', open: true }, effect: { ...nothing(), changed, made }, booked: await countBooked(work, facility, date) };
}

async function close(work: Work, { date, name, booked }: Change): Promise<Answer> {
  const facility = await findFacility(work);
  await store(work, facility, date, name, false);
  const origin = lawHolidays(Number(date.slice(0, 4))).has(date) ? 'law' : 'hospital';
  const closed = { ...nothing(), ...(await closeSessionsOn(work.db, facility, date, work.now)) };
  const outcome = booked === undefined ? undefined : await closeBooked(work, facility, date, booked);
  const effect = outcome === undefined ? closed : { ...closed, withdrawn: closed.withdrawn + outcome.sessions, keptForBooked: 0 };
  return { holiday: { date, name, origin, open: false }, effect, booked: await countBooked(work, facility, date), ...(outcome && { outcome: showOutcome(work, outcome) }) };
}

async function closeBooked(work: Work, facility: string, date: string, how: 'move' | 'call'): Promise<LeaveOutcome> {
  const outcome: LeaveOutcome = { sessions: 0, booked: 0, takenOver: [], moved: [], toCall: [], here: [] };
  const waiting: StoredAppointment[] = [];
  for (const session of await lockOpenOn(work.db, facility, date)) {
    outcome.sessions++;
    waiting.push(...(await bookedIn(work.db, session, 0)));
    await closeSession(work.db, session);
  }
  outcome.booked = waiting.length;
  await moveBooked(work, waiting.sort((one, other) => one.start.getTime() - other.start.getTime()), { how, why: 'day-off' }, outcome);
  return outcome;
}

async function store(work: Work, facility: string, date: string, name: string, isOpen: boolean): Promise<void> {
  const text = 'INSERT INTO booking.holiday (facility, day, name, is_open) VALUES ($1, $2, $3, $4) ON CONFLICT (facility, day) DO UPDATE SET name = excluded.name, is_open = excluded.is_open';
  await work.db.query({ name: 'booking.set-holiday', text, values: [facility, date, name, isOpen] });
}

async function countBooked(work: Work, facility: string, date: string): Promise<number> {
  const text = `SELECT count(*)::int AS booked FROM booking.appointment WHERE facility = $1 AND day = $2 AND state = 'booked'`;
  return (await work.db.query<{ booked: number }>({ name: 'booking.booked-on', text, values: [facility, date] })).rows[0]!.booked;
}

function nothing(): ScheduleEffect {
  return { made: 0, changed: 0, withdrawn: 0, keptForBooked: 0, told: 0, stays: [] };
}
