import { describe, expect, it } from 'vitest';
import { minutesSince, steadyOrder } from './steady-order.ts';

describe('Rows never jump under the pointer', () => {
  it('keeps the order that was seen, those who left too, and puts new ones last while held', () => {
    expect(steadyOrder(['mai', 'hai', 'nga'], ['an', 'nga', 'mai'], true)).toEqual(['mai', 'hai', 'nga', 'an']);
  });

  it('shows the order of now once the pointer has left', () => {
    expect(steadyOrder(['mai', 'hai', 'nga'], ['an', 'nga', 'mai'], false)).toEqual(['an', 'nga', 'mai']);
  });
});

describe('A wait', () => {
  it('is told in whole minutes and is never negative, whatever the clock of the screen says', () => {
    const now = Date.parse('2026-11-23T09:08:59+07:00');
    expect(minutesSince('2026-11-23T08:44:00+07:00', now)).toBe(24);
    expect(minutesSince('2026-11-23T09:10:00+07:00', now)).toBe(0);
  });
});
