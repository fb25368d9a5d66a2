// Resources that change how the record itself works (search parameters, profiles, code systems): whoever works with them keeps their
// content in a form of its own, in the transaction that stores them.
import type { Work } from '../../platform/work.ts';
import { checkProfiles } from './validation/check-profiles.ts';
import { storeChanges, type Change } from './store.ts';

/** Told of the stored changes of its types, inside their transaction; `after` is undefined for a deletion. Throwing refuses the write. */
export type Keeper = (work: Work, changes: readonly Change[]) => Promise<void>;

const keepers = new Map<string, Keeper[]>();

/** Channel of NOTIFY whose payload is the type of definitions that a transaction changed, for other processes to read them again. */
export const definitionsChannel = 'sen_definitions';

/** Registers a keeper for types of definitions, once however often a house starts in this process. Call at start. */
export function keepDefinitions(types: readonly string[], keeper: Keeper): void {
  for (const type of types) keepers.set(type, [...new Set([...(keepers.get(type) ?? []), keeper])]);
}

interface StoreOptions {
  /** Claimed profiles have been checked already. */
  readonly judged?: boolean;
  /** Where each resource stands in a Bundle, in the order of the changes. */
  readonly places?: readonly string[];
}

/**
 * Stores changes as storeChanges does, and has the definitions among them kept, all in one transaction. Refuses (422) what does not satisfy
 * the profiles it claims.
 */
export async function storeAndKeep(work: Work, changes: readonly Change[], { judged = false, places }: StoreOptions = {}): Promise<boolean[]> {
  if (!judged && changes.some(({ after }) => after?.resource.meta?.profile !== undefined)) {
    await checkProfiles(work, changes.flatMap(({ after }, i) => (after === undefined ? [] : [{ resource: after.resource, at: places?.[i] }])));
  }
  const types = new Set(changes.map(({ type }) => type).filter((type) => keepers.has(type)));
  if (types.size === 0) return storeChanges(work.db, changes);
  return work.transact(async (inner) => {
    const stored = await storeChanges(inner.db, changes);
    for (const type of types) await keep(inner, type, changes.filter((change, i) => change.type === type && stored[i] === true));
    return stored;
  });
}

async function keep(work: Work, type: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  for (const keeper of keepers.get(type) ?? []) await keeper(work, changes);
  await work.db.query({ text: 'select pg_notify($1, $2)', values: [definitionsChannel, type] });
}
