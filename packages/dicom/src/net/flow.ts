// A queue between one who pushes as things arrive and one who takes them in turn; it tells how much it holds.
import type { DicomNetError } from './net-error.ts';

export interface Flow<T> extends AsyncIterable<T> {
  push(item: T): void;
  end(): void;
  fail(error: DicomNetError): void;
  /** Drops what is held and what still comes. */
  discard(): void;
  /** When the last item has been pushed, taken or not; never rejects. */
  readonly ended: Promise<void>;
}

interface Held<T> {
  items: T[];
  /** First of `items` that has not been taken: shifting an array of thousands would move it each time. */
  next: number;
  over: boolean;
  dropping: boolean;
  error: DicomNetError | undefined;
  taker: (() => void) | undefined;
}

/** `weigh` says how much an item counts; `holds` hears each change of what is held. */
export function newFlow<T>(weigh: (item: T) => number, holds: (change: number) => void): Flow<T> {
  const held: Held<T> = { items: [], next: 0, over: false, dropping: false, error: undefined, taker: undefined };
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const finish = (error?: DicomNetError) => {
    if (held.over) return;
    held.over = true;
    held.error = error;
    resolve();
    wake(held);
  };
  const discard = () => {
    held.dropping = true;
    for (const item of held.items.slice(held.next)) holds(-weigh(item));
    held.items = [];
    held.next = 0;
  };
  return {
    ended,
    push: (item) => {
      if (held.dropping || held.over) return;
      held.items.push(item);
      holds(weigh(item));
      wake(held);
    },
    end: () => finish(),
    fail: finish,
    discard,
    [Symbol.asyncIterator]: () => ({
      next: () => take(held, (item) => holds(-weigh(item))),
      return: () => {
        discard();
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
}

function wake<T>(held: Held<T>): void {
  const taker = held.taker;
  held.taker = undefined;
  taker?.();
}

async function take<T>(held: Held<T>, taken: (item: T) => void): Promise<IteratorResult<T, undefined>> {
  while (held.next === held.items.length) {
    if (held.error !== undefined) throw held.error;
    if (held.over || held.dropping) return { done: true, value: undefined };
    await new Promise<void>((resolve) => {
      held.taker = resolve;
    });
  }
  const item = held.items[held.next] as T;
  held.next += 1;
  if (held.next === held.items.length) {
    held.items = [];
    held.next = 0;
  }
  taken(item);
  return { done: false, value: item };
}
