// What a laboratory value of one person does over the years.
import { year } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { Sex } from './names.ts';
import { laboratoryTests, type TestKey } from './laboratory-tests.ts';

export interface Trend {
  /** When the value left normal; before it the person is healthy. */
  readonly from: number;
  /** Value at `from`. */
  readonly start: number;
  /** Where treatment or disease takes it. */
  readonly goal: number;
  /** Years until most (63 %) of the way is gone. */
  readonly years: number;
  /** Standard deviation between two measurements. */
  readonly spread: number;
  /** When the trend is over and the value is normal again. */
  readonly until?: number;
}

export type TrendKey = TestKey | 'egfr';
export type Trends = Map<TrendKey, Trend>;

/** Gives the value a test would show: along the person's trend, else around the normal mean. Not rounded. */
export function valueAt(trends: Trends, key: TrendKey, at: number, sex: Sex, dice: Dice): number {
  const trend = trends.get(key);
  if (trend === undefined || at < trend.from || (trend.until !== undefined && at > trend.until)) return normalValue(key, sex, dice);
  const gone = 1 - Math.exp(-(at - trend.from) / (trend.years * year));
  return Math.max(0, dice.normal(trend.start + (trend.goal - trend.start) * gone, trend.spread));
}

function normalValue(key: TrendKey, sex: Sex, dice: Dice): number {
  const test = laboratoryTests[key];
  const [low, high] = sex === 'female' && test.female !== undefined ? test.female : test.range;
  const bottom = low ?? high! * 0.35;
  const top = high ?? bottom * 1.5;
  return dice.normal((bottom + top) / 2, (top - bottom) / 7);
}

/** Creatinine in µmol/L that gives this eGFR: the CKD-EPI 2021 equation (Inker, NEJM 2021;385:1737) solved for creatinine. */
export function creatinineFor(egfr: number, age: number, sex: Sex): number {
  const female = sex === 'female';
  const knee = female ? 0.7 : 0.9;
  const atKnee = 142 * 0.9938 ** age * (female ? 1.012 : 1);
  const exponent = egfr > atKnee ? (female ? -0.241 : -0.302) : -1.2;
  return knee * (egfr / atKnee) ** (1 / exponent) * 88.42;
}

/** eGFR in mL/min/1.73 m² from creatinine in µmol/L (CKD-EPI 2021). */
export function egfrFrom(creatinine: number, age: number, sex: Sex): number {
  const female = sex === 'female';
  const ratio = creatinine / 88.42 / (female ? 0.7 : 0.9);
  return 142 * Math.min(ratio, 1) ** (female ? -0.241 : -0.302) * Math.max(ratio, 1) ** -1.2 * 0.9938 ** age * (female ? 1.012 : 1);
}
