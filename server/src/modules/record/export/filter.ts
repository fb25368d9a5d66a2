import { openScope } from '../search/conditions/scope.ts';
import { searchLimits } from '../search/limits.ts';
import { readQuery } from '../search/read-query.ts';
import { conditionOf } from '../search/special.ts';
import { anyOf, type Parameters } from '../search/sql.ts';

/** The condition that a row `r` meets any of these searches; `now` in ms since 1970. */
export function exportFilter(type: string, queries: readonly string[], now: number, parameters: Parameters): string {
  return anyOf(queries.map((query) => {
    const { filters } = readQuery(type, new URLSearchParams(query), searchLimits());
    return `(${conditionOf(openScope(type, parameters, now, undefined, {}), filters)})`;
  }));
}
