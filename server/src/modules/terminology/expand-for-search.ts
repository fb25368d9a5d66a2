import type { Queryable } from '../../platform/database.ts';
import { findValueSet } from './find-definitions.ts';
import { loadMembers } from './members/load-members.ts';
import { planMembers } from './members/plan-members.ts';
import { mostCodes, tooCostly } from './refusals.ts';

/**
 * All codes of a value set (`url`, `url|version` or `ValueSet/id`) for a search: of the latest editions, also codes no longer in force, since
 * records are older than the lists. Refuses an unknown value set or code system (404), and more than 10,000 codes (422).
 */
export async function expandForSearch(db: Queryable, valueSet: string): Promise<{ system: string; code: string }[]> {
  const scope = { day: undefined };
  const plan = await planMembers(db, await findValueSet(db, valueSet, scope), scope);
  const { members } = await loadMembers(db, plan, { words: [], activeOnly: false }, { offset: 0, limit: mostCodes + 1, detailed: false });
  if (members.length > mostCodes) throw tooCostly();
  return members.map(({ url, code }) => ({ system: url, code }));
}
