// A seeded source of chance: the same seed and name always give the same throws, on any machine.

export interface Dice {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number from low to high, both included. */
  whole(low: number, high: number): number;
  /** Uniform number from low to high. */
  between(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the list, all equally likely. */
  pick<T>(list: readonly T[]): T;
  /** One of the pairs' values, likely in proportion to its weight. */
  weighted<T>(pairs: readonly (readonly [T, number])[]): T;
  /** Normally distributed around the mean, cut off at three deviations so that no throw is absurd. */
  normal(mean: number, deviation: number): number;
  /** A string of decimal digits. */
  digits(count: number): string;
}

/** Gives dice for one purpose; dice of another name do not change its throws. */
export function createDice(seed: number, name: string): Dice {
  let state = hash(`${seed}/${name}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (pairs) => pickWeighted(pairs, next()),
    normal: (mean, deviation) => mean + deviation * bell(next, 0),
    digits: (count) => Array.from({ length: count }, () => whole(0, 9)).join(''),
  };
}

function pickWeighted<T>(pairs: readonly (readonly [T, number])[], throwOf: number): T {
  let total = 0;
  for (const [, weight] of pairs) total += weight;
  let rest = throwOf * total;
  for (const [value, weight] of pairs) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return pairs[pairs.length - 1]![0];
}

function bell(next: () => number, sum: number): number {
  for (let i = 0; i < 6; i++) sum += next();
  return Math.max(-3, Math.min(3, (sum - 3) * Math.SQRT2));
}

function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value | 0;
}
