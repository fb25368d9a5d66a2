// Appointments and visits of a day as one list.
import type { DeskGroup, DeskRow, DeskState } from '@sen/contracts';
import type { DayTurn } from '../../encounters/index.ts';
import { ageOn } from '../../identity/index.ts';
import type { StoredAppointment } from '../appointments/appointment-store.ts';

const lateMs = 10 * 60_000;
const hourMs = 3_600_000;
const soonMs = 45 * 60_000;

/** One row for an appointment with its visit, one for a visit without appointment. */
export function dayRows(appointments: readonly StoredAppointment[], turns: readonly DayTurn[], rooms: ReadonlyMap<string, string>, context: { now: number; day: string; language: 'vi' | 'en' }): DeskRow[] {
  const visits = new Map<string, DayTurn[]>();
  for (const turn of turns) visits.set(turn.visitId, [...(visits.get(turn.visitId) ?? []), turn]);
  const booked = new Map([...visits.values()].flatMap((path) => (path[0]?.appointmentId ? [[path[0].appointmentId, path] as const] : [])));
  const ofAppointments = appointments.map((one) => bookedRow(one, booked.get(one.id), context));
  const known = new Set(appointments.map(({ id }) => id));
  const walkIns = [...visits.values()].filter(([first]) => first !== undefined && (first.appointmentId === null || !known.has(first.appointmentId))).map((path) => walkInRow(path, rooms, context.day));
  return [...ofAppointments, ...walkIns].sort((one, other) => (one.start ?? one.arrivedAt ?? '').localeCompare(other.start ?? other.arrivedAt ?? ''));
}

function bookedRow(one: StoredAppointment, path: readonly DayTurn[] | undefined, { now, day, language }: { now: number; day: string; language: 'vi' | 'en' }): DeskRow {
  const turn = presentOf(path);
  const birth = one.personBirthDate ?? undefined;
  const age = birth === undefined ? undefined : ageOn(birth, day);
  return {
    key: one.id, appointmentId: one.id, patientId: one.patientId, name: one.personName, sex: one.personSex, ...(age !== undefined && { age }),
    state: turn === undefined ? waitingState(one, now) : visitState(turn), start: one.start.toISOString(), minutes: (one.end.getTime() - one.start.getTime()) / 60_000,
    ...(turn !== undefined && { visitId: turn.visitId, ticket: turn.ticket, arrivedAt: turn.arrivedAt.toISOString() }),
    room: { id: one.roomId, name: one.roomName }, ...(one.doctorId !== null && { doctor: { id: one.doctorId, name: one.doctorName ?? one.doctorId } }),
    visitType: { id: one.visitType, name: language === 'vi' ? one.visitTypeVi : one.visitTypeEn }, channel: one.channel, confirmed: one.confirmedAt !== null, toCall: one.toCall !== null,
    ...(one.reason !== null && { reason: one.reason }),
  };
}

function walkInRow(path: readonly DayTurn[], rooms: ReadonlyMap<string, string>, day: string): DeskRow {
  const turn = presentOf(path)!;
  const age = turn.birthDate === null ? undefined : ageOn(turn.birthDate, day);
  return {
    key: turn.visitId, visitId: turn.visitId, patientId: turn.patientId, name: turn.name, sex: turn.sex, ...(age !== undefined && { age }), state: visitState(turn),
    arrivedAt: turn.arrivedAt.toISOString(), ticket: turn.ticket, room: { id: turn.roomId, name: rooms.get(turn.roomId) ?? turn.roomId },
    ...(turn.doctorId !== null && { doctor: { id: turn.doctorId, name: turn.doctorName ?? turn.doctorId } }), channel: 'walk-in', confirmed: false, toCall: false,
    ...(turn.reason !== null && { reason: turn.reason }),
  };
}

/** Where the visit is now: the turn at hand, else the last one. */
function presentOf(path: readonly DayTurn[] = []): DayTurn | undefined {
  return path.find(({ state }) => state === 'waiting' || state === 'called' || state === 'inside' || state === 'skipped') ?? path.find(({ state }) => state === 'away') ?? path.at(-1);
}

function visitState({ state }: DayTurn): DeskState {
  if (state === 'called' || state === 'inside' || state === 'away' || state === 'done' || state === 'left') return state;
  return 'waiting';
}

function waitingState(one: StoredAppointment, now: number): DeskState {
  if (one.state === 'cancelled' || one.state === 'no-show') return one.state;
  if (one.state === 'fulfilled') return 'done';
  if (one.state === 'arrived') return 'waiting';
  return now > one.start.getTime() + lateMs ? 'late' : 'expected';
}

const groups: Readonly<Record<DeskState, Exclude<DeskGroup, 'now' | 'all'>>> = {
  'expected': 'expected', 'late': 'expected', 'waiting': 'here', 'called': 'here', 'inside': 'here', 'away': 'here', 'done': 'done', 'left': 'gone', 'no-show': 'gone', 'cancelled': 'gone',
};

export function isIn(row: DeskRow, group: DeskGroup, now: number): boolean {
  if (group === 'all') return true;
  if (group !== 'now') return groups[row.state] === group;
  const start = row.start === undefined ? undefined : Date.parse(row.start);
  const isDue = groups[row.state] === 'expected' && start !== undefined && start > now - hourMs && start < now + soonMs;
  return isDue || row.state === 'waiting';
}
