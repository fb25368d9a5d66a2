import { compileParameter, setCustomParameters, type SearchParameter } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { loadDefinitions, loadIndexStates, requestWalks, typesWalkedThrough } from '../store.ts';
import { typesOfBases, type KeptDefinition } from './definition.ts';
import { setUnindexed } from './unindexed.ts';

/** Time in which other processes learn of a new parameter, before the walk. Notices take milliseconds; one that hears it later has the walk made again. */
export const GRACE_MS = 500;

let known: readonly KeptDefinition[] | undefined;
let reloading: Promise<unknown> = Promise.resolve();

/** Makes this process work with the search parameters and the state of the index that the database holds. One reload at a time. */
export function reloadSearchParameters(db: Queryable): Promise<void> {
  const next = reloading.then(() => reload(db));
  reloading = next.catch(() => undefined);
  return next;
}

/** Forgets what was known: at start, when the database may be another. */
export function forgetSearchParameters(): void {
  known = undefined;
}

async function reload(db: Queryable): Promise<void> {
  const definitions = await loadDefinitions(db);
  const changed = changedBases(known ?? [], definitions);
  const isFirst = known === undefined;
  if (isFirst || changed.length > 0) setCustomParameters(await compiled(definitions));
  known = definitions;
  if (!isFirst && changed.length > 0) await askAgainWhenLate(db, typesOfBases(changed));
  const states = await loadIndexStates(db);
  setUnindexed(new Map(states.filter((state) => state.endedAt === undefined && state.codes.length > 0).map(({ type, codes }) => [type, new Set(codes)])));
}

function changedBases(before: readonly KeptDefinition[], after: readonly KeptDefinition[]): string[] {
  const old = new Set(before.map((one) => JSON.stringify(one)));
  const now = new Set(after.map((one) => JSON.stringify(one)));
  return [...before.filter((one) => !now.has(JSON.stringify(one))), ...after.filter((one) => !old.has(JSON.stringify(one)))].map(({ base }) => base);
}

/** What this process wrote until now lacks the rows of the new parameters, and the walk that would add them may have passed it. */
async function askAgainWhenLate(db: Queryable, types: readonly string[]): Promise<void> {
  const late = await typesWalkedThrough(db, types);
  if (late.length > 0) await requestWalks(db, late, [], GRACE_MS);
}

async function compiled(definitions: readonly KeptDefinition[]): Promise<Map<string, SearchParameter[]>> {
  const byType = new Map<string, SearchParameter[]>();
  for (const definition of definitions) {
    // one that another version of this code accepted and this one does not is left out: it must not keep the others from working
    const parameters = await compileParameter(definition, definition.base).catch(() => new Map<string, SearchParameter>());
    for (const [type, parameter] of parameters) byType.set(type, [...(byType.get(type) ?? []), parameter]);
  }
  return byType;
}
