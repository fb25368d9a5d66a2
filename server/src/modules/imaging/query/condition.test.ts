import { describe, expect, it } from 'vitest';
import { conditionOf, type Matching } from './condition.ts';

function told(matching: Matching, ...values: string[]) {
  const given: unknown[] = [];
  const condition = conditionOf({ sql: 'c', matching, words: 'w' }, values, (value) => `$${given.push(value)}`);
  return [condition, ...given];
}

describe('attribute matching (DICOM PS3.4 2024e, C.2.2.2)', () => {
  it.each([
    [told('text', ''), [undefined]],
    [told('text', '*'), [undefined]],
    [told('text', 'CT0001'), ['c = $1', 'CT0001']],
    [told('text', 'CT%0?*'), ['c LIKE $1', 'CT\\%0_%']],
    [told('uid', '1.2', '1.3'), ['c = ANY ($1::text[])', ['1.2', '1.3']]],
    [told('number', '3', 'x'), ['c = ANY ($1::int[])', [3]]],
    [told('range', '20261124'), ['c LIKE $1', '20261124%']],
    [told('range', '2026.11.24'), ['c LIKE $1', '20261124%']],
    [told('range', '20261101-20261130'), ['(c >= $1 AND c <= $2)', '20261101', '20261130~']],
    [told('range', '-20261130'), ['(c <= $1)', '20261130~']],
    [told('range', '0800-'), ['(c >= $1)', '0800']],
    [told('name', 'NGUYỄN^THỊ*'), ['(w ~ $1 AND w ~ $2)', ' nguyen ', ' thi[^ ]* ']],
    [told('name', 'H?nh (x'), ['(w ~ $1 AND w ~ $2)', ' h[^ ]nh ', ' \\(x ']],
    [told('list', 'CT', 'MR'), ['EXISTS (SELECT 1 FROM unnest(c) AS one(value) WHERE (one.value = $1 OR one.value = $2))', 'CT', 'MR']],
  ])('%j', (condition, expected) => {
    expect(condition).toEqual(expected);
  });
});
