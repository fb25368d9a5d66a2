import { describe, expect, it } from 'vitest';
import { arrange } from './hierarchy.ts';

describe('arrange', () => {
  it('places each concept before all that is below it, in the order of the list', () => {
    const { placed, further } = arrange([[], [0], [1], [0], []]);
    expect(placed).toEqual([
      { index: 0, parent: undefined, last: 3 }, { index: 1, parent: 0, last: 2 }, { index: 2, parent: 1, last: 2 }, { index: 3, parent: 0, last: 3 }, { index: 4, parent: undefined, last: 4 },
    ]);
    expect(further).toEqual([]);
  });

  it('places a concept of several parents under the first that comes, and notes the others', () => {
    const { placed, further } = arrange([[], [], [0, 1]]);
    expect(placed.map(({ index, parent }) => [index, parent])).toEqual([[0, undefined], [2, 0], [1, undefined]]);
    expect(further).toEqual([{ parent: 2, child: 1 }]);
  });

  it('cuts circles and loses nobody', () => {
    const { placed, further } = arrange([[1], [0], []]);
    expect(placed.map(({ index }) => index).sort()).toEqual([0, 1, 2]);
    expect(further).toHaveLength(1);
  });

  it('takes lists deeper than the call stack', () => {
    const { placed } = arrange(Array.from({ length: 100_000 }, (_, i) => (i === 0 ? [] : [i - 1])));
    expect(placed[0]?.last).toBe(99_999);
  });
});
