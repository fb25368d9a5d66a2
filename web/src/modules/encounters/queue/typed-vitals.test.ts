import { expect, it } from 'vitest';
import { nothingTyped, vitalsOf } from './typed-vitals.ts';

it('reads commas, points and blood pressure as nurses type them', () => {
  expect(vitalsOf({ ...nothingTyped, temperature: '36,8', weight: '54.5', pulse: ' 72 ', pressure: '120/80', consciousness: 'alert', onOxygen: true })).toEqual({
    vitals: { temperature: 36.8, weight: 54.5, pulse: 72, systolic: 120, diastolic: 80, consciousness: 'alert', onOxygen: true }, wrong: [],
  });
});

it('takes nothing for nothing, and names what is no number', () => {
  expect(vitalsOf(nothingTyped)).toEqual({ vitals: {}, wrong: [] });
  expect(vitalsOf({ ...nothingTyped, pulse: '7o', pressure: '120/' }).wrong).toEqual(['pulse', 'pressure']);
});
