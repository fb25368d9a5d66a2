import { describe, expect, it } from 'vitest';
import { nestContains, type Contains, type Standing } from './contains.ts';

const member = (place: number, last: number): readonly [Standing, Contains] => [{ system: 1, place, last }, { system: 'http://sen.test', code: `c${place}` }];

describe('R4 valueset.html, expansion.contains', () => {
  it('nests each member under the nearest above it, whatever lies between', () => {
    expect(nestContains([member(0, 5), member(3, 4), member(4, 4), member(9, 9)])).toEqual([
      { system: 'http://sen.test', code: 'c0', contains: [{ system: 'http://sen.test', code: 'c3', contains: [{ system: 'http://sen.test', code: 'c4' }] }] },
      { system: 'http://sen.test', code: 'c9' },
    ]);
  });

  it('loses nobody of a chain of 10,000, and goes down 100 levels of it', () => {
    const nested = nestContains(Array.from({ length: 10_000 }, (_, place) => member(place, 9_999)));
    const depth = (list: readonly Contains[]): number => (list.length === 0 ? 0 : 1 + depth(list[0]!.contains ?? []));
    expect(depth(nested)).toBe(100);
    expect(JSON.stringify(nested).match(/"code"/g)).toHaveLength(10_000);
  });
});
