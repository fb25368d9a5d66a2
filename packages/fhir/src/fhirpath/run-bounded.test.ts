import { describe, expect, it } from 'vitest';
import { compileFhirPath, FhirPathError, FhirPathTooLong } from './compile-fhirpath.ts';
import { mayTakeLong, runBounded, TooLong, watched } from './run-bounded.ts';

describe('what a client may have computed', () => {
  it('ends after its time, and leaves other results and errors as they are', () => {
    expect(() => runBounded(() => { for (;;); }, 20)).toThrow(TooLong);
    expect(() => runBounded(() => /^(a+)+$/.test(`${'a'.repeat(60)}!`), 20)).toThrow(TooLong);
    expect(runBounded(() => [1], 20)).toEqual([1]);
    expect(() => runBounded(() => { throw new TypeError('own'); }, 20)).toThrow(TypeError);
  });

  it('is never tried again, where it once took too long', () => {
    let tries = 0;
    const endless = watched('item.repeat(item)', () => { tries++; for (;;); }, 20);
    for (let i = 0; i < 5; i++) expect(() => endless()).toThrow(TooLong);
    expect(tries).toBe(1);
    const picky = watched('item.repeat(item)', (value: number) => { if (value < 0) throw new RangeError('own'); return value; }, 1000);
    expect(() => picky(-1)).toThrow(RangeError);
    expect(picky(2)).toBe(2);
  });

  it('is evaluated for many values at once, each with what it finds', async () => {
    const evaluate = await compileFhirPath('HumanName', "given.where(startsWith('L'))");
    expect(evaluate([{ given: ['Thị', 'Lan'] }, { family: 'Lê' }])).toEqual([['Lan'], []]);
  });

  it('is refused when it cannot be read, when it cannot be evaluated and when it would not end', async () => {
    await expect(compileFhirPath('Patient', '((')).rejects.toThrow(FhirPathError);
    await expect(compileFhirPath('Patient', 'a'.repeat(1001))).rejects.toThrow('1000 characters');
    const [single, endless] = [await compileFhirPath('HumanName', 'given.single()'), await compileFhirPath('HumanName', "use.repeat($this & 'a')")];
    expect(() => single([{ given: ['Bí', 'Mật'] }])).toThrow('cannot be evaluated here');
    expect(() => endless([{ use: 'usual' }])).toThrow(FhirPathTooLong);
  });

  it('is watched in an index only where its functions may take long, however they are written', () => {
    expect(['item.repeat(item)', "name.matches('a')", 'Patient.`re\\u0070eat`(x)', 'descendants()'].map(mayTakeLong)).toEqual([true, true, true, true]);
    expect(["name.where(use = 'official').given", 'Patient.birthDate'].map(mayTakeLong)).toEqual([false, false]);
  });
});
