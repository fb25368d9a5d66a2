import type { SessionView } from '@sen/contracts';
import { describe, expect, it } from 'vitest';
import { mondayOf, partsOf, rowsOf, weekOf } from './week.ts';

const session = (id: string, date: string, from: string, doctor?: string): SessionView => ({
  id, date, from: `${date}T${from}:00Z`, until: `${date}T12:00:00Z`, stepMinutes: 15, lanes: 1, ...(doctor !== undefined && { doctor: { id: doctor, name: `BS. ${doctor}` } }),
  room: { id: 'r1', name: 'Phòng 205' }, specialty: { id: 'e', name: 'Nội tiết' }, state: 'open', seats: 16, booked: 0, held: 0, free: 16, pools: [],
});

describe('a week', () => {
  it('begins on Monday, also seen from its Sunday', () => {
    expect(mondayOf('2026-03-08')).toBe('2026-03-02');
    expect(weekOf('2026-03-02')).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']);
  });

  it('has a row for each doctor, and one for a room without', () => {
    const rows = rowsOf([session('a', '2026-03-02', '06:30', 'Minh'), session('b', '2026-03-02', '00:30', 'Minh'), session('c', '2026-03-04', '00:30')], weekOf('2026-03-02'));
    expect(rows.map(({ doctor, days }) => [doctor, days.map((day) => day.map(({ id }) => id).join(''))])).toEqual([['BS. Minh', ['ba', '', '', '', '', '', '']], [undefined, ['', '', 'c', '', '', '', '']]]);
  });
});

describe('the parts of a session', () => {
  it('add up to all its seats, also when more is kept than is left', () => {
    const pools = [{ pool: 'walk-in', taken: 1, kept: 4, keptNow: 4 }, { pool: 'phone', taken: 6, kept: 2, keptNow: 2 }];
    expect(partsOf({ seats: 16, booked: 6, held: 1, pools })).toEqual({ taken: 7, kept: 3, free: 6 });
    expect(partsOf({ seats: 8, booked: 7, held: 0, pools })).toEqual({ taken: 7, kept: 1, free: 0 });
  });
});
