import { describe, expect, it } from 'vitest';
import { dayTyped } from './typed-day.ts';

describe('a birth date as people type it', () => {
  it('takes slashes, points, blanks and eight digits', () => {
    for (const typed of ['14/03/1968', '14.3.1968', '14 03 1968', ' 14031968 ']) expect(dayTyped(typed)).toBe('1968-03-14');
  });
  it('refuses days that no calendar has', () => {
    for (const typed of ['31/02/1968', '1968', '14/03/68', '', '1411968']) expect(dayTyped(typed)).toBeUndefined();
  });
});
