// Appointments and visits of a day as one list. Pure.
import type { DeskGroup, DeskRow, DeskState } from '@sen/contracts';
import type { DayTurn } from '../../encounters/index.ts';
import { ageOn } from '../../identity/index.ts';
import type { StoredAppointment } from '../appointments/appointment-store.ts';

const lateMs = 10 * 60_000;
const hourMs = 3_600_000;
const soonMs = 45 * 60_000;

/** One for an appointment with its visit, one for a visit without appointment. */
export interface DayEntry {
  readonly key: string;
  readonly appointment?: StoredAppointment;
  /** Where the visit is now: the turn at hand, else the last one. */
  readonly turn?: DayTurn;
  readonly roomId: string;
  /** Instant of the appointment, in ms. */
  readonly start?: number;
  readonly arrivedAt?: number;
}

export function bookedEntry(appointment: StoredAppointment, path: readonly DayTurn[] | undefined): DayEntry {
  const turn = presentOf(path);
  return { key: appointment.id, appointment, roomId: appointment.roomId, start: appointment.start.getTime(), ...(turn !== undefined && { turn, arrivedAt: turn.arrivedAt.getTime() }) };
}

export function walkInEntry(path: readonly DayTurn[]): DayEntry {
  const turn = presentOf(path)!;
  return { key: turn.visitId, turn, roomId: turn.roomId, arrivedAt: turn.arrivedAt.getTime() };
}

function presentOf(path: readonly DayTurn[] = []): DayTurn | undefined {
  return path.find(({ state }) => state === 'waiting' || state === 'called' || state === 'inside' || state === 'skipped') ?? path.find(({ state }) => state === 'away') ?? path.at(-1);
}

export function stateOf({ appointment, turn }: DayEntry, now: number): DeskState {
  if (turn !== undefined) return visitState(turn);
  return appointment === undefined ? 'waiting' : waitingState(appointment, now);
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

/** The groups an entry stands in besides `all`. */
export function groupsOf(entry: DayEntry, now: number): { readonly group: Exclude<DeskGroup, 'now' | 'all'>; readonly isNow: boolean } {
  const state = stateOf(entry, now);
  const group = groups[state];
  const isDue = group === 'expected' && entry.start !== undefined && entry.start > now - hourMs && entry.start < now + soonMs;
  return { group, isNow: isDue || state === 'waiting' };
}

/** In the order of the list: by the hour booked, else of arrival. */
export function inOrder(entries: DayEntry[]): DayEntry[] {
  return entries.sort((one, other) => (one.start ?? one.arrivedAt ?? 0) - (other.start ?? other.arrivedAt ?? 0) || (one.key < other.key ? -1 : 1));
}

export function nameOf({ appointment, turn }: DayEntry): string {
  return appointment?.personName ?? turn!.name;
}

export interface RowContext {
  readonly now: number;
  readonly day: string;
  readonly language: 'vi' | 'en';
  /** Whether who asks may see why people come. */
  readonly withReasons: boolean;
}

export function rowOf(entry: DayEntry, context: RowContext): DeskRow {
  return entry.appointment === undefined ? walkInRow(entry, entry.turn!, context) : bookedRow(entry, entry.appointment, context);
}

function bookedRow(entry: DayEntry, one: StoredAppointment, { now, day, language, withReasons }: RowContext): DeskRow {
  const { turn } = entry;
  const age = one.personBirthDate === null ? undefined : ageOn(one.personBirthDate, day);
  return {
    key: one.id, appointmentId: one.id, patientId: one.patientId, name: one.personName, sex: one.personSex, ...(age !== undefined && { age }),
    state: stateOf(entry, now), start: one.start.toISOString(), minutes: (one.end.getTime() - one.start.getTime()) / 60_000,
    ...(turn !== undefined && { visitId: turn.visitId, ticket: turn.ticket, arrivedAt: turn.arrivedAt.toISOString() }),
    ...placeOf(turn !== undefined && turn.kind === 'exam' ? turn : one),
    visitType: { id: one.visitType, name: language === 'vi' ? one.visitTypeVi : one.visitTypeEn }, channel: one.channel, confirmed: one.confirmedAt !== null, toCall: one.toCall !== null,
    ...(withReasons && one.reason !== null && { reason: one.reason }),
  };
}

function walkInRow(entry: DayEntry, turn: DayTurn, { now, day, withReasons }: RowContext): DeskRow {
  const age = turn.birthDate === null ? undefined : ageOn(turn.birthDate, day);
  return {
    key: turn.visitId, visitId: turn.visitId, patientId: turn.patientId, name: turn.name, sex: turn.sex, ...(age !== undefined && { age }), state: stateOf(entry, now),
    arrivedAt: turn.arrivedAt.toISOString(), ticket: turn.ticket, ...placeOf(turn), channel: 'walk-in', confirmed: false, toCall: false,
    ...(withReasons && turn.reason !== null && { reason: turn.reason }),
  };
}

/** Who waits is where the turn is, whatever was booked: the doctor may have fallen ill meanwhile. */
function placeOf({ roomId, roomName, doctorId, doctorName }: Pick<StoredAppointment, 'roomId' | 'roomName' | 'doctorId' | 'doctorName'>): Pick<DeskRow, 'room' | 'doctor'> {
  return { room: { id: roomId, name: roomName }, ...(doctorId !== null && { doctor: { id: doctorId, name: doctorName ?? doctorId } }) };
}
