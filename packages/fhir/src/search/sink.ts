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

/**
 * What a hash stands for, kept once for all resources that have it: the text beside a code, a URI, a unit, the system of a composite's code.
 * A search that asks for more than the very value finds here the tokens to look for.
 */
export interface Spelling {
  readonly place: bigint;
  readonly text: string;
  readonly token: bigint;
  /** Found by the start of each of its words, not only by its own start. */
  readonly byWord: boolean;
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
  /** One bit for each search parameter of the type that the resource has a value for (presence.ts). */
  readonly present: bigint;
  readonly spellings: readonly Spelling[];
}

/** Gathers the index rows of one resource while it is walked. */
export class Sink {
  readonly tokens = new Set<bigint>();
  readonly strings: StringRow[] = [];
  readonly ranges: RangeRow[] = [];
  readonly spellings: Spelling[] = [];
  readonly members = new Set<bigint>();
  // the bits of `present` as two halves: numbers cost a tenth of what a bigint does
  presentLow = 0;
  presentHigh = 0;
  /** The codes that are kept together with the patient. */
  readonly codes: bigint[] = [];
  patient = 0n;
  low = Infinity;
  high = -Infinity;

  /** A text of its own, once. */
  addString(place: bigint, text: string): void {
    if (text === '') return;
    for (const row of this.strings) if (row.place === place && row.text === text) return;
    this.strings.push({ place, text });
  }

  /** Words of a name: those that another row of the place begins with need no row, since they are looked for by their start or as whole words. */
  addWords(place: bigint, text: string): void {
    for (const row of this.strings) if (row.place === place && row.text.startsWith(text) && (row.text.length === text.length || row.text.charAt(text.length) === ' ')) return;
    this.addString(place, text);
  }

  addRange(place: bigint, low: number, high: number): void {
    for (const row of this.ranges) if (row.place === place && row.low === low && row.high === high) return;
    this.ranges.push({ place, low, high });
  }

  addSpelling(place: bigint, text: string, token: bigint, byWord = false): void {
    this.spellings.push({ place, text, token, byWord });
  }

  addDate(low: number, high: number): void {
    if (low < this.low) this.low = low;
    if (high > this.high) this.high = high;
  }
}
