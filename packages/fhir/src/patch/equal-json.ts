import { isNumber, numberText, type RawNumber } from '../json/lossless.ts';

/** Tells whether two parsed JSON values are equal as RFC 6902 §4.6 says: numbers by value, objects in any order. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNumber(a) || isNumber(b)) return isNumber(a) && isNumber(b) && sameNumber(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => equalJson(item, b[i]));
  }
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && equalJson((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]));
}

function sameNumber(a: number | RawNumber, b: number | RawNumber): boolean {
  return normalNumber(numberText(a)) === normalNumber(numberText(b));
}

/** Writes a number in one way only (`1.50`, `15e-1` → `15e-1`), so that long decimals compare without rounding. */
function normalNumber(text: string): string {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) as unknown as [string, string, string, string?, string?];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/(?<!0)0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}
