// The one place that asks the machine for the time. Use cases take `work.now`; tests pass their own.

/** Tells the instant in ms since 1970. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** A clock that stands still until it is moved. */
export function fixedClock(startMs: number): Clock & { advance(ms: number): void } {
  let nowMs = startMs;
  return Object.assign(() => nowMs, {
    advance: (ms: number) => {
      nowMs += ms;
    },
  });
}
