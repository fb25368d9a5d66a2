import { describe, expect, it } from 'vitest';
import { bases, derived } from './atoms.ts';
import { conversion, unitOf } from './units.ts';

const convert = (value: number, from: string, to: string): number | undefined => conversion(from, to)?.(value);

describe('UCUM 2.1: units in terms of base units', () => {
  it('knows each atom of its table by what it is made of', () => {
    const unknown = [...bases, ...Object.keys(derived)].map((code) => code.replace(/~$/, '')).filter((code) => unitOf(code) === undefined);
    expect(unknown).toEqual([]);
  });

  it.each([
    [5.4, 'g', 'mg', 5400], [5400, 'mg', 'g', 5.4], [1, 'kg', '[lb_av]', 2.204622621849], [180, 'cm', 'm', 1.8], [6, '[ft_i]', 'cm', 182.88],
    [5.5, 'mmol/L', 'umol/mL', 5.5], [0.0055, 'mol/L', 'mmol/L', 5.5], [100, 'mg/dL', 'g/L', 1], [7, 'g/dL', 'g/L', 70], [1, 'ug/mL', 'mg/L', 1],
    [120, 'mm[Hg]', 'kPa', 15.99864], [10, 'cm[H2O]', 'mm[Hg]', 980.665 / 133.322], [37, 'Cel', '[degF]', 98.6], [98.6, '[degF]', 'Cel', 37], [310.15, 'K', 'Cel', 37],
    [5, '10*3/uL', '10*9/L', 5], [5, '10^3/uL', '10*9/L', 5], [5, '10*6/mL', '10*3/uL', 5], [250, '10*3/mm3', '10*9/L', 250], [60, '/min', 'Hz', 1], [60, '{beats}/min', '/min', 60],
    [40, 'U/L', 'mU/mL', 40], [1, 'ukat/L', 'U/L', 60], [1000, '[iU]/L', 'm[iU]/mL', 1000], [1, '[IU]/L', '[iU]/L', 1], [45, '%', '1', 0.45], [1, 'a', 'mo', 12],
    [2, 'wk', 'd', 14], [90, 'min', 'h', 1.5], [1, 'm2', 'cm2', 10000], [1, 'mL/min/{1.73_m2}', 'L/h', 0.06], [1, 'kg/m2', 'g/cm2', 0.1], [3, 'mmol/(24.h)', 'mmol/d', 3],
    [1, 'Gy', 'cGy', 100], [140, 'meq/L', 'eq/L', 0.14], [285, 'mosm/kg', 'osm/kg', 0.285], [1, 'kcal', 'kJ', 4.184], [1, '{score}', '1', 1], [9, '10*-3', '10*-2', 0.9],
  ])('%d %s is in %s %d', (value, from, to, expected) => {
    const relative = (convert(value, from, to) as number) / expected;
    expect(relative).toBeCloseTo(1, 9);
  });

  it.each([
    ['mg/dL', 'mmol/L'], ['mg', '[iU]'], ['meq/L', 'mmol/L'], ['osm/kg', 'mol/kg'], ['U/L', '[iU]/L'], ['m', 's'], ['[CFU]/mL', '/mL'], ['[pH]', '1'], ['kg', 'mg/kg'],
  ])('never guesses between %s and %s', (from, to) => {
    expect([unitOf(from), unitOf(to)]).not.toContain(undefined);
    expect(conversion(from, to)).toBeUndefined();
  });

  it.each(['mmHg', 'mg//L', 'mg/', 'foo', '', 'mg L', '(mg', 'mg)', 'Kg', 'cc', '°C', 'x'.repeat(200)])('does not take %s for a unit', (code) => {
    expect(unitOf(code)).toBeUndefined();
  });
});
