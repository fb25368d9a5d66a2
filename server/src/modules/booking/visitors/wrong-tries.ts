// Wrong codes are counted for each telephone and for each code: from many addresses too, nobody guesses the one by the other. In the memory of this process.

const windowMs = 3_600_000;
const mostTries = 10;
const mostKept = 20_000;

export interface WrongTries {
  isOver(keys: readonly string[], now: number): boolean;
  note(keys: readonly string[], now: number): void;
}

/** Makes a count: ten wrong tries an hour for a key, the oldest keys forgotten when there are too many. */
export function wrongTries(): WrongTries {
  const wrong = new Map<string, { times: number; readonly until: number }>();
  const countOf = (key: string, now: number) => {
    const known = wrong.get(key);
    return known === undefined || known.until <= now ? 0 : known.times;
  };
  return {
    isOver: (keys, now) => keys.some((key) => countOf(key, now) >= mostTries),
    note: (keys, now) => {
      for (const key of keys) {
        const times = countOf(key, now);
        const until = times === 0 ? now + windowMs : wrong.get(key)!.until;
        wrong.delete(key);
        wrong.set(key, { times: times + 1, until });
      }
      for (const key of wrong.keys()) {
        if (wrong.size <= mostKept) break;
        wrong.delete(key);
      }
    },
  };
}
