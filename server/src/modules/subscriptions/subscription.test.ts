import { describe, expect, it } from 'vitest';
import { bundlesOf, lanesOf, waitAfter, type Event } from './subscription.ts';

const event = (number: number, attempts = 0, lane = 'patient 1'): Event => ({ number, attempts, lane, type: 'Observation', id: `o${number}`, version: 1, method: 'create', occurred: 0 });

describe('waiting after failures', () => {
  it('doubles from a second to ten minutes', () => {
    expect([1, 2, 3, 4, 10, 11, 1000].map(waitAfter)).toEqual([1000, 2000, 4000, 8000, 512_000, 600_000, 600_000]);
  });
});

describe('bundles of events', () => {
  it('hold at most so many, in order', () => {
    expect(bundlesOf([1, 2, 3, 4, 5].map((n) => event(n)), 2).map((some) => some.map(({ number }) => number))).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('hold one that failed before alone', () => {
    expect(bundlesOf([event(1), event(2, 1), event(3), event(4)], 10).map((some) => some.map(({ number }) => number))).toEqual([[1], [2], [3, 4]]);
  });
});

describe('lanes', () => {
  it('keep the order of a patient and part those of others', () => {
    expect(lanesOf([event(1, 0, 'a'), event(2, 0, 'b'), event(3, 0, 'a')]).map((lane) => lane.map(({ number }) => number))).toEqual([[1, 3], [2]]);
  });
});
