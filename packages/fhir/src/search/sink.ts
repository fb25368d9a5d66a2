import type { Interval } from './dates.ts';

export interface StringRow {
  readonly place: bigint;
  readonly text: string;
}

export interface RangeRow {
  readonly place: bigint;
  /** Inclusive; -Infinity when open. Dates in ms since 1970. */
  readonly low: number;
  /** Dates: exclusive. Numbers: equal to low for a single value. */
  readonly high: number;
}

/** What the index knows of one resource. */
export interface IndexEntry {
  readonly tokens: readonly bigint[];
  readonly strings: readonly StringRow[];
  readonly ranges: readonly RangeRow[];
  /** The resource's main date (parameters.ts, mainDate), when it has one. */
  readonly date: Interval | undefined;
  /** Key of the patient that the resource is about; 0 when none. */
  readonly patient: bigint;
}

/** Gathers the index rows of one resource while it is walked. */
export class Sink {
  readonly tokens = new Set<bigint>();
  readonly strings: StringRow[] = [];
  readonly ranges: RangeRow[] = [];
  readonly members = new Set<bigint>();
  patient = 0n;
  low = Infinity;
  high = -Infinity;

  /** A text that another row of the place begins with needs no row: a prefix search finds it there. */
  addString(place: bigint, text: string): void {
    if (text === '') return;
    for (const row of this.strings) if (row.place === place && row.text.startsWith(text)) return;
    this.strings.push({ place, text });
  }

  addRange(place: bigint, low: number, high: number): void {
    for (const row of this.ranges) if (row.place === place && row.low === low && row.high === high) return;
    this.ranges.push({ place, low, high });
  }

  addDate(low: number, high: number): void {
    if (low < this.low) this.low = low;
    if (high > this.high) this.high = high;
  }
}
