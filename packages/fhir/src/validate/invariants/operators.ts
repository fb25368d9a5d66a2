// Equality, order and logic of FHIRPath N1. `undefined` is the empty result: it cannot be told.
import { equalJson } from '../../patch/equal-json.ts';
import { conversion } from '../../search/ucum/units.ts';
import { atomOf, isNode, type Item } from './nodes.ts';

/** `=`: undefined when a side is empty, or when dates differ in precision before they differ in value. */
export function areEqual(left: readonly Item[], right: readonly Item[]): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let result: boolean | undefined = true;
  for (let i = 0; i < left.length; i++) {
    const same = sameItem(left[i] as Item, right[i] as Item);
    if (same === false) return false;
    result = same === undefined ? undefined : result;
  }
  return result;
}

/** Equality of two items. */
export function sameItem(left: Item, right: Item): boolean | undefined {
  const a = atomOf(left);
  const b = atomOf(right);
  if (a !== undefined && b !== undefined) return isTemporal(left) && isTemporal(right) ? sameMoment(String(a), String(b)) : a === b;
  if (!isNode(left) || !isNode(right)) return false;
  return equalJson(left.value ?? left.beside, right.value ?? right.beside);
}

/** Order of two items: below 0, 0, above 0; undefined when it cannot be told (different precision, units or types). */
export function compareItems(left: Item, right: Item): number | undefined {
  const a = atomOf(left);
  const b = atomOf(right);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return isTemporal(left) && isTemporal(right) ? compareMoments(a, b) : compareText(a, b);
  if (isNode(left) && isNode(right)) return compareQuantities(left.value, right.value);
  return undefined;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const temporal = new Set(['date', 'dateTime', 'instant', 'time']);

function isTemporal(item: Item): boolean {
  return isNode(item) && temporal.has(item.type);
}

function sameMoment(a: string, b: string): boolean | undefined {
  const order = compareMoments(a, b);
  return order === undefined ? undefined : order === 0;
}

/**
 * Order of two dates, instants or times as far as their common precision tells. A date has no zone: it is compared with the date that
 * an instant shows where it was written.
 */
export function compareMoments(a: string, b: string): number | undefined {
  const shorter = Math.min(a.length, b.length);
  if (shorter <= 10 && !a.startsWith(':', 2)) {
    const order = compareText(a.slice(0, shorter), b.slice(0, shorter));
    return order === 0 && a.length !== b.length ? undefined : order;
  }
  // written alike, in one zone: the text itself is in order
  if (a.length === b.length && a.endsWith(b.slice(19))) return compareText(a, b);
  if (a.startsWith(':', 2) || b.startsWith(':', 2)) return compareText(a.padEnd(18, '0'), b.padEnd(18, '0'));
  const order = wholeSeconds(a) - wholeSeconds(b);
  return order === 0 ? fractionOf(a) - fractionOf(b) : order;
}

function wholeSeconds(text: string): number {
  // second 60 (a leap second) is no time for Date
  return Date.parse(`${text.slice(0, 17)}${text.slice(17, 19) === '60' ? '59' : text.slice(17, 19)}${/(?:Z|[+-]\d\d:\d\d)$/.exec(text)?.[0] ?? 'Z'}`);
}

function fractionOf(text: string): number {
  return Number(`0${/\.\d+/.exec(text)?.[0] ?? ''}`) + (text.slice(17, 19) === '60' ? 1 : 0);
}

type Json = Readonly<Record<string, unknown>>;
const ucum = 'http://unitsofmeasure.org';

/** Quantities in one unit are compared by their values, those in units of UCUM after conversion; of others it is not told. */
function compareQuantities(a: unknown, b: unknown): number | undefined {
  const [one, other] = [a, b] as [Json | undefined, Json | undefined];
  const [x, y] = [valueOf(one), valueOf(other)];
  if (one === undefined || other === undefined || x === undefined || y === undefined || one['system'] !== other['system']) return undefined;
  const [from, to] = [one['code'] ?? one['unit'], other['code'] ?? other['unit']];
  if (from === to) return x - y;
  const convert = one['system'] === ucum && typeof from === 'string' && typeof to === 'string' ? conversion(from, to) : undefined;
  return convert === undefined ? undefined : convert(x) - y;
}

function valueOf(quantity: Json | undefined): number | undefined {
  const atom = atomOf({ value: quantity?.['value'], beside: undefined, type: 'decimal' });
  return typeof atom === 'number' ? atom : undefined;
}

/** Three-valued `and`. */
export function conjunction(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

/** Three-valued `or`. */
export function disjunction(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}
