// Prefer: handling=lenient (R4 search §3.1.1.3): what a search does not know is left out, and a warning in the Bundle says so.
import { isResourceType, searchParametersOf } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';
import { openScope } from './conditions/scope.ts';
import { whereOf } from './conditions.ts';
import type { Filter, Include, Query } from './read-query.ts';
import { isSpecial } from './special.ts';
import { Parameters, type Sight } from './sql.ts';

/** The query without filters, sort keys and includes that name unknown parameters; each becomes a warning. */
export function usable(read: Query, types: readonly string[], now: number, sight: Sight): Query {
  const searched = types.length === 0 ? ['Resource'] : types;
  const warnings = [...read.warnings];
  const kept = <T>(list: readonly T[], isKnown: (one: T) => boolean, nameOf: (one: T) => string): T[] =>
    list.filter((one) => {
      const known = isKnown(one);
      if (!known) warnings.push({ severity: 'warning', code: 'not-supported', diagnostics: `Search parameter "${nameOf(one).slice(0, 100)}" is not known here and was left out.` });
      return known;
    });
  return {
    ...read,
    filters: kept(read.filters, (filter) => searched.every((type) => knowsFilter(type, filter, now, sight)), ({ name }) => name),
    sort: kept(read.sort, ({ name }) => searched.every((type) => searchParametersOf(type).has(name)), ({ name }) => `_sort=${name}`),
    includes: kept(read.includes, knowsInclude, ({ text, reverse }) => `${reverse ? '_revinclude' : '_include'}=${text}`),
    warnings,
  };
}

// Only what is unknown may be left out: a value that cannot be read is refused all the same.
function knowsFilter(type: string, filter: Filter, now: number, sight: Sight): boolean {
  if (isSpecial(filter.name)) return true;
  try {
    whereOf(openScope(type, new Parameters(sight), now, undefined, {}), [filter]);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return error.code !== 'record.unknown-parameter';
    throw error;
  }
}

function knowsInclude({ type, parameter }: Include): boolean {
  if (parameter === '*') return true;
  return isResourceType(type) && searchParametersOf(type).get(parameter)?.type === 'reference';
}
