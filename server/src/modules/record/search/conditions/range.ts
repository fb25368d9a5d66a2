// Dates, numbers and quantities (R4 search §3.1.1.4.7, .8, .11): a stored interval against a searched one.
import { codeTerm, dateInterval, mainDate, placeOf, systemCodeTerm } from '@sen/fhir';
import { indexZone } from '../../store/index-zone.ts';
import { NO_DATE } from '../../store/rows.ts';
import { badModifier, badValue } from '../refusals.ts';
import { intervalCondition, readPrefix, type Prefix } from '../prefix.ts';
import { splitEscaped, unescape } from '../read-query.ts';
import { anyOf } from '../sql.ts';
import { hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';

interface Bounds {
  readonly prefix: Prefix;
  readonly from: number;
  readonly to: number;
}

/** A date value as bounds in ms; `ap` widens them by a tenth of the distance from now. */
export function dateBounds(scope: Scope, name: string, value: string): Bounds {
  const { prefix, rest } = readPrefix(unescape(value));
  const interval = dateInterval(rest.replace(/ /g, '+'), indexZone());
  if (interval === undefined) throw badValue(name, 'a date or instant such as 2026-11-23 or 2026-11-23T08:00:00+07:00');
  const margin = prefix === 'ap' ? Math.abs(scope.now - interval.low) / 10 : 0;
  return { prefix, from: interval.low - margin, to: interval.high + margin };
}

export function dateCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  const bounds = filter.values.map((value) => dateBounds(scope, filter.name, value));
  if (filter.parameter.code === '_lastUpdated') {
    return anyOf(bounds.map((b) => columnCondition(scope, b, `${scope.alias}.updated`, `(${scope.alias}.updated + 1)`)));
  }
  if (mainDate[scope.type] === filter.parameter.code) {
    return anyOf(bounds.map((b) => mainDateCondition(scope, b)));
  }
  const places = filter.parameter.paths.map((path) => placeOf(filter.owner, path, 'range'));
  return rangeRows(scope, places, bounds);
}

function columnCondition(scope: Scope, b: Bounds, low: string, high: string): string {
  return intervalCondition(b.prefix, low, high, () => `${scope.parameters.add(Math.floor(b.from))}::bigint`, () => `${scope.parameters.add(Math.ceil(b.to))}::bigint`);
}

/** Longer periods are found through an index of their own (migration 0001, resource_by_long_date). */
const LONG_MS = 172_800_000;
const opensAbove: ReadonlySet<Prefix> = new Set(['gt', 'ge', 'ap']);

/** Follows from the condition on `high`, and gives the index on `low` a bound. */
function boundedBelow(scope: Scope, b: Bounds, low: string, high: string): string {
  const from = scope.parameters.add(Math.floor(b.from));
  return `(${low} >= ${from}::bigint - ${LONG_MS} or (${high} - ${low} > ${LONG_MS} and ${high} > ${from}::bigint))`;
}

function mainDateCondition(scope: Scope, b: Bounds): string {
  const low = `${scope.alias}.date_low`;
  const high = `${scope.alias}.date_high`;
  const condition = columnCondition(scope, b, low, high);
  return `(${condition} and ${high} > ${NO_DATE}${opensAbove.has(b.prefix) ? ` and ${boundedBelow(scope, b, low, high)}` : ''})`;
}

/** Rows with an interval at one of the places that meets one of the bounds. */
export function rangeRows(scope: Scope, places: readonly bigint[], bounds: readonly Bounds[]): string {
  const p = scope.parameters;
  const conditions = bounds.map((b) => intervalCondition(b.prefix, 'low', 'high', () => `${p.add(b.from)}::float8`, () => `${p.add(b.to)}::float8`));
  return `${scope.alias}.key in (select key from record.range_value where ${placeIn(scope, places)} and ${anyOf(conditions)})`;
}

function placeIn(scope: Scope, places: readonly bigint[]): string {
  return places.length === 1 ? `place = ${scope.parameters.bigint(places[0] as bigint)}` : `place = any(${scope.parameters.bigints(places)})`;
}

/** No more digits than a FHIR decimal of this world has: they are reckoned with as a whole number. */
const decimal = /^[+-]?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,4})?$/;

/** A number's condition on (low, high). `eq` and `ne` mean the range that the written digits imply; the others the very number. */
function numberTest(scope: Scope, name: string, text: string): string {
  const { prefix, rest } = readPrefix(text);
  if (!decimal.test(rest) || !Number.isFinite(Number(rest))) throw badValue(name, 'a number');
  const value = Number(rest);
  const [from, to] = impliedRange(rest);
  const add = (n: number): string => `${scope.parameters.add(n)}::float8`;
  switch (prefix) {
    case 'eq':
      return to > value ? `(low >= ${add(from)} and high < ${add(to)})` : `(low >= ${add(from)} and high <= ${add(value)})`;
    case 'ne':
      return to > value ? `(low < ${add(from)} or high >= ${add(to)})` : `(low < ${add(from)} or high > ${add(value)})`;
    case 'ap':
      return `(low <= ${add(value + Math.abs(value) / 10)} and high >= ${add(value - Math.abs(value) / 10)})`;
    case 'gt':
      return `high > ${add(value)}`;
    case 'ge':
      return `high >= ${add(value)}`;
    case 'lt':
      return `low < ${add(value)}`;
    case 'le':
      return `low <= ${add(value)}`;
    case 'sa':
      return `low > ${add(value)}`;
    case 'eb':
      return `high < ${add(value)}`;
  }
}

/**
 * What the written digits mean: `100` is [99.5, 100.5), `5.40` [5.395, 5.405). Reckoned in decimals, since 1.1 + 0.05 as doubles is more than
 * 1.15. Digits beyond those of a double leave no room above the value; then `to` equals it.
 */
function impliedRange(text: string): [number, number] {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const tenfold = BigInt(`${whole}${fraction}`.replace(/^\+/, '')) * 10n;
  const scale = Number(exponent) - fraction.length - 1;
  return [Number(`${tenfold - 5n}e${scale}`), Number(`${tenfold + 5n}e${scale}`)];
}

export function numberCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  const places = filter.parameter.paths.map((path) => placeOf(filter.owner, path, 'range'));
  return anyOf(filter.values.map((value) => numberRows(scope, places, filter.name, unescape(value))));
}

/** Rows with a number at one of the places. */
export function numberRows(scope: Scope, places: readonly bigint[], name: string, text: string): string {
  return `${scope.alias}.key in (select key from record.range_value where ${placeIn(scope, places)} and ${numberTest(scope, name, text)})`;
}

export function quantityCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  // the types of one choice (`value{Quantity}`, `value{SampledData}`) exclude each other: one look-up serves them all
  const elements = Map.groupBy(filter.parameter.paths, (path) => path.replace(/\{\w+\}/g, ''));
  return anyOf(filter.values.map((value) => anyOf([...elements.values()].map((paths) => quantityRows(scope, filter, value, paths.map((p) => placeOf(filter.owner, p, 'range')), paths)))));
}

/** Rows with a quantity `[prefix]number|system|code` at one of the places; the unit is looked up as a token of its path. */
export function quantityRows(scope: Scope, filter: ParameterFilter, value: string, places: readonly bigint[], unitPaths: readonly string[]): string {
  const [number, system, code] = splitEscaped(value, '|').map(unescape);
  const rows = numberRows(scope, places, filter.name, number ?? '');
  if (code === undefined || code === '') return rows;
  const unit = system === undefined || system === '' ? codeTerm(code) : systemCodeTerm(system, code);
  return `(${rows} and ${hasTokenHere(scope, unitPaths.map((path) => unit ^ placeOf(filter.owner, path, 'token')))})`;
}
