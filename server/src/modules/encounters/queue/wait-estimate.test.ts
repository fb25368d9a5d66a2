import { describe, expect, it } from 'vitest';
import { expectWaits, waitAtEnd, type Expected, type Length } from './wait-estimate.ts';

const length: Length = { p20: 5.2, p50: 7.5, p60: 8.4, p80: 10.9 };
const now = Date.parse('2026-03-02T09:00:00+07:00');
const room = { now, servers: 1, serving: [], returnedInRow: 0 };

function waiter(i: number): Expected {
  return { id: String(i).padStart(3, '0'), class: 'normal', dueAt: now - (100 - i) * 60_000, waitingSince: now, onTime: true, returning: false, length };
}

describe('the wait is a range: 20 of 100 wait less than its begin, 20 more than its end', () => {
  it('holds 60 of 100 of the waits that lengths of such quantiles lead to', () => {
    const dice = diceOf(7);
    const line = Array.from({ length: 20 }, (_, i) => waiter(i));
    const ranges = expectWaits(line, room).map(({ wait }) => wait);
    let inside = 0;
    const days = 400;
    for (let day = 0; day < days; day++) {
      let clock = 0;
      for (const [i, range] of ranges.entries()) {
        if (i > 0 && clock >= range.from && clock <= range.to) inside++;
        clock += 7.5 * Math.exp(0.44 * dice()) + 0.7;
      }
    }
    const share = inside / (days * (ranges.length - 1));
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.72);
  });

  it('halves the wait with two doctors, and waits for the end of a pause', () => {
    const line = Array.from({ length: 10 }, (_, i) => waiter(i));
    const alone = waitAtEnd(line, room);
    const together = waitAtEnd(line, { ...room, servers: 2 });
    expect(together.to).toBeLessThan(alone.to * 0.65);
    expect(expectWaits(line, { ...room, pausedUntil: now + 20 * 60_000 })[0]!.wait).toEqual({ from: 20, to: 20 });
  });

  it('gives the line in the order in which it will be called, those who become due meanwhile among them', () => {
    const walkIn: Expected = { ...waiter(1), id: 'walk-in', onTime: false, dueAt: now + 80 * 60_000 };
    const soon: Expected = { ...waiter(2), id: 'soon', dueAt: now + 6 * 60_000 };
    const later: Expected = { ...walkIn, id: 'later walk-in', dueAt: now + 85 * 60_000 };
    expect(expectWaits([later, walkIn, soon], room).map(({ turn }) => turn.id)).toEqual(['walk-in', 'soon', 'later walk-in']);
  });
});

/** Standard normal numbers, the same at each run. */
function diceOf(seed: number): () => number {
  let state = seed;
  const share = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return () => Math.sqrt(-2 * Math.log(share())) * Math.cos(2 * Math.PI * share());
}
