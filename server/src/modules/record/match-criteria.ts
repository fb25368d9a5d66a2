import type { Work } from '../../platform/work.ts';
import { namesOf, type Criteria } from './criteria.ts';
import { severalMatches } from './refusals.ts';
import { findMatches } from './search/search.ts';
import { lockQueries } from './store.ts';

/** The id of the one match; undefined when there is none; refuses (412) when there are several. */
export async function matchOne(work: Work, criteria: Criteria): Promise<string | undefined> {
  const matches = await findMatches(work, criteria.type, criteria.query, 2);
  if (matches.length > 1) throw severalMatches(criteria.type, namesOf(criteria));
  return matches[0]?.id;
}

/** Makes equal conditional requests wait for each other until the transaction ends. */
export function lockCriteria(work: Work, criteria: Criteria): Promise<void> {
  return lockQueries(work.db, [`${criteria.type}?${criteria.text}`]);
}
