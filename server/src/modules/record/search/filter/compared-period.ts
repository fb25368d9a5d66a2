// `co` and `po` of `_filter` (R4 search_filter.html §3.1.3.2): a period or number that holds the value, a period that overlaps it.
import { dateInterval, mainDate, placeOf } from '@sen/fhir';
import { indexZone } from '../../store/index-zone.ts';
import { NO_DATE } from '../../store/rows.ts';
import type { ParameterFilter, Scope } from '../conditions/scope.ts';
import { badValue } from '../refusals.ts';

/** Dates are intervals [low, high) in ms, stored and searched alike. */
export function periodCondition(scope: Scope, filter: ParameterFilter, operator: 'co' | 'po'): string {
  const asked = dateInterval((filter.values[0] ?? '').replace(/ /g, '+'), indexZone());
  if (asked === undefined) throw badValue(filter.name, 'a date or instant such as 2026-11-23 or 2026-11-23T08:00:00+07:00');
  const { alias, parameters: p } = scope;
  const test = (low: string, high: string, cast: 'bigint' | 'float8'): string => {
    const [from, to] = [`${p.add(asked.low)}::${cast}`, `${p.add(asked.high)}::${cast}`];
    return operator === 'co' ? `(${low} <= ${from} and ${high} >= ${to})` : `(${low} < ${to} and ${high} > ${from})`;
  };
  if (filter.parameter.code === '_lastUpdated') return test(`${alias}.updated`, `(${alias}.updated + 1)`, 'bigint');
  if (mainDate[scope.type] === filter.parameter.code) return `(${test(`${alias}.date_low`, `${alias}.date_high`, 'bigint')} and ${alias}.date_high > ${NO_DATE})`;
  return `${alias}.key in (select key from record.range_value where ${placesOf(scope, filter)} and ${test('low', 'high', 'float8')})`;
}

/** The index keeps a number as it is, not the precision it was written with: it holds the value when it is the value, or a range around it. */
export function containingNumber(scope: Scope, filter: ParameterFilter): string {
  const value = Number(filter.values[0]);
  if ((filter.values[0] ?? '') === '' || !Number.isFinite(value)) throw badValue(filter.name, 'a number');
  const asked = `${scope.parameters.add(value)}::float8`;
  return `${scope.alias}.key in (select key from record.range_value where ${placesOf(scope, filter)} and low <= ${asked} and high >= ${asked})`;
}

function placesOf({ parameters }: Scope, { owner, parameter }: ParameterFilter): string {
  return `place = any(${parameters.bigints(parameter.paths.map((path) => placeOf(owner, path, 'range')))})`;
}
