import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import { compareToLimit, fitsPattern, isFixed } from './values.ts';

const mmHg = (value: unknown) => ({ value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' });

describe('R4 elementdefinition: minValue[x] and maxValue[x]', () => {
  it.each([
    [1, 2, -1], [parseLossless('2.50'), 2.5, 0], ['2025-06-30', '2025-07-01', -1], ['2025-07-02', '2025-07-01', 1], ['2025', '2025-07-01', 0],
    ['2025-07-01T00:00:00+07:00', '2025-07-01', -1], ['08:30:00', '07:00:00', 1], [mmHg(120), mmHg(100), 20], [mmHg(120), { ...mmHg(100), code: 'kPa' }, undefined], ['x', '2025', undefined],
  ])('%j against %j', (value, limit, order) => expect(Math.sign(compareToLimit(value, limit) ?? NaN)).toBe(Math.sign(order ?? NaN)));
});

describe('R4 elementdefinition: fixed[x] and pattern[x]', () => {
  it('fixed: the same, nothing more; pattern: at least that', () => {
    expect(isFixed({ system: 's', code: 'c' }, { code: 'c', system: 's' })).toBe(true);
    expect(isFixed({ system: 's', code: 'c', display: 'd' }, { system: 's', code: 'c' })).toBe(false);
    expect(fitsPattern({ coding: [{ code: 'x' }, { system: 's', code: 'c', display: 'd' }] }, { coding: [{ system: 's', code: 'c' }] })).toBe(true);
    expect(fitsPattern({ coding: [{ system: 's' }, { code: 'c' }] }, { coding: [{ system: 's', code: 'c' }] })).toBe(false);
    expect(fitsPattern(parseLossless('1.0'), 1)).toBe(true);
    expect(fitsPattern(undefined, 1)).toBe(false);
  });
});
