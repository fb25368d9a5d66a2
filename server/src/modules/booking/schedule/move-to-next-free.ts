// Next free seats for many patients of a specialty at once: its sessions are read once, and again only where somebody was moved to.
import { randomBytes } from 'node:crypto';
import type { Work } from '../../../platform/work.ts';
import { loadAppointment, type StoredAppointment } from '../appointments/appointment-store.ts';
import { moveAppointment } from '../appointments/move-appointment.ts';
import { findMinutes, type AskedVisit } from '../seats/find-minutes.ts';
import { holdSeat } from '../seats/hold-seat.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { startsOf } from '../seats/seat-rules.ts';
import { findSessions, loadSession, type StoredSession } from '../seats/seat-store.ts';
import { timesTaken } from './leave-store.ts';

const daysSearched = 14;
/** Nobody is moved to a time they could not come to. */
const soonestMs = 30 * 60_000;

/** What has been read so far, shared by all patients of one leave. */
export interface FreePlaces {
  readonly from: string;
  readonly until: string;
  readonly sessions: Map<string, StoredSession[]>;
  readonly minutes: Map<string, AskedVisit>;
}

export function freePlacesFor(patients: readonly StoredAppointment[], now: number): FreePlaces {
  const days = patients.map(({ day }) => day).sort();
  const today = localDay(now);
  const [first = today, last = today] = [days[0], days.at(-1)];
  return { from: first < today ? today : first, until: addDays(last < today ? today : last, daysSearched), sessions: new Map(), minutes: new Map() };
}

/** Moves an appointment to the soonest free seat of its specialty at its time or later; undefined when there is none within two weeks. */
export async function moveToNextFree(work: Work, one: StoredAppointment, places: FreePlaces): Promise<StoredAppointment | undefined> {
  const free = await findNext(work, one, places);
  if (free === undefined) return undefined;
  const holder = `house:${randomBytes(9).toString('base64url')}`;
  const held = await holdSeat(work, { session: free.session.id, start: free.at, visitType: one.visitType }, { channel: 'desk', holder, holdsMost: 1 });
  const moved = await moveAppointment(work, async (inner) => (await loadAppointment(inner.db, one.id, true))!, held.holdToken, holder);
  const sessions = places.sessions.get(one.specialtyId)!;
  sessions[sessions.indexOf(free.session)] = (await loadSession(work.db, free.session.id, work.now))!;
  return moved;
}

async function findNext(work: Work, one: StoredAppointment, places: FreePlaces): Promise<{ session: StoredSession; at: number } | undefined> {
  const after = Math.max(one.start.getTime(), work.now + soonestMs);
  const busy = await timesTaken(work.db, one.patientId, one.id, after);
  let next: { session: StoredSession; at: number } | undefined;
  const lastDay = addDays(localDay(after), daysSearched);
  for (const session of await sessionsOf(work, one, places)) {
    // They come day by day, by their beginning: none that begins after the best one found can be better.
    if (session.day > lastDay || (next !== undefined && session.from > next.at)) break;
    const { minutes } = await minutesOf(work, one.visitType, session.doctorId, places);
    const at = startsOf(session, { channel: 'desk', visitType: one.visitType, minutes, now: work.now }).find(
      (start) => start.lane !== undefined && start.at >= after && !busy.some(({ from, until }) => from.getTime() < start.at + start.minutes * 60_000 && until.getTime() > start.at),
    )?.at;
    if (at !== undefined && (next === undefined || at < next.at)) next = { session, at };
  }
  return next;
}

async function sessionsOf(work: Work, { facility, specialtyId }: StoredAppointment, { from, until, sessions }: FreePlaces): Promise<StoredSession[]> {
  const found = sessions.get(specialtyId) ?? (await findSessions(work.db, { facility, from, until, specialty: specialtyId }, work.now));
  sessions.set(specialtyId, found);
  return found;
}

async function minutesOf(work: Work, visitType: string, doctor: string | null, { minutes }: FreePlaces): Promise<AskedVisit> {
  const key = `${visitType} ${doctor}`;
  const known = minutes.get(key) ?? (await findMinutes(work, visitType, doctor));
  minutes.set(key, known);
  return known;
}
