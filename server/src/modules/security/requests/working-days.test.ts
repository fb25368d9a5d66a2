import { describe, expect, it } from 'vitest';
import { addWorkingDays, dayIn, workingDaysLeft } from './working-days.ts';

const at = (text: string): number => Date.parse(text);
/** Tết Bính Ngọ as the Government gave it: 14/02 to 22/02/2026, with Saturday 28/02 worked in exchange. */
const tet = new Map([...['16', '17', '18', '19', '20'].map((day) => [`2026-02-${day}`, false] as const), ['2026-02-28', true] as const]);

describe('working days (Bộ luật Dân sự 91/2015/QH13 Điều 147)', () => {
  it('begin the day after receipt, in Vietnam: a minute before midnight is still that day', () => {
    expect(dayIn(at('2026-03-05T23:59:59+07:00'))).toBe('2026-03-05');
    expect(dayIn(at('2026-03-06T00:00:00+07:00'))).toBe('2026-03-06');
    expect(addWorkingDays('2026-03-05', 2, new Map())).toBe('2026-03-09');
  });

  it('pass over Tết and count a Saturday that is worked for it', () => {
    expect(addWorkingDays('2026-02-12', 2, tet)).toBe('2026-02-23'); // Friday, then the Monday after Tết
    expect(addWorkingDays('2026-02-12', 7, tet)).toBe('2026-02-28');
    expect(addWorkingDays('2026-02-14', 1, tet)).toBe('2026-02-23');
  });

  it('are left to the end of the day that is due, and late from the next day on, also over a weekend', () => {
    expect(workingDaysLeft('2026-03-05', '2026-03-09', new Map())).toBe(2);
    expect(workingDaysLeft('2026-03-07', '2026-03-09', new Map())).toBe(1);
    expect(workingDaysLeft('2026-03-09', '2026-03-09', new Map())).toBe(0);
    expect(workingDaysLeft('2026-03-14', '2026-03-13', new Map())).toBe(-1);
  });
});
