// Dates (R4 search §3.1.1.4.7): a stored interval against a searched one.
import { dateInterval, mainDate, placeOf } from '@sen/fhir';
import { indexZone } from '../../store/index-zone.ts';
import { NO_DATE } from '../../store/rows.ts';
import { badModifier, badValue } from '../refusals.ts';
import { intervalCondition, readPrefix, type Prefix } from '../prefix.ts';
import { unescape } from '../read-query.ts';
import { anyOf, type Parameters } from '../sql.ts';
import { FEW_ROWS, isOneOf, selectedKeys } from './linked.ts';
import type { ParameterFilter, Scope } from './scope.ts';

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
    return anyOf(bounds.map((b) => updatedCondition(scope, b)));
  }
  if (mainDate[scope.type] === filter.parameter.code) {
    return anyOf(bounds.map((b) => mainDateCondition(scope, b)));
  }
  const places = filter.parameter.paths.map((path) => placeOf(filter.owner, path, 'range'));
  return rangeRows(scope, places, bounds);
}

/** `_lastUpdated` is an instant of one ms: each rule of intervals is a bound on the column itself, which its index can use. */
function updatedCondition(scope: Scope, { from, prefix, to }: Bounds): string {
  const updated = `${scope.alias}.updated`;
  const bound = (ms: number): string => `${scope.parameters.add(ms)}::bigint`;
  const [first, after] = [Math.floor(from), Math.ceil(to)];
  switch (prefix) {
    case 'eq':
    case 'ap':
      return `(${updated} >= ${bound(first)} and ${updated} < ${bound(after)})`;
    case 'ne':
      return `(${updated} < ${bound(first)} or ${updated} >= ${bound(after)})`;
    case 'gt':
    case 'sa':
      return `${updated} >= ${bound(after)}`;
    case 'ge':
      return `${updated} >= ${bound(first)}`;
    case 'lt':
    case 'eb':
      return `${updated} < ${bound(first)}`;
    case 'le':
      return `${updated} < ${bound(after)}`;
  }
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
  return inRanges(scope, (p) => {
    const conditions = bounds.map((b) => intervalCondition(b.prefix, 'low', 'high', () => `${p.add(b.from)}::float8`, () => `${p.add(b.to)}::float8`));
    return `${placeIn(p, places)} and ${anyOf(conditions)}`;
  });
}

/**
 * Resources with a row of range_value that meets a test. The planner knows how often a place occurs and how often a number does, not that hardly any pulse
 * is above 190: it would walk through all pulses by date (0.6 s among 200,000). So few rows are looked up first; of many, that walk soon meets enough.
 */
export function inRanges(scope: Scope, testIn: (parameters: Parameters) => string): string {
  if (scope.depth === 0 && scope.type !== 'Resource' && scope.hints.selective === undefined) {
    const keys = selectedKeys(scope, FEW_ROWS, (parameters) => `key from record.range_value where ${testIn(parameters)}`);
    if (keys !== 'many') return isOneOf(scope, keys);
  }
  return `${scope.alias}.key in (select key from record.range_value where ${testIn(scope.parameters)})`;
}

/** The condition that a row of range_value stands at one of the places. */
export function placeIn(parameters: Parameters, places: readonly bigint[]): string {
  return places.length === 1 ? `place = ${parameters.bigint(places[0] as bigint)}` : `place = any(${parameters.bigints(places)})`;
}
