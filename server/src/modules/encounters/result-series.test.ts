import type { ResultSeries } from '@sen/contracts';
import { describe, expect, it } from 'vitest';
import type { LabResult } from './fhir-results.ts';
import { chooseTiles, gatherSeries } from './result-series.ts';

const result = (key: string, day: number, value: number): LabResult => ({ id: `${key}${day}`, key, name: key, category: 'laboratory', when: `2026-01-0${day}`, value: String(value), number: value, unit: 'g/L' });
const series = (code: string, mark?: 'high' | 'critical-high', count = 1): ResultSeries => ({
  key: `http://loinc.org|${code}`, name: code, category: 'laboratory', count, points: [{ id: code, value: '1', number: 1, ...(mark !== undefined && { mark }) }],
});

describe('results gathered over time', () => {
  it('keeps the last values of each test, newest last, and counts them all', () => {
    const [first] = gatherSeries([result('a', 3, 30), result('b', 3, 1), result('a', 2, 20), result('a', 1, 10)], 2);
    expect(first).toMatchObject({ key: 'a', count: 3, unit: 'g/L' });
    expect(first?.points.map((point) => point.number)).toEqual([20, 30]);
  });
});

describe('the tiles of the summary', () => {
  it('never leave out a critical value, whatever else is measured', () => {
    const many = Array.from({ length: 30 }, (_, at) => series(`x${at}`, 'high', 5));
    expect(chooseTiles([...many, series('rare', 'critical-high')], []).map((one) => one.name)).toContain('rare');
  });

  it('keep pressure and weight in the last places', () => {
    const chosen = chooseTiles(Array.from({ length: 30 }, (_, at) => series(`x${at}`)), [series('29463-7'), series('85354-9'), series('8867-4')]);
    expect(chosen).toHaveLength(8);
    expect(chosen.slice(-2).map((one) => one.name)).toEqual(['85354-9', '29463-7']);
  });
});
