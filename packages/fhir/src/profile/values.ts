// Fixed values, patterns and limits (R4 elementdefinition.html: fixed[x], pattern[x], minValue[x], maxValue[x]).
import { isNumber, numberValue } from '../json/lossless.ts';
import { equalJson } from '../patch/equal-json.ts';
import { dateInterval, zoneOf } from '../search/dates.ts';
import { isJson } from './items.ts';

/** Tells whether a value is exactly the fixed one. */
export function isFixed(value: unknown, fixed: unknown): boolean {
  return equalJson(value, fixed);
}

/** Tells whether a value has at least what the pattern has: of arrays, each pattern value must be met by some value. */
export function fitsPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return Array.isArray(value) && pattern.every((wanted) => value.some((one) => fitsPattern(one, wanted)));
  if (!isJson(pattern) || isNumber(pattern)) return equalJson(value, pattern);
  return isJson(value) && Object.entries(pattern).every(([name, wanted]) => fitsPattern(value[name], wanted));
}

/** Compares a number, quantity, date or time with a limit of its type: negative when below; undefined when they cannot be compared. */
export function compareToLimit(value: unknown, limit: unknown): number | undefined {
  if (isNumber(value) && isNumber(limit)) return numberValue(value) - numberValue(limit);
  if (typeof value === 'string' && typeof limit === 'string') return compareTexts(value, limit);
  if (!isJson(value) || !isJson(limit) || value['code'] !== limit['code'] || value['system'] !== limit['system']) return undefined;
  return compareToLimit(value['value'], limit['value']);
}

const utc = zoneOf('UTC');
const date = /^\d{4}(?:-|$)/;
const time = /^\d\d:\d\d:\d\d/;

function compareTexts(value: string, limit: string): number | undefined {
  if (time.test(value) && time.test(limit)) return value < limit ? -1 : value > limit ? 1 : 0;
  if (!date.test(value) || !date.test(limit)) return undefined;
  const [one, other] = [dateInterval(value, utc), dateInterval(limit, utc)];
  if (one === undefined || other === undefined) return undefined;
  if (one.high <= other.low) return -1;
  if (one.low >= other.high) return 1;
  return 0; // they overlap: the less precise may be either side
}
