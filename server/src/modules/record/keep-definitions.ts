// Resources that change how the record itself works (search parameters, profiles, code systems): whoever works with them keeps their
// content in a form of its own, in the transaction that stores them.
import type { Work } from '../../platform/work.ts';
import { storeChanges, type Change } from './store.ts';

/** Told of the stored changes of its types, inside their transaction; `after` is undefined for a deletion. Throwing refuses the write. */
export type Keeper = (work: Work, changes: readonly Change[]) => Promise<void>;

const keepers = new Map<string, Keeper[]>();

/** Channel of NOTIFY whose payload is the type of definitions that a transaction changed, for other processes to read them again. */
export const definitionsChannel = 'sen_definitions';

/** Registers a keeper for types of definitions. Call at start. */
export function keepDefinitions(types: readonly string[], keeper: Keeper): void {
  for (const type of types) keepers.set(type, [...(keepers.get(type) ?? []), keeper]);
}

/** Stores changes as storeChanges does, and has the definitions among them kept, all in one transaction. */
export async function storeAndKeep(work: Work, changes: readonly Change[]): Promise<boolean[]> {
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
