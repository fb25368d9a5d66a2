import { describe, expect, it } from 'vitest';
import { dateInterval, zoneOf } from './dates.ts';

const hanoi = zoneOf('Asia/Ho_Chi_Minh');
const between = (text: string): [string, string] | undefined => {
  const interval = dateInterval(text, hanoi);
  return interval && [new Date(interval.low).toISOString(), new Date(interval.high).toISOString()];
};

describe('dateInterval (R4 search §3.1.1.4.7: a date is the interval that it covers)', () => {
  it('reads partial dates in the hospital zone', () => {
    expect(between('2026')).toEqual(['2025-12-31T17:00:00.000Z', '2026-12-31T17:00:00.000Z']);
    expect(between('2026-02')).toEqual(['2026-01-31T17:00:00.000Z', '2026-02-28T17:00:00.000Z']);
    expect(between('2026-11-23')).toEqual(['2026-11-22T17:00:00.000Z', '2026-11-23T17:00:00.000Z']);
  });

  it('reads times to the precision written', () => {
    expect(between('2026-11-23T08:30')).toEqual(['2026-11-23T01:30:00.000Z', '2026-11-23T01:31:00.000Z']);
    expect(between('2026-11-23T08:30:00Z')).toEqual(['2026-11-23T08:30:00.000Z', '2026-11-23T08:30:01.000Z']);
    expect(between('2026-11-23T08:30:00.25-05:00')).toEqual(['2026-11-23T13:30:00.250Z', '2026-11-23T13:30:00.260Z']);
  });

  it('knows leap days and years before 100', () => {
    expect(between('2024-02-29')?.[0]).toBe('2024-02-28T17:00:00.000Z');
    expect(new Date(dateInterval('0050', zoneOf('UTC'))?.low ?? 0).getUTCFullYear()).toBe(50);
  });

  it.each(['2026-02-30', '2026-13', '26-01-01', '2026-1-1', 'today', '2026-11-23T25:00', ''])('refuses %s', (text) => {
    expect(dateInterval(text, hanoi)).toBeUndefined();
  });

  it('follows the clock changes of other zones', () => {
    const newYork = zoneOf('America/New_York');
    expect(dateInterval('2026-07-01', newYork)?.low).toBe(Date.UTC(2026, 6, 1, 4));
    expect(dateInterval('2026-01-01', newYork)?.low).toBe(Date.UTC(2026, 0, 1, 5));
  });
});
