// One clock of 20 ms for the sound of all calls: a timer a call would drift each its own way, and cost a hundred timers.

const frameMs = 20;
const mostBehind = 10;

export interface Ticker {
  /** Calls `step` every 20 ms on the average, until the returned function is called. */
  add(step: () => void): () => void;
  stop(): void;
}

export function newTicker(): Ticker {
  const steps = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  const tick = () => {
    const now = performance.now();
    // After a pause of the whole process the frames missed are not sent in one burst.
    if (now - due > frameMs * mostBehind) due = now;
    for (; due <= now; due += frameMs) for (const step of steps) step();
    timer = steps.size === 0 ? undefined : setTimeout(tick, Math.max(1, due - performance.now()));
  };
  return {
    add: (step) => {
      steps.add(step);
      if (timer === undefined) {
        due = performance.now();
        timer = setTimeout(tick, frameMs);
      }
      return () => void steps.delete(step);
    },
    stop: () => {
      steps.clear();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
