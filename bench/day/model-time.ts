// Model time: people and rooms wait for instants of the day; the day goes on to the next instant as soon as the server can take more.

export interface ModelTime {
  /** Instant of the day, in ms since 1970. */
  now(): number;
  /** Resolves when the day has come to the instant. */
  until(at: number): Promise<void>;
  /** Counts something under way: the day goes on while fewer than `width` are. */
  during<T>(work: Promise<T>): Promise<T>;
  /** From an instant on, the day goes at most so many times as fast as the real one; undefined: as fast as it can. */
  pace(times: number | undefined): void;
  /** Plays until nobody waits for anything. */
  play(): Promise<void>;
}

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly go: () => void;
}

interface Running {
  readonly heap: Waiting[];
  readonly width: number;
  now: number;
  order: number;
  underWay: number;
  wake: () => void;
  paced: { readonly times: number; readonly from: number; readonly since: number } | undefined;
}

/** Makes the time of a day that begins at an instant. `tell` hears each step of a second or more. */
export function modelTime(begin: number, width: number, tell: (at: number) => void): ModelTime {
  const state: Running = { heap: [], width, now: begin, order: 0, underWay: 0, wake: () => undefined, paced: undefined };
  const ended = () => {
    state.underWay--;
    state.wake();
  };
  return {
    now: () => state.now,
    until: (at) => new Promise<void>((resolve) => push(state.heap, { at, order: state.order++, go: resolve })),
    during: (work) => {
      state.underWay++;
      work.then(ended, ended);
      return work;
    },
    pace: (times) => {
      state.paced = times === undefined ? undefined : { times, from: state.now, since: performance.now() };
    },
    play: () => play(state, forwarder(state, tell)),
  };
}

function forwarder(state: Running, tell: (at: number) => void): (at: number) => void {
  let told = 0;
  return (at) => {
    state.now = Math.max(state.now, at);
    if (state.now - told < 1000) return;
    told = state.now;
    tell(state.now);
  };
}

async function play(state: Running, forward: (at: number) => void): Promise<void> {
  const { heap, width } = state;
  for (;;) {
    if (state.underWay >= width || (heap.length === 0 && state.underWay > 0)) {
      await new Promise<void>((resolve) => (state.wake = resolve));
      continue;
    }
    const next = pop(heap);
    if (next === undefined) {
      await settled();
      if (heap.length === 0 && state.underWay === 0) return;
      continue;
    }
    const { paced } = state;
    if (paced !== undefined) await realPause((next.at - paced.from) / paced.times - (performance.now() - paced.since));
    forward(next.at);
    next.go();
    await settled();
  }
}

/** What was woken has sent its request. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function realPause(ms: number): Promise<void> | undefined {
  return ms < 1 ? undefined : new Promise((resolve) => setTimeout(resolve, ms));
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Waiting[], item: Waiting): void {
  heap.push(item);
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!isBefore(heap[i]!, heap[parent]!)) return;
    [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
    i = parent;
  }
}

function pop(heap: Waiting[]): Waiting | undefined {
  const top = heap[0];
  const end = heap.pop();
  if (top === undefined || end === undefined || heap.length === 0) return top;
  heap[0] = end;
  for (let i = 0; ; ) {
    const [left, right] = [2 * i + 1, 2 * i + 2];
    let least = i;
    if (left < heap.length && isBefore(heap[left]!, heap[least]!)) least = left;
    if (right < heap.length && isBefore(heap[right]!, heap[least]!)) least = right;
    if (least === i) return top;
    [heap[i], heap[least]] = [heap[least]!, heap[i]!];
    i = least;
  }
}
