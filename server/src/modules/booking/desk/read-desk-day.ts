import type { DeskGroup, DeskRow } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../../security/index.ts';
import { seesReasons } from '../appointments/check-may-act.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { codeIn } from '../seats/token.ts';
import { groupsOf, inOrder, nameOf, rowOf, type DayEntry } from './day-rows.ts';
import type { FollowDay } from './follow-days.ts';

const mostRows = 200;

export interface DeskDayQuery {
  readonly date?: string | undefined;
  readonly group?: DeskGroup | undefined;
  readonly room?: string | undefined;
  readonly specialty?: string | undefined;
  readonly find?: string | undefined;
}

/** Lists the people of a day at the desk: those of a group, at most 200, and how many are in each. */
export async function readDeskDay(work: Work, followDay: FollowDay, query: DeskDayQuery): Promise<{ facility: string; date: string; counts: Record<DeskGroup, number>; rows: DeskRow[]; more: boolean }> {
  const [facility, date] = [await findFacility(work), query.date ?? localDay(work.now)];
  const byCode = query.find === undefined ? undefined : await appointmentOfCode(work, query.find);
  const { entries } = await followDay(work, facility, date);
  const isWanted = wantedBy(query, entries.values(), byCode);
  const counts = { now: 0, expected: 0, here: 0, done: 0, gone: 0, all: 0 };
  const wanted: DayEntry[] = [];
  for (const entry of entries.values()) {
    if (!isWanted.here(entry)) continue;
    const { group, isNow } = groupsOf(entry, work.now);
    counts.all++;
    counts[group]++;
    counts.now += Number(isNow);
    if (isWanted.listed(entry, group, isNow)) wanted.push(entry);
  }
  const withReasons = seesReasons(work);
  const rows = inOrder(wanted).slice(0, mostRows).map((entry) => rowOf(entry, { now: work.now, day: date, language: work.language, withReasons }));
  tellAudit(work, { patients: [...new Set(rows.map(({ patientId }) => patientId))] });
  return { facility, date, counts, rows, more: wanted.length > rows.length };
}

/** `here`: counted at all (the room or specialty asked for); `listed`: in the group, or found. */
function wantedBy({ room, specialty, find, group = 'now' }: DeskDayQuery, entries: Iterable<DayEntry>, byCode: string | undefined) {
  const rooms = specialty === undefined ? undefined : roomsOf(specialty, entries);
  const text = find === undefined ? undefined : folded(find.trim());
  const isFound = (entry: DayEntry, wanted: string) =>
    entry.key === byCode || folded(nameOf(entry)).includes(wanted) || entry.turn?.ticket.toLowerCase() === wanted;
  return {
    here: (entry: DayEntry) => (room === undefined || entry.roomId === room) && (rooms === undefined || rooms.has(entry.roomId)),
    listed: (entry: DayEntry, its: DeskGroup, isNow: boolean) => (text === undefined ? group === 'all' || (group === 'now' ? isNow : its === group) : isFound(entry, text)),
  };
}

/** The rooms in which a specialty has appointments that day: who came without one is counted by the room. */
function roomsOf(specialty: string, entries: Iterable<DayEntry>): ReadonlySet<string> {
  const rooms = new Set<string>();
  for (const { appointment } of entries) if (appointment?.specialtyId === specialty) rooms.add(appointment.roomId);
  return rooms;
}

async function appointmentOfCode(work: Work, text: string): Promise<string | undefined> {
  const code = codeIn(text);
  if (code === undefined) return undefined;
  const values = ['qr' in code ? code.qr : code.code];
  return (await work.db.query<{ id: string }>({ name: 'booking.id-of-code', text: 'SELECT id FROM booking.appointment WHERE code = $1 OR qr = $1', values })).rows[0]?.id;
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
