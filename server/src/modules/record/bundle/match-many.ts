import { parseLossless, searchParametersOf, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import type { Criteria } from '../criteria.ts';
import { findMatches, search } from '../search/search.ts';
import { awaitAtEntry } from './entry-refusals.ts';

export interface Asked {
  readonly criteria: Criteria;
  /** The entry that asks, named by a refusal. */
  readonly index: number;
}

const batchSize = 100;
const pageSize = 1000;

/** One text for equal criteria. */
export function criteriaKey({ type, text }: Criteria): string {
  return `${type}?${text}`;
}

/**
 * What each of many criteria selects, at most about `limit` ids each, by criteriaKey. `identifier=system|value`, the usual form, is asked for a
 * hundred at once: a Bundle of 388 hospitals took 2.9 s when every entry asked alone.
 */
export async function matchMany(work: Work, asked: readonly Asked[], limit: number): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const alone: Asked[] = [];
  const together = new Map<string, Asked[]>();
  for (const one of asked) {
    const list = identifierOf(one.criteria) === undefined ? alone : listOf(together, one.criteria.type);
    list.push(one);
  }
  for (const [type, list] of together) {
    for (let from = 0; from < list.length; from += batchSize) alone.push(...(await matchTogether(work, type, list.slice(from, from + batchSize), found)));
  }
  for (const { criteria, index } of alone) {
    const ids = await awaitAtEntry(index, () => findMatches(work, criteria.type, criteria.query, limit));
    found.set(criteriaKey(criteria), ids.map(({ id }) => id));
  }
  return found;
}

// Gives back what must be asked alone after all.
async function matchTogether(work: Work, type: string, batch: readonly Asked[], found: Map<string, string[]>): Promise<readonly Asked[]> {
  if (batch.length < 2) return batch;
  const identifiers = batch.map(({ criteria }) => identifierOf(criteria)!);
  const query = new URLSearchParams({ identifier: identifiers.join(','), _count: String(pageSize) });
  const page = await search(work, type, query, { lenient: false });
  if (page.next !== undefined) return batch;
  const byIdentifier = new Map<string, string[]>();
  for (const { id, json, mode } of page.entries) {
    if (mode !== 'match') continue;
    for (const identifier of identifiersIn(parseLossless(json.toString()) as Resource)) listOf(byIdentifier, identifier).push(id);
  }
  batch.forEach(({ criteria }, i) => found.set(criteriaKey(criteria), byIdentifier.get(identifiers[i]!) ?? []));
  return [];
}

// `system|value` when that is all the criteria say, and the parameter looks at nothing but `identifier`.
function identifierOf({ type, query }: Criteria): string | undefined {
  const [pair, more] = [...query];
  if (pair === undefined || more !== undefined || pair[0] !== 'identifier' || !/^[^|,\\$]+\|[^|,\\$]+$/.test(pair[1])) return undefined;
  const paths = searchParametersOf(type).get('identifier')?.paths;
  return paths?.length === 1 && paths[0] === 'identifier' ? pair[1] : undefined;
}

function identifiersIn(resource: Resource): Set<string> {
  const list = resource['identifier'];
  const identifiers = (Array.isArray(list) ? list : [list]) as ({ system?: string; value?: string } | undefined)[];
  return new Set(identifiers.map((one) => `${one?.system}|${one?.value}`));
}

function listOf<T>(map: Map<string, T[]>, key: string): T[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
