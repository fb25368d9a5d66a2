import type { DeskRow, ResponseOf, StripCell, readRoomDay as contract } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { findRoom, lateMinutesOf } from '../../encounters/index.ts';
import { tellAudit } from '../../security/index.ts';
import { localDay } from '../seats/local-time.ts';
import { seesReasons } from '../appointments/check-may-act.ts';
import { findSessions, type StoredSession } from '../seats/seat-store.ts';
import { inOrder, rowOf } from './day-rows.ts';
import type { FollowDay } from './follow-days.ts';

/** Reads the clinic strip of a room, cell by cell, and everybody in it. */
export async function readRoomDay(work: Work, followDay: FollowDay, roomId: string, asked?: string): Promise<ResponseOf<typeof contract>> {
  const room = await findRoom(work, roomId);
  const date = asked ?? localDay(work.now);
  const { entries, visits } = await followDay(work, room.facility, date);
  const here = inOrder([...entries.values()].filter((entry) => entry.roomId === roomId));
  const withReasons = seesReasons(work, room);
  const rows = here.map((entry) => rowOf(entry, { now: work.now, day: date, language: work.language, withReasons }));
  const sessions = await findSessions(work.db, { facility: room.facility, from: date, until: date, room: roomId }, work.now);
  const turns = here.flatMap(({ turn }) => (turn === undefined ? [] : (visits.get(turn.visitId) ?? []))).filter((turn) => turn.roomId === roomId);
  tellAudit(work, { patients: [...new Set(rows.map(({ patientId }) => patientId))] });
  return {
    room: { id: room.id, name: room.name }, date, rows, lateMinutes: lateMinutesOf(turns, work.now),
    sessions: sessions.map((session) => stripOf(session, rows)),
    toTell: rows.filter((row) => row.state === 'expected').length,
  };
}

function stripOf(session: StoredSession, rows: readonly DeskRow[]) {
  const stepMs = session.stepMinutes * 60_000;
  const cells: StripCell[] = [];
  for (let at = session.from; at + stepMs <= session.until; at += stepMs) cells.push(cellAt(session, at, at + stepMs, rows));
  const { doctorId, doctorName } = session;
  return {
    id: session.id, from: new Date(session.from).toISOString(), until: new Date(session.until).toISOString(), stepMinutes: session.stepMinutes,
    ...(doctorId !== null && { doctor: { id: doctorId, name: doctorName ?? doctorId } }), specialty: { id: session.specialtyId, name: session.specialtyName }, cells,
  };
}

const shownAs: Readonly<Record<DeskRow['state'], StripCell['state']>> = {
  'expected': 'expected', 'late': 'expected', 'waiting': 'here', 'called': 'here', 'away': 'here', 'inside': 'now', 'done': 'seen', 'left': 'seen', 'no-show': 'no-show', 'cancelled': 'free',
};

function cellAt(session: StoredSession, from: number, until: number, rows: readonly DeskRow[]): StripCell {
  const start = new Date(from).toISOString();
  const row = rows.find((one) => one.start !== undefined && one.state !== 'cancelled' && Date.parse(one.start) < until && Date.parse(one.start) + (one.minutes ?? 0) * 60_000 > from);
  if (row !== undefined) return { start, state: shownAs[row.state], key: row.key };
  return { start, state: session.taken.some((seat) => seat.from < until && seat.until > from) ? 'held' : 'free' };
}
