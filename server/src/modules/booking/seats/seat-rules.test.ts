import { describe, expect, it } from 'vitest';
import { capacityOf, freeLane, poolHasRoom, poolOf, startsOf, type SeatSession, type TakenSeat } from './seat-rules.ts';
import { checkDigit, codeIn, newBookingCode } from './token.ts';

const hour = 3_600_000;
const minute = 60_000;
const from = Date.parse('2026-03-02T07:30:00+07:00');
const session: SeatSession = {
  from, until: from + hour, stepMinutes: 10, lanes: 1, visitTypes: [], taken: [],
  seats: [{ pool: 'walk-in', kept: 2, openHoursBefore: 0 }, { pool: 'web', kept: 0, openHoursBefore: 0, most: 2 }],
};
const seat = (place: number, pool: string): TakenSeat => ({ lane: 1, from: from + place * 10 * minute, until: from + (place + 1) * 10 * minute, pool });
const before = from - hour;

describe('seats kept for a door', () => {
  it('leaves to others what is not kept, and the kept ones to their door', () => {
    const full = { ...session, taken: [0, 1, 2, 3].map((place) => seat(place, 'app')) };
    expect(poolHasRoom(full, 'app', 1, before)).toBe(false);
    expect(poolHasRoom(full, 'walk-in', 1, before)).toBe(true);
    expect(poolHasRoom(full, 'walk-in', 2, before)).toBe(true);
    expect(poolHasRoom(full, 'walk-in', 3, before)).toBe(false);
  });

  it('opens them to all when the hour has come', () => {
    const full = { ...session, taken: [0, 1, 2, 3].map((place) => seat(place, 'app')) };
    expect(poolHasRoom(full, 'app', 1, from)).toBe(true);
  });

  it('never lets a door take more than its most', () => {
    expect(poolHasRoom({ ...session, taken: [seat(0, 'web'), seat(1, 'web')] }, 'web', 1, before)).toBe(false);
  });

  it('counts a kind of visit with seats of its own apart from the door', () => {
    const kept = { seats: [{ pool: 'visit-type:insurance-follow-up', kept: 3, openHoursBefore: 48 }] };
    expect(poolOf(kept, 'app', 'insurance-follow-up')).toBe('visit-type:insurance-follow-up');
    expect(poolOf(kept, 'app', 'first')).toBe('app');
  });
});

describe('starts', () => {
  it('are those of the grid that are to come and have a lane free for the whole visit', () => {
    const starts = startsOf({ ...session, seats: [], taken: [seat(2, 'app')] }, { channel: 'app', visitType: 'first', minutes: 15, now: from });
    expect(starts.map(({ at, lane }) => [(at - from) / minute, lane])).toEqual([[10, undefined], [20, undefined], [30, 1], [40, 1]]);
  });

  it('use the next lane when the first is taken', () => {
    expect(freeLane({ lanes: 2, taken: [seat(0, 'app')] }, from, from + 10 * minute)).toBe(2);
    expect(capacityOf({ ...session, lanes: 2 })).toBe(12);
  });
});

describe('the code of a booking', () => {
  it('is nine digits of which the last shows a slip', () => {
    const code = newBookingCode();
    expect(codeIn(`${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`)).toEqual({ code });
    for (let place = 0; place < 8; place++) {
      const wrong = code.slice(0, place) + String((Number(code[place]) + 3) % 10) + code.slice(place + 1);
      expect(codeIn(wrong)).toBeUndefined();
    }
  });

  it('finds the check digit of ISO/IEC 7064, MOD 11-10', () => expect(checkDigit('0794')).toBe('5'));
});
