import type { Queryable } from '../../../platform/database.ts';
import { splitCanonical } from '../editions.ts';
import type { Include, ReadyCode, ValueSetContent } from '../fhir-value-set.ts';
import { findSystem, findValueSet, type Scope } from '../find-definitions.ts';
import { circularValueSet, unknownCodeSystem, tooManyValueSets } from '../refusals.ts';
import { findCondition } from './find-condition.ts';
import type { Branch, Plan, Source } from './plan.ts';

/**
 * Finds all that an expansion needs. Refuses an unknown value set or code system (404), a value set that includes itself, filters that the
 * code system does not have, too many value sets in it (422). `path`: value sets that include this one.
 */
export async function planMembers(db: Queryable, content: ValueSetContent, scope: Scope, path: readonly string[] = [], budget: Budget = { left: mostValueSets }): Promise<Plan> {
  if (--budget.left < 0 || path.length > mostLevels) throw tooManyValueSets(mostValueSets);
  const named = content.url === undefined ? undefined : `${content.url}|${content.version ?? ''}`;
  if (named !== undefined && path.includes(named)) throw circularValueSet(content.url!);
  const below = named === undefined ? path : [...path, named];
  const inner = content.lockedDay === undefined ? scope : { ...scope, day: content.lockedDay };
  const { noInactive } = content;
  if (content.ready !== undefined) return { branches: await readyBranches(db, content.ready, inner), excluded: [], noInactive, day: undefined };
  return {
    branches: await planAll(db, content.includes, inner, below, budget),
    excluded: await planAll(db, content.excludes, inner, below, budget),
    noInactive, day: inner.day,
  };
}

// Thirty value sets that each include the next one twice are a thousand million when written out.
const mostValueSets = 200;
const mostLevels = 30;

interface Budget {
  left: number;
}

async function planAll(db: Queryable, includes: readonly Include[], scope: Scope, path: readonly string[], budget: Budget): Promise<Branch[]> {
  const branches: Branch[] = [];
  for (const include of includes) {
    if (include.system !== undefined && isLeftOut(scope, include.system)) continue;
    const within: Plan[] = [];
    for (const valueSet of include.valueSets) within.push(await planMembers(db, await findValueSet(db, valueSet, scope), scope, path, budget));
    const source = include.system === undefined ? undefined : await findSource(db, include.system, include, scope);
    if (source !== undefined || within.length > 0) branches.push({ source, within });
  }
  return branches;
}

async function findSource(db: Queryable, url: string, { version, concepts, filters }: Include, scope: Scope): Promise<Source> {
  const { system, supplements } = await findSystem(db, url, version, scope);
  if (concepts === undefined && (system === undefined || system.content === 'not-present')) throw unknownCodeSystem(url, version);
  const conditions = [];
  if (system !== undefined) for (const filter of filters) conditions.push(await findCondition(db, system, filter));
  return { url, system, supplements, concepts, conditions };
}

// A run of codes of one system after another, so that the order of the expansion stays.
async function readyBranches(db: Queryable, codes: readonly ReadyCode[], scope: Scope): Promise<Branch[]> {
  const runs: ReadyCode[][] = [];
  for (const code of codes) {
    const run = runs.at(-1);
    if (run?.[0]?.system === code.system && run[0].version === code.version) run.push(code);
    else runs.push([code]);
  }
  const branches: Branch[] = [];
  for (const run of runs) {
    const { system: url, version } = run[0]!;
    if (isLeftOut(scope, url)) continue;
    // What somebody else has expanded holds, whatever the code system here says of its codes.
    const { system, supplements } = await findSystem(db, url, version, scope);
    branches.push({ source: { url, system: system && { ...system, content: 'fragment' }, supplements, concepts: run, conditions: [] }, within: [] });
  }
  return branches;
}

function isLeftOut({ leftOut = [], only }: Scope, system: string): boolean {
  if (only !== undefined && only !== system) return true;
  return leftOut.some((canonical) => splitCanonical(canonical).url === system);
}
