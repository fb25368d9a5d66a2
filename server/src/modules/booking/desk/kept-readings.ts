// Readings of a whole day that many ask for at once: one serves all, and a dear one is made less often.

/** A reading is good for so long, and for so many times what it took: a large hospital spends no more than a part of its time on it. */
const keptMs = 1_000;
const keptTimes = 10;
const mostKept = 50;

interface Kept<T> {
  readonly at: number;
  readonly reading: Promise<T>;
  tookMs: number;
}

/** Makes a store of readings by key. `now` is the clock of the work; what a reading takes is measured by the machine's. */
export function keptReadings<T>(): (key: string, now: number, read: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Kept<T>>();
  return (key, now, read) => {
    const held = kept.get(key);
    if (held !== undefined && now >= held.at && now - held.at < Math.max(keptMs, held.tookMs * keptTimes)) return held.reading;
    const began = performance.now();
    const made: Kept<T> = { at: now, reading: read(), tookMs: 0 };
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, made);
    made.reading.then(() => (made.tookMs = performance.now() - began), () => kept.delete(key));
    return made.reading;
  };
}
