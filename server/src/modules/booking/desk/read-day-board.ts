import type { Clinic, DeskRow, ResponseOf, readDayBoard as contract } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { listDay, listRoomStates, type DayTurn } from '../../encounters/index.ts';
import { facilityName } from '../appointments/show-appointments.ts';
import { findFacility } from '../seats/find-facility.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { capacityOf, startsOf } from '../seats/seat-rules.ts';
import { findSessions, type StoredSession } from '../seats/seat-store.ts';
import { usualVisitType } from '../seats/visit-type-store.ts';
import { seenOf, spreadOf, type Seen } from './day-figures.ts';
import { forecastOf } from './forecast.ts';
import { arrivalsByHour } from './history-store.ts';
import { keptRows } from './read-desk-day.ts';

type Board = ResponseOf<typeof contract>;
const hourMs = 3_600_000;
const targetOnTimePercent = 90;
const keptMs = 1_000;
const kept = new Map<string, { at: number; board: Promise<Board> }>();

/** Reads the board of the day, at most once a second for a facility. */
export async function readDayBoard(work: Work, asked?: string): Promise<Board> {
  const [facility, date] = [await findFacility(work), asked ?? localDay(work.now)];
  const key = `${facility} ${date} ${work.language}`;
  const held = kept.get(key);
  if (held !== undefined && work.now >= held.at && work.now - held.at < keptMs) return held.board;
  const board = readBoard(work, facility, date);
  if (kept.size > 50) kept.clear();
  kept.set(key, { at: work.now, board });
  board.catch(() => kept.delete(key));
  return board;
}

async function readBoard(work: Work, facility: string, date: string): Promise<Board> {
  const rows = await keptRows(work, facility, date);
  const turns = await listDay(work, facility, date);
  const sessions = await findSessions(work.db, { facility, from: date, until: date }, work.now);
  const rooms = new Map((await listRoomStates(work, facility)).map((room) => [room.id, room]));
  const seen = seenOf(turns);
  const before = await weekBefore(work, facility, date);
  const history = await arrivalsByHour(work.db, facility, date);
  return {
    facility, facilityName: await facilityName(work, facility), date, at: new Date(work.now).toISOString(), targetOnTimePercent,
    totals: totalsOf(rows, seen, sessions, turns),
    ...(before !== undefined && { before }),
    clinics: sessions.map((session) => clinicOf(session, rows, turns, rooms, work.now)),
    hours: hoursOf(sessions, rows, seen, history, work.now),
    forecastDays: history.days,
  };
}

function totalsOf(rows: readonly DeskRow[], seen: readonly Seen[], sessions: readonly StoredSession[], turns: readonly DayTurn[]): Board['totals'] {
  const count = (wanted: (row: DeskRow) => boolean) => rows.reduce((sum, row) => sum + Number(wanted(row)), 0);
  const isBooked = ({ appointmentId }: DeskRow) => appointmentId !== undefined;
  const booked = seen.filter(({ booked: one }) => one);
  const starts = startsLate(sessions, turns);
  return {
    booked: count((row) => isBooked(row) && row.state !== 'cancelled'), expected: count(({ state }) => state === 'expected' || state === 'late'),
    arrived: count(({ arrivedAt }) => arrivedAt !== undefined), waiting: count(({ state }) => state === 'waiting'), inside: count(({ state }) => state === 'inside' || state === 'called'),
    done: count(({ state }) => state === 'done'), walkIns: count((row) => !isBooked(row)), noShows: count(({ state }) => state === 'no-show'), cancelled: count(({ state }) => state === 'cancelled'),
    seenOnTime: booked.filter(({ onTime }) => onTime).length, seenBooked: booked.length, ...spreadOf(seen), ...starts,
  };
}

/** A session began late when its first patient was in more than 15 minutes after it should have begun, though they were there. */
function startsLate(sessions: readonly StoredSession[], turns: readonly DayTurn[]): { lateStarts: number; sessionsBegun: number } {
  const first = sessions.flatMap((session) => {
    const began = turns.flatMap((turn) => (turn.roomId === session.roomId && turn.firstBeganAt !== null && turn.firstBeganAt.getTime() < session.until ? [turn.firstBeganAt.getTime()] : []));
    return began.length === 0 ? [] : [Math.min(...began) - session.from];
  });
  return { sessionsBegun: first.length, lateStarts: first.filter((lateMs) => lateMs > 15 * 60_000).length };
}

async function weekBefore(work: Work, facility: string, date: string): Promise<Board['before']> {
  const day = addDays(date, -7);
  const until = work.now - 7 * 24 * hourMs;
  const rows = await keptRows(work, facility, day);
  if (rows.length === 0) return undefined;
  const turns = (await listDay(work, facility, day)).filter(({ arrivedAt }) => arrivedAt.getTime() <= until);
  const booked = seenOf(turns).filter((one) => one.booked && one.at <= until);
  const due = rows.filter(({ start, state }) => start !== undefined && state !== 'cancelled' && Date.parse(start) <= until);
  const arrived = rows.filter(({ arrivedAt }) => arrivedAt !== undefined && Date.parse(arrivedAt) <= until).length;
  return { date: day, arrived, booked: due.length, noShows: due.filter(({ state }) => state === 'no-show').length, seenBooked: booked.length, seenOnTime: booked.filter(({ onTime }) => onTime).length };
}

function clinicOf(session: StoredSession, all: readonly DeskRow[], turns: readonly DayTurn[], rooms: ReadonlyMap<string, { state: string; lateMinutes: number }>, now: number): Clinic {
  const rows = all.filter(({ room, start, arrivedAt }) => room.id === session.roomId && Date.parse(start ?? arrivedAt ?? '') < session.until && Date.parse(start ?? arrivedAt ?? '') >= session.from - 2 * hourMs);
  const count = (...states: DeskRow['state'][]) => rows.filter(({ state }) => states.includes(state)).length;
  const waits = turns.filter(({ roomId, state }) => roomId === session.roomId && state === 'waiting').map(({ waitingSince }) => now - waitingSince.getTime());
  const room = rooms.get(session.roomId);
  const free = startsOf({ ...session, visitTypes: [] }, { channel: 'walk-in', visitType: usualVisitType, minutes: session.stepMinutes, now }).filter(({ lane }) => lane !== undefined);
  const { doctorId, doctorName } = session;
  return {
    room: { id: session.roomId, name: session.roomName }, specialty: { id: session.specialtyId, name: session.specialtyName },
    ...(doctorId !== null && { doctor: { id: doctorId, name: doctorName ?? doctorId } }),
    state: now >= session.until ? 'over' : room?.state === 'paused' ? 'paused' : room?.state === 'open' && now >= session.from - hourMs ? 'open' : 'not-begun',
    expected: count('expected', 'late'), waiting: count('waiting', 'called'), longestWaitMinutes: Math.max(0, Math.round(Math.max(0, ...waits) / 60_000)), seen: count('done', 'away'),
    noShow: count('no-show'), lateMinutes: now >= session.from && now < session.until ? (room?.lateMinutes ?? 0) : 0, seatsLeft: free.length,
  };
}

function hoursOf(sessions: readonly StoredSession[], rows: readonly DeskRow[], seen: readonly Seen[], history: Awaited<ReturnType<typeof arrivalsByHour>>, now: number): Board['hours'] {
  if (sessions.length === 0) return [];
  const first = Math.floor((Math.min(...sessions.map(({ from }) => from)) - hourMs) / hourMs) * hourMs;
  const last = Math.max(...sessions.map(({ until }) => until));
  const hours: Board['hours'] = [];
  for (let from = first; from < last; from += hourMs) {
    const until = from + hourMs;
    const within = (instant?: string) => instant !== undefined && Date.parse(instant) >= from && Date.parse(instant) < until;
    const arrived = rows.filter(({ arrivedAt }) => within(arrivedAt));
    const booked = seen.filter((one) => one.booked && one.at >= from && one.at < until);
    const capacity = sessions.reduce((sum, session) => sum + capacityOf({ ...session, from: Math.max(session.from, from), until: Math.max(Math.max(session.from, from), Math.min(session.until, until)) }), 0);
    const coming = rows.filter((row) => row.state === 'expected' && within(row.start)).length;
    hours.push({
      from: new Date(from).toISOString(), arrivals: arrived.length, walkIns: arrived.filter(({ appointmentId }) => appointmentId === undefined).length, seenBooked: booked.length,
      seenOnTime: booked.filter(({ onTime }) => onTime).length, capacity, ...(until > now && { forecast: forecastOf(coming, arrived.length, history, from, now) }),
    });
  }
  return hours;
}
