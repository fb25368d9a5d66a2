import type { Work } from '../../../platform/work.ts';
import { loadDefinitionsOf, loadRivals, loadTypesByUrl, lockQueries, replaceDefinitions, requestWalks, type Change } from '../store.ts';
import { definitionsOf, isAbstract, isInForce, typeOfStandard, typesOfBases, type KeptDefinition } from './definition.ts';
import { codeTaken } from './refusals.ts';
import { GRACE_MS, reloadSearchParameters } from './reload-search-parameters.ts';

/**
 * Keeps what stored SearchParameters define, in their transaction, and has the index rows of their types made anew. Refuses definitions that
 * cannot work. From the commit on this process indexes and searches by them.
 */
export async function keepSearchParameters(work: Work, changes: readonly Change[]): Promise<void> {
  await lockQueries(work.db, ['search parameters']);
  const before = Map.groupBy(await loadDefinitionsOf(work.db, changes.map(({ id }) => id)), ({ id }) => id);
  let changed = false;
  for (const change of changes) changed = (await keepOne(work, change, before.get(change.id) ?? [])) || changed;
  if (!changed) return;
  // what is committed stands; should the reload fail, the notice that goes to all processes has it done
  await work.afterCommit((outside) => reloadSearchParameters(outside.db).catch(() => undefined));
}

async function keepOne(work: Work, { after, id }: Change, before: readonly KeptDefinition[]): Promise<boolean> {
  const now = after === undefined || !isInForce(after.resource) ? [] : await judged(work, after.resource);
  const gone = before.filter((one) => !now.some((other) => sameMeaning(one, other)));
  const come = now.filter((one) => !before.some((other) => sameMeaning(one, other)));
  if (JSON.stringify(before) === JSON.stringify(now)) return false;
  await replaceDefinitions(work.db, id, now);
  const codes = [...new Set(come.map(({ code }) => code))];
  const types = typesOfBases([...gone, ...come].map(({ base }) => base));
  if (types.length > 0) await requestWalks(work.db, types, codes, GRACE_MS);
  return true;
}

async function judged(work: Work, resource: NonNullable<Change['after']>['resource']): Promise<KeptDefinition[]> {
  const components = Array.isArray(resource['component']) ? (resource['component'] as { definition?: unknown }[]) : [];
  const custom = components.length === 0 ? new Map() : await loadTypesByUrl(work.db, components.map(({ definition }) => String(definition)));
  const definitions = await definitionsOf(resource, (url, base) => typeOfStandard(url, base) ?? custom.get(url.split('|')[0]));
  const [first] = definitions;
  if (first === undefined) return [];
  for (const rival of await loadRivals(work.db, first.code, first.id)) {
    const clash = definitions.find(({ base }) => base === rival.base || isAbstract(base) || isAbstract(rival.base));
    if (clash !== undefined) throw codeTaken(clash.base, clash.code, rival.id);
  }
  return definitions;
}

/** Equal in all that index rows depend on. */
function sameMeaning(one: KeptDefinition, other: KeptDefinition): boolean {
  const meaning = ({ base, code, type, expression, components }: KeptDefinition): string => JSON.stringify([base, code, type, expression, components]);
  return meaning(one) === meaning(other);
}
