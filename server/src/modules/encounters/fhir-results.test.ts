import { parseLossless, type Resource } from '@sen/fhir';
import { describe, expect, it } from 'vitest';
import { resultOf, tokenOf } from './fhir-results.ts';

const observation = (rest: object): Resource => ({ resourceType: 'Observation', id: 'o1', status: 'final', effectiveDateTime: '2026-11-20T09:38:00+07:00', ...rest });
const laboratory = [{ coding: [{ code: 'laboratory' }] }];
const loinc = (code: string, text?: string) => ({ coding: [{ system: 'http://loinc.org', code, display: 'as in LOINC' }], ...(text !== undefined && { text }) });

describe('an Observation read into a result', () => {
  it('keeps the digits as recorded', () => {
    const read = parseLossless('{"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},"valueQuantity":{"value":7.0,"unit":"%"}}') as Resource;
    expect(resultOf(read, 'vi')).toMatchObject({ value: '7.0', number: 7, unit: '%', name: 'HbA1c' });
  });

  it('trusts the laboratory before the numbers', () => {
    const range = { valueQuantity: { value: 6.3, unit: 'mmol/L' }, referenceRange: [{ low: { value: 3.5 }, high: { value: 5 } }] };
    expect(resultOf(observation({ code: loinc('2823-3'), ...range }), 'vi')?.mark).toBe('high');
    expect(resultOf(observation({ code: loinc('2823-3'), ...range, interpretation: [{ coding: [{ code: 'HH' }] }] }), 'vi')?.mark).toBe('critical-high');
  });

  it('judges nothing where no range is given, as in imported American records', () => {
    const result = resultOf(observation({ category: laboratory, code: loinc('6298-4'), valueQuantity: { value: 4.7219, unit: 'mmol/L' } }), 'en');
    expect(result).toMatchObject({ name: 'Blood potassium', value: '4.7219', category: 'laboratory' });
    expect(result).not.toHaveProperty('mark');
    expect(result).not.toHaveProperty('band');
  });

  it('reads the two pressures of one measurement', () => {
    const part = (code: string, value: number) => ({ code: loinc(code), valueQuantity: { value, unit: 'mm[Hg]' } });
    expect(resultOf(observation({ code: loinc('85354-9'), component: [part('8462-4', 88), part('8480-6', 152)] }), 'vi'))
      .toMatchObject({ value: '152/88', number: 152, second: 88, unit: 'mmHg', name: 'Huyết áp' });
  });

  it('keeps two questions filed under one code apart when the answer is in words', () => {
    const said = (text: string) => resultOf(observation({ code: loinc('5767-9', text), valueCodeableConcept: { text: 'Cloudy' } }), 'vi')?.key;
    expect(said('Odor of Urine')).not.toBe(said('Appearance of Urine'));
    expect(tokenOf(said('Odor of Urine') ?? '')).toBe('http://loinc.org|5767-9');
  });

  it('says units as people do, in their language', () => {
    const unit = (code: string, language: 'vi' | 'en') => resultOf(observation({ code: loinc('x'), valueQuantity: { value: 1, unit: code } }), language)?.unit;
    expect(unit('mL/min/{1.73_m2}', 'vi')).toBe('mL/phút/1,73 m²');
    expect(unit('mL/phút/1,73 m²', 'en')).toBe('mL/min/1.73 m²');
    expect(unit('10*3/uL', 'vi')).toBe('10³/µL');
    expect(unit('{score}', 'vi')).toBeUndefined();
  });

  it('leaves out what was entered in error or has no value', () => {
    expect(resultOf({ ...observation({ code: loinc('x'), valueString: 'a' }), status: 'entered-in-error' }, 'vi')).toBeUndefined();
    expect(resultOf(observation({ code: loinc('x') }), 'vi')).toBeUndefined();
  });
});
