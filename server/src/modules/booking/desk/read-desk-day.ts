import type { DeskGroup, DeskRow } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { listDay, listRoomStates } from '../../encounters/index.ts';
import { tellAudit } from '../../security/index.ts';
import { appointmentsOfDay } from '../appointments/appointment-store.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { codeIn } from '../seats/token.ts';
import { dayRows, isIn } from './day-rows.ts';
import { keptReadings } from './kept-readings.ts';

const mostRows = 200;
/** Twenty desks that ask at once after one change share one reading of the day. */
const kept = keptReadings<DeskRow[]>();

export interface DeskDayQuery {
  readonly date?: string | undefined;
  readonly group?: DeskGroup | undefined;
  readonly room?: string | undefined;
  readonly specialty?: string | undefined;
  readonly find?: string | undefined;
}

/** Lists the people of a day at the desk: those of a group, at most 200, and how many are in each. */
export async function readDeskDay(work: Work, query: DeskDayQuery): Promise<{ facility: string; date: string; counts: Record<DeskGroup, number>; rows: DeskRow[]; more: boolean }> {
  const [facility, date] = [await findFacility(work), query.date ?? localDay(work.now)];
  const all = (await keptRows(work, facility, date)).filter((row) => query.room === undefined || row.room.id === query.room);
  const count = (group: DeskGroup) => all.reduce((sum, row) => sum + Number(isIn(row, group, work.now)), 0);
  const counts = { now: count('now'), expected: count('expected'), here: count('here'), done: count('done'), gone: count('gone'), all: all.length };
  const wanted = query.find === undefined ? all.filter((row) => isIn(row, query.group ?? 'now', work.now)) : await found(work, all, query.find);
  const rows = wanted.slice(0, mostRows);
  tellAudit(work, { patients: [...new Set(rows.map(({ patientId }) => patientId))] });
  return { facility, date, counts, rows, more: wanted.length > rows.length };
}

/** Rows of a whole day of a facility, read at most once a second. */
export async function keptRows(work: Work, facility: string, date: string): Promise<DeskRow[]> {
  return kept(`${facility} ${date} ${work.language}`, work.now, () => readRows(work, facility, date));
}

async function readRows(work: Work, facility: string, date: string): Promise<DeskRow[]> {
  const appointments = await appointmentsOfDay(work.db, facility, date);
  const turns = await listDay(work, facility, date);
  const rooms = new Map((await listRoomStates(work, facility)).map(({ id, name }) => [id, name]));
  return dayRows(appointments, turns, rooms, { now: work.now, day: date, language: work.language });
}

async function found(work: Work, rows: readonly DeskRow[], text: string): Promise<DeskRow[]> {
  const code = codeIn(text);
  const wanted = folded(text.trim());
  const byCode = code === undefined ? undefined : (await work.db.query<{ id: string }>({ name: 'booking.id-of-code', text: 'SELECT id FROM booking.appointment WHERE code = $1 OR qr = $1', values: ['qr' in code ? code.qr : code.code] })).rows[0]?.id;
  return rows.filter((row) => row.appointmentId === byCode && byCode !== undefined || folded(row.name).includes(wanted) || row.ticket?.toLowerCase() === wanted);
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
