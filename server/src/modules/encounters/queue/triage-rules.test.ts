import { describe, expect, it } from 'vitest';
import { isLater, suggestionOf } from './triage-rules.ts';
import { vitalFindings } from './vital-limits.ts';

const adult = (vitals: Parameters<typeof suggestionOf>[0]['vitals']) => suggestionOf({ vitals, ageYears: 40, pregnant: false });
const well = { breaths: 16, saturation: 98, systolic: 120, diastolic: 80, pulse: 72, temperature: 36.8, consciousness: 'alert' } as const;

describe('NEWS2 (RCP 2017, chart 1)', () => {
  it.each([
    ['breaths', [[8, 3], [9, 1], [11, 1], [12, 0], [20, 0], [21, 2], [24, 2], [25, 3]]],
    ['saturation', [[91, 3], [92, 2], [93, 2], [94, 1], [95, 1], [96, 0]]],
    ['systolic', [[90, 3], [91, 2], [100, 2], [101, 1], [110, 1], [111, 0], [219, 0], [220, 3]]],
    ['pulse', [[40, 3], [41, 1], [50, 1], [51, 0], [90, 0], [91, 1], [110, 1], [111, 2], [130, 2], [131, 3]]],
    ['temperature', [[35, 3], [35.1, 1], [36, 1], [36.1, 0], [38, 0], [38.1, 1], [39, 1], [39.1, 2]]],
  ] as const)('gives %s its points', (sign, table) => {
    expect(table.map(([value]) => [value, adult({ [sign]: value })?.score])).toEqual(table);
  });

  it('adds 2 for oxygen and 3 for anything but alert', () => {
    expect([adult({ ...well })?.score, adult({ ...well, onOxygen: true })?.score, adult({ ...well, consciousness: 'confused' })?.score]).toEqual([0, 2, 3]);
  });

  it.each([
    ['nothing when all is well', well, 0, undefined],
    ['nothing for 4 points in several signs', { ...well, breaths: 22, saturation: 95, pulse: 95 }, 4, undefined],
    ['soon for 3 points in one sign', { ...well, saturation: 90 }, 3, 'urgent'],
    ['soon for 5 points', { ...well, breaths: 22, saturation: 93, pulse: 95 }, 5, 'urgent'],
    ['emergency for 7 points', { ...well, breaths: 26, saturation: 93, temperature: 39.2 }, 7, 'emergency'],
  ] as const)('suggests %s', (_what, vitals, score, asked) => {
    expect(adult(vitals)).toMatchObject({ score, complete: true });
    expect(adult(vitals)?.class).toBe(asked);
  });

  it('tells which signs cost points, and whether something was left out', () => {
    expect(adult({ breaths: 22, pulse: 72 })).toMatchObject({ score: 2, complete: false, reasons: [{ sign: 'breaths', value: '22', points: 2 }], source: expect.stringContaining('Royal College of Physicians') });
  });

  it('says nothing from weight and height alone', () => {
    expect(adult({ weight: 60, height: 165 })).toBeUndefined();
  });
});

describe('those whom NEWS2 is not made for', () => {
  const of = (ageYears: number | undefined, vitals: object, pregnant = false) => suggestionOf({ vitals, ageYears, pregnant });
  it('children go by the danger signs of WHO for their age', () => {
    expect([of(0.1, { breaths: 60 }), of(0.5, { breaths: 49 }), of(0.5, { breaths: 50 }), of(3, { breaths: 40 }), of(6, { breaths: 40 })].map((one) => one?.class)).toEqual(['urgent', undefined, 'urgent', 'urgent', undefined]);
    expect([of(3, { saturation: 89 }), of(3, { saturation: 90 }), of(3, { consciousness: 'voice' }), of(0.1, { temperature: 35.4 }), of(3, { temperature: 38.4 })].map((one) => one?.class)).toEqual(['emergency', undefined, 'emergency', 'urgent', undefined]);
  });
  it('the pregnant go by severe hypertension, never by NEWS2', () => {
    expect(of(30, { systolic: 160 }, true)).toMatchObject({ class: 'urgent', reasons: [{ sign: 'systolic', value: '160' }] });
    expect(of(30, { pulse: 112 }, true)?.score).toBeUndefined();
  });
  it('nothing is suggested for an unknown age', () => {
    expect(of(undefined, { pulse: 200 })).toMatchObject({ complete: false, reasons: [] });
  });
});

describe('limits', () => {
  it('stop slips of the key, and the diastolic above the systolic', () => {
    expect(vitalFindings({ pulse: 700, temperature: 368, systolic: 80, diastolic: 120 }, 40).map(({ sign, kind }) => [sign, kind])).toEqual([['pulse', 'impossible'], ['diastolic', 'impossible'], ['temperature', 'impossible']]);
  });
  it('ask to look again at a weight or height that is rare for the age', () => {
    expect(vitalFindings({ weight: 55, height: 110 }, 4)).toEqual([{ sign: 'weight', kind: 'unusual', low: 5, high: 30 }]);
    expect(vitalFindings({ weight: 55 }, undefined)).toEqual([]);
  });
});

describe('classes', () => {
  it('are compared by how soon', () => {
    expect([isLater('normal', 'urgent'), isLater('urgent', 'emergency'), isLater('emergency', 'urgent'), isLater('urgent', 'urgent')]).toEqual([true, true, false, false]);
  });
});
