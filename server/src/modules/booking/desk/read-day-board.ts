import type { Clinic, DeskState, ResponseOf, readDayBoard as contract } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { listRoomStates, type DayTurn } from '../../encounters/index.ts';
import { facilityName } from '../appointments/show-appointments.ts';
import { findFacility } from '../seats/find-facility.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { capacityOf, startsOf } from '../seats/seat-rules.ts';
import { findSessions, type StoredSession } from '../seats/seat-store.ts';
import { usualVisitType } from '../seats/visit-type-store.ts';
import { seenOf, spreadOf, type Seen } from './day-figures.ts';
import { forecastOf } from './forecast.ts';
import { arrivalsByHour } from './history-store.ts';
import { stateOf, type DayEntry } from './day-rows.ts';
import type { FollowDay } from './follow-days.ts';

type Board = ResponseOf<typeof contract>;
const hourMs = 3_600_000;
const targetOnTimePercent = 90;

/** An entry with its state at the instant of the reading. */
interface Person {
  readonly entry: DayEntry;
  readonly state: DeskState;
}

/** Reads the board of the day. */
export async function readDayBoard(work: Work, followDay: FollowDay, asked?: string): Promise<Board> {
  const [facility, date] = [await findFacility(work), asked ?? localDay(work.now)];
  const before = await weekBefore(work, followDay, facility, date);
  const history = await arrivalsByHour(work.db, facility, date);
  const sessions = await findSessions(work.db, { facility, from: date, until: date }, work.now);
  const day = await followDay(work, facility, date);
  const turns = [...day.visits.values()].flat();
  const people = [...day.entries.values()].map((entry) => ({ entry, state: stateOf(entry, work.now) }));
  const rooms = new Map((await listRoomStates(work, facility, turns)).map((room) => [room.id, room]));
  const seen = seenOf(turns);
  const [peopleOf, turnsOf] = [Map.groupBy(people, ({ entry }) => entry.roomId), Map.groupBy(turns, ({ roomId }) => roomId)];
  return {
    facility, facilityName: await facilityName(work, facility), date, at: new Date(work.now).toISOString(), targetOnTimePercent,
    totals: totalsOf(people, seen, sessions, turnsOf),
    ...(before !== undefined && { before }),
    clinics: sessions.map((session) => clinicOf(session, peopleOf.get(session.roomId) ?? [], turnsOf.get(session.roomId) ?? [], rooms, work.now)),
    hours: hoursOf(sessions, people, seen, history, work.now),
    forecastDays: history.days,
  };
}

function totalsOf(people: readonly Person[], seen: readonly Seen[], sessions: readonly StoredSession[], turnsOf: ReadonlyMap<string, readonly DayTurn[]>): Board['totals'] {
  const count = (wanted: (person: Person) => boolean) => people.reduce((sum, person) => sum + Number(wanted(person)), 0);
  const isBooked = ({ entry }: Person) => entry.appointment !== undefined;
  const booked = seen.filter(({ booked: one }) => one);
  return {
    booked: count((person) => isBooked(person) && person.state !== 'cancelled'), expected: count(({ state }) => state === 'expected' || state === 'late'),
    arrived: count(({ entry }) => entry.arrivedAt !== undefined), waiting: count(({ state }) => state === 'waiting'), inside: count(({ state }) => state === 'inside' || state === 'called'),
    done: count(({ state }) => state === 'done'), walkIns: count((person) => !isBooked(person)), noShows: count(({ state }) => state === 'no-show'), cancelled: count(({ state }) => state === 'cancelled'),
    seenOnTime: booked.filter(({ onTime }) => onTime).length, seenBooked: booked.length, ...spreadOf(seen), ...startsLate(sessions, turnsOf),
  };
}

/** A session began late when its first patient was in more than 15 minutes after it should have begun, though they were there. */
function startsLate(sessions: readonly StoredSession[], turnsOf: ReadonlyMap<string, readonly DayTurn[]>): { lateStarts: number; sessionsBegun: number } {
  const first = sessions.flatMap((session) => {
    const began = (turnsOf.get(session.roomId) ?? []).flatMap((turn) => (turn.firstBeganAt !== null && turn.firstBeganAt.getTime() < session.until ? [turn.firstBeganAt.getTime()] : []));
    return began.length === 0 ? [] : [Math.min(...began) - session.from];
  });
  return { sessionsBegun: first.length, lateStarts: first.filter((lateMs) => lateMs > 15 * 60_000).length };
}

async function weekBefore(work: Work, followDay: FollowDay, facility: string, date: string): Promise<Board['before']> {
  const day = addDays(date, -7);
  const until = work.now - 7 * 24 * hourMs;
  const { entries, visits } = await followDay(work, facility, day);
  if (entries.size === 0) return undefined;
  const people = [...entries.values()].map((entry) => ({ entry, state: stateOf(entry, work.now) }));
  const turns = [...visits.values()].flat().filter(({ arrivedAt }) => arrivedAt.getTime() <= until);
  const booked = seenOf(turns).filter((one) => one.booked && one.at <= until);
  const due = people.filter(({ entry, state }) => entry.start !== undefined && state !== 'cancelled' && entry.start <= until);
  const arrived = people.filter(({ entry }) => entry.arrivedAt !== undefined && entry.arrivedAt <= until).length;
  return { date: day, arrived, booked: due.length, noShows: due.filter(({ state }) => state === 'no-show').length, seenBooked: booked.length, seenOnTime: booked.filter(({ onTime }) => onTime).length };
}

function clinicOf(session: StoredSession, all: readonly Person[], turns: readonly DayTurn[], rooms: ReadonlyMap<string, { state: string; lateMinutes: number }>, now: number): Clinic {
  const people = all.filter(({ entry }) => {
    const at = entry.start ?? entry.arrivedAt ?? 0;
    return at < session.until && at >= session.from - 2 * hourMs;
  });
  const count = (...states: DeskState[]) => people.filter(({ state }) => states.includes(state)).length;
  // Whoever waits in the room waits for the session that runs, not for the one of the afternoon.
  const waits = turns.filter(({ state }) => state === 'waiting' && now >= session.from - hourMs && now < session.until).map(({ waitingSince }) => now - waitingSince.getTime());
  const room = rooms.get(session.roomId);
  const free = startsOf({ ...session, visitTypes: [] }, { channel: 'walk-in', visitType: usualVisitType, minutes: session.stepMinutes, now }).filter(({ lane }) => lane !== undefined);
  const { doctorId, doctorName } = session;
  return {
    from: new Date(session.from).toISOString(), until: new Date(session.until).toISOString(),
    room: { id: session.roomId, name: session.roomName }, specialty: { id: session.specialtyId, name: session.specialtyName },
    ...(doctorId !== null && { doctor: { id: doctorId, name: doctorName ?? doctorId } }),
    state: now >= session.until ? 'over' : room?.state === 'paused' ? 'paused' : room?.state === 'open' && now >= session.from - hourMs ? 'open' : 'not-begun',
    expected: count('expected', 'late'), waiting: count('waiting', 'called'), longestWaitMinutes: Math.max(0, Math.round(Math.max(0, ...waits) / 60_000)), seen: count('done', 'away'),
    noShow: count('no-show'), lateMinutes: now >= session.from && now < session.until ? (room?.lateMinutes ?? 0) : 0, seatsLeft: free.length,
  };
}

function hourOf(instant: number | undefined): number | undefined {
  return instant === undefined ? undefined : Math.floor(instant / hourMs) * hourMs;
}

function hoursOf(sessions: readonly StoredSession[], people: readonly Person[], seen: readonly Seen[], history: Awaited<ReturnType<typeof arrivalsByHour>>, now: number): Board['hours'] {
  if (sessions.length === 0) return [];
  const first = Math.floor((Math.min(...sessions.map(({ from }) => from)) - hourMs) / hourMs) * hourMs;
  const last = Math.max(...sessions.map(({ until }) => until));
  const hours: Board['hours'] = [];
  const [arrivals, starts] = [Map.groupBy(people, ({ entry }) => hourOf(entry.arrivedAt)), Map.groupBy(people, ({ entry }) => hourOf(entry.start))];
  for (let from = first; from < last; from += hourMs) {
    const until = from + hourMs;
    const arrived = arrivals.get(from) ?? [];
    const booked = seen.filter((one) => one.booked && one.at >= from && one.at < until);
    const capacity = sessions.reduce((sum, session) => sum + capacityOf({ ...session, from: Math.max(session.from, from), until: Math.max(Math.max(session.from, from), Math.min(session.until, until)) }), 0);
    const coming = (starts.get(from) ?? []).filter(({ state }) => state === 'expected').length;
    hours.push({
      from: new Date(from).toISOString(), arrivals: arrived.length, walkIns: arrived.filter(({ entry }) => entry.appointment === undefined).length, seenBooked: booked.length,
      seenOnTime: booked.filter(({ onTime }) => onTime).length, capacity, ...(until > now && { forecast: forecastOf(coming, arrived.length, history, from, now) }),
    });
  }
  return hours;
}
