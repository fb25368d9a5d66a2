// Dates (R4 search §3.1.1.4.7): a stored interval against a searched one.
import { dateInterval, mainDate, placeOf } from '@sen/fhir';
import { indexZone } from '../../store/index-zone.ts';
import { NO_DATE } from '../../store/rows.ts';
import { badModifier, badValue } from '../refusals.ts';
import { intervalCondition, readPrefix, type Prefix } from '../prefix.ts';
import { unescape } from '../read-query.ts';
import { anyOf } from '../sql.ts';
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

/** The condition that a row of range_value stands at one of the places. */
export function placeIn(scope: Scope, places: readonly bigint[]): string {
  return places.length === 1 ? `place = ${scope.parameters.bigint(places[0] as bigint)}` : `place = any(${scope.parameters.bigints(places)})`;
}
