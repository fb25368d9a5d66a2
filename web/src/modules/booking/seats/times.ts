// The free starts of a day as one finds them: by hour, one cell a time however many rooms have it.
import type { BookingStart } from '@sen/contracts';
import { dateParts } from '../../../lib/format.ts';

export interface TimeCell {
  readonly time: string;
  readonly starts: readonly BookingStart[];
}

export function cellsOf(starts: readonly BookingStart[]): readonly { hour: string; cells: readonly TimeCell[] }[] {
  const byTime = Map.groupBy(starts.filter(({ free }) => free), ({ start }) => dateParts(start)?.time ?? '');
  const cells = [...byTime].map(([time, of]): TimeCell => ({ time, starts: of })).sort((one, other) => one.time.localeCompare(other.time));
  return [...Map.groupBy(cells, ({ time }) => time.slice(0, 2))].map(([hour, of]) => ({ hour, cells: of }));
}

/** A local date, so many days on. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Today in the hospital's zone. */
export function todayOf(now: number): string {
  const parts = dateParts(new Date(now).toISOString());
  return `${parts?.year}-${parts?.month}-${parts?.day}`;
}
