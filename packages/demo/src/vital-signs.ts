import { ageAt, instantText, minute, year } from './calendar.ts';
import { add, type Chart, type Visit } from './chart.ts';
import type { Reference } from './hospital.ts';
import { type Concept, hl7Concept, quantity, systems } from './systems.ts';

export interface Vitals {
  readonly systolic?: number;
  readonly diastolic?: number;
  readonly pulse?: number;
  readonly temperature?: number;
  readonly saturation?: number;
  readonly breaths?: number;
  readonly weight?: number;
  readonly height?: number;
  readonly head?: number;
}

const category = [hl7Concept('observation-category', 'vital-signs', 'Vital Signs')];
const code = (loinc: string, display: string, vi: string): Concept => ({ coding: [{ system: systems.loinc, code: loinc, display }], text: vi });
const pressureCode = code('85354-9', 'Blood pressure panel with all children optional', 'Huyết áp');
const systolicCode = code('8480-6', 'Systolic blood pressure', 'Huyết áp tâm thu');
const diastolicCode = code('8462-4', 'Diastolic blood pressure', 'Huyết áp tâm trương');

const signs = {
  pulse: [code('8867-4', 'Heart rate', 'Mạch'), 'lần/phút', '/min', 0],
  temperature: [code('8310-5', 'Body temperature', 'Nhiệt độ'), '°C', 'Cel', 1],
  saturation: [code('2708-6', 'Oxygen saturation in Arterial blood', 'SpO₂'), '%', '%', 0],
  breaths: [code('9279-1', 'Respiratory rate', 'Nhịp thở'), 'lần/phút', '/min', 0],
  weight: [code('29463-7', 'Body weight', 'Cân nặng'), 'kg', 'kg', 1],
  height: [code('8302-2', 'Body height', 'Chiều cao'), 'cm', 'cm', 0],
  head: [code('9843-4', 'Head Occipital-frontal circumference', 'Vòng đầu'), 'cm', 'cm', 1],
  bmi: [code('39156-5', 'Body mass index (BMI) [Ratio]', 'BMI'), 'kg/m²', 'kg/m2', 1],
} as const;

/** Adds what the nurse measured, one Observation a sign (blood pressure as one panel) and the BMI when it can be told. */
export function measure(chart: Chart, visit: Visit, vitals: Vitals, at = Math.min(visit.at + 4 * minute, chart.now)): void {
  if (vitals.systolic !== undefined && vitals.diastolic !== undefined) addPressure(chart, visit, vitals.systolic, vitals.diastolic, at);
  for (const key of Object.keys(signs) as (keyof typeof signs)[]) {
    const value = key === 'bmi' ? bmi(vitals) : vitals[key];
    if (value !== undefined) addSign(chart, visit, key, value, at);
  }
}

/** Vital signs of this person at this visit, after age, build and diseases; `part` overrides what is known better. */
export function usualVitals(chart: Chart, at: number, part: Vitals = {}): Vitals {
  const { dice } = chart;
  const age = (at - chart.person.born) / year;
  const size = age < 18 ? growth(chart, age) : { weight: dice.normal(chart.build.weight, 0.6) };
  const pulse = Math.round(dice.normal(age < 1 ? 136 : age < 6 ? 108 : age < 14 ? 90 : 77, 6));
  const pressure = age < 5 ? {} : {
    systolic: 2 * Math.round(dice.normal(age < 16 ? 88 + 1.7 * age : chart.pressure.systolic, 5) / 2),
    diastolic: 2 * Math.round(dice.normal(age < 16 ? 54 + age : chart.pressure.diastolic, 3) / 2),
  };
  const breaths = age < 5 ? { breaths: Math.round(dice.normal(age < 1 ? 40 : 28, 3)) } : {};
  return { ...pressure, ...breaths, pulse, temperature: dice.normal(36.7, 0.15), saturation: dice.pick([97, 98, 98, 98, 99]), ...size, ...part };
}

// Median weight (kg) and length (cm) of boys at these ages: WHO Child Growth Standards 2006 and Reference 2007 to ten years.
const curve: readonly (readonly [number, number, number])[] = [
  [0, 3.3, 49.9], [0.17, 5.6, 58.4], [0.33, 7, 63.9], [0.5, 7.9, 67.6], [0.75, 8.9, 72], [1, 9.6, 75.7], [1.5, 10.9, 82.3], [2, 12.2, 87.8],
  [3, 14.3, 96.1], [4, 16.3, 103.3], [5, 18.3, 110], [6, 20.5, 116], [7, 22.9, 121.7], [8, 25.4, 127.3], [9, 28.1, 132.6], [10, 31.2, 137.8],
  [12, 39, 149], [14, 49, 161], [16, 56, 168], [18, 58, 170],
];

/** Weight and height of a child of this age; children keep near their own line between the percentiles. */
function growth(chart: Chart, age: number): { weight: number; height: number } {
  const index = Math.max(1, curve.findIndex(([at]) => at > age));
  const [fromAge, fromWeight, fromHeight] = curve[index - 1]!;
  const [toAge, toWeight, toHeight] = curve[index]!;
  const part = Math.max(0, Math.min(1, (age - fromAge) / (toAge - fromAge)));
  const line = chart.build.weight;
  const sex = chart.person.sex === 'female' ? 0.965 : 1;
  return {
    weight: (fromWeight + (toWeight - fromWeight) * part) * line * sex * chart.dice.normal(1, 0.01),
    height: Math.round((fromHeight + (toHeight - fromHeight) * part) * (1 + (line - 1) / 4) * (sex + 1) / 2),
  };
}

function bmi(vitals: Vitals): number | undefined {
  if (vitals.weight === undefined || vitals.height === undefined || vitals.height < 80) return undefined;
  return vitals.weight / (vitals.height / 100) ** 2;
}

function addPressure(chart: Chart, visit: Visit, systolic: number, diastolic: number, at: number): Reference {
  return add(chart, 'Observation', {
    ...frame(chart, visit, pressureCode, at),
    ...(systolic >= 140 || diastolic >= 90 ? high : {}),
    component: [
      { code: systolicCode, valueQuantity: quantity(systolic, 'mmHg', 'mm[Hg]') },
      { code: diastolicCode, valueQuantity: quantity(diastolic, 'mmHg', 'mm[Hg]') },
    ],
  });
}

const high = { interpretation: [hl7Concept('v3-ObservationInterpretation', 'H', 'High')] };

function addSign(chart: Chart, visit: Visit, key: keyof typeof signs, value: number, at: number): Reference {
  const [concept, unit, ucum, decimals] = signs[key];
  return add(chart, 'Observation', { ...frame(chart, visit, concept, at), valueQuantity: quantity(Number(value.toFixed(decimals)), unit, ucum) });
}

function frame(chart: Chart, visit: Visit, concept: Concept, at: number): Record<string, unknown> {
  return {
    status: 'final', category, code: concept, subject: chart.patient, encounter: visit.reference,
    effectiveDateTime: instantText(at), performer: [visit.nurse.reference],
  };
}

/** Age in whole years at a visit. */
export function ageAtVisit(chart: Chart, visit: Visit): number {
  return ageAt(chart.person.born, visit.at);
}
