// A week of sessions as it is drawn: a row for each doctor, seven days, each session as a bar.
import type { SessionView } from '@sen/contracts';
import { dayAfter } from '../seats/times.ts';

export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return dayAfter(day, weekday === 0 ? -6 : 1 - weekday);
}

export function weekOf(day: string): readonly string[] {
  const monday = mondayOf(day);
  return [0, 1, 2, 3, 4, 5, 6].map((on) => dayAfter(monday, on));
}

export interface WeekRow {
  readonly key: string;
  readonly doctor: string | undefined;
  readonly specialty: string;
  readonly rooms: readonly string[];
  /** Sessions of each of the seven days, earliest first. */
  readonly days: readonly (readonly SessionView[])[];
}

/** One row for each doctor of a department; those without a doctor by room. */
export function rowsOf(sessions: readonly SessionView[], week: readonly string[]): WeekRow[] {
  const rows = Map.groupBy(sessions, ({ doctor, room, specialty }) => `${specialty.id} ${doctor?.id ?? `room ${room.id}`}`);
  return [...rows].map(([key, own]) => {
    const first = own[0]!;
    const days = week.map((day) => own.filter(({ date }) => date === day).sort((one, other) => one.from.localeCompare(other.from)));
    return { key, doctor: first.doctor?.name, specialty: first.specialty.name, rooms: [...new Set(own.map(({ room }) => room.name))], days };
  });
}

/** Parts of a session in seats, which add up to all of it: taken, kept for a door and not taken yet, free for all. */
export function partsOf({ seats, booked, held, pools }: Pick<SessionView, 'seats' | 'booked' | 'held' | 'pools'>): { taken: number; kept: number; free: number } {
  const taken = Math.min(seats, booked + held);
  const kept = Math.min(seats - taken, pools.reduce((sum, pool) => sum + Math.max(0, pool.keptNow - pool.taken), 0));
  return { taken, kept, free: seats - taken - kept };
}
