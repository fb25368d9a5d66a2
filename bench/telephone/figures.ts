// What the telephones measured, and how it is told. Pure.

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export interface PhoneFigures {
  /** Calls from which a sound came. */
  readonly answered: number;
  /** Calls whose every entry was answered by a voice. */
  readonly wholeBookings: number;
  readonly packets: number;
  readonly lost: number;
  /** Interarrival jitter of each call at its end (RFC 3550 §6.4.1). */
  readonly jitterMs: Spread;
  /** How far the spacing of two packets was from 20 ms. */
  readonly deviationMs: Spread;
  /** How late the telephones' own clock of 20 ms was: what of the above may be theirs. */
  readonly ownLatenessMs: Spread;
  readonly answers: number;
  /** From the key that ends an entry to the first sound of the answer. */
  readonly answerMs: Spread;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

export function spread(values: readonly number[]): Spread {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99), most: percentile(values, 1) };
}

const binsPerMs = 10;
const bins = 10_000;

/** Counts in bins of 0.1 ms, up to a second: millions of packets are not kept one by one. */
export function histogram(): { add(ms: number): void; at(share: number): number; most(): number } {
  const counts = new Uint32Array(bins);
  let [all, most] = [0, 0];
  return {
    add: (ms) => {
      counts[Math.min(bins - 1, Math.floor(ms * binsPerMs))]! += 1;
      all += 1;
      most = Math.max(most, ms);
    },
    at: (share) => {
      let left = share * all;
      for (let bin = 0; bin < bins; bin++) if ((left -= counts[bin]!) <= 0) return (bin + 1) / binsPerMs;
      return most;
    },
    most: () => most,
  };
}
