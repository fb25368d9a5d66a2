import { describe, expect, it } from 'vitest';
import { tokenBuckets } from './token-buckets.ts';

describe('A token bucket', () => {
  it('gives a minute’s worth at once, then one for each share of a minute', () => {
    const buckets = tokenBuckets(10);
    const first = Array.from({ length: 60 }, () => buckets.take('a', 60, 0));
    expect(first.every((wait) => wait === 0)).toBe(true);
    expect(buckets.take('a', 60, 0)).toBe(1000);
    expect(buckets.take('a', 60, 400)).toBe(600);
    expect(buckets.take('a', 60, 1000)).toBe(0);
    expect(buckets.take('a', 60, 1000)).toBe(1000);
  });

  it('never holds more than a minute’s worth', () => {
    const buckets = tokenBuckets(10);
    buckets.take('a', 2, 0);
    expect([0, 1, 2].map(() => buckets.take('a', 2, 3_600_000))).toEqual([0, 0, 30_000]);
  });

  it('keeps keys apart, and knows no limit of 0', () => {
    const buckets = tokenBuckets(10);
    expect([buckets.take('a', 1, 0), buckets.take('a', 1, 0), buckets.take('b', 1, 0)]).toEqual([0, 60_000, 0]);
    expect(Array.from({ length: 1000 }, () => buckets.take('c', 0, 0)).every((wait) => wait === 0)).toBe(true);
  });

  it('keeps no more keys than it may, whatever a stranger invents', () => {
    const buckets = tokenBuckets(100);
    for (let one = 0; one < 10_000; one++) buckets.take(String(one), 5, 0);
    expect(buckets.size).toBe(100);
  });

  it('does not go back when the clock does', () => {
    const buckets = tokenBuckets(10);
    expect([buckets.take('a', 1, 5000), buckets.take('a', 1, 0)]).toEqual([0, 60_000]);
  });
});
