// Resources that change how the record itself works (search parameters, profiles, code systems): whoever works with them keeps their
// content in a form of its own, in the transaction that stores them.
import { asHouse } from '../../platform/as-house.ts';
import type { Work } from '../../platform/work.ts';
import { checkWrites } from './access/check-writes.ts';
import { checkProfiles } from './validation/check-profiles.ts';
import type { Change } from './store.ts';
import { tellStored } from './tell-stored.ts';

/** Told of the stored changes of its types, inside their transaction; `after` is undefined for a deletion. Throwing refuses the write. */
export type Keeper = (work: Work, changes: readonly Change[]) => Promise<void>;

const keepers = new Map<string, Keeper[]>();
const writeKeepers = new Map<string, WriteKeeper[]>();

/** The same for ordinary resources: no other process need read anything again. */
export interface WriteKeeper {
  readonly keep: Keeper;
  /** Spares the writes that change nothing for the keeper their transaction. */
  readonly wants?: (change: Change) => boolean;
  /** Told with the work of the writer: a keeper that judges who may write. */
  readonly asWriter?: true;
}

/** Channel of NOTIFY whose payload is the type of definitions that a transaction changed, for other processes to read them again. */
export const definitionsChannel = 'sen_definitions';

/** Registers a keeper for types of definitions, once however often a house starts in this process. Call at start. */
export function keepDefinitions(types: readonly string[], keeper: Keeper): void {
  for (const type of types) keepers.set(type, [...new Set([...(keepers.get(type) ?? []), keeper])]);
}

/** Registers a keeper for types of ordinary resources, once however often a house starts in this process. Call at start. */
export function keepWrites(types: readonly string[], keeper: WriteKeeper): void {
  for (const type of types) writeKeepers.set(type, [...new Set([...(writeKeepers.get(type) ?? []), keeper])]);
}

interface StoreOptions {
  /** Claimed profiles have been checked already. */
  readonly judged?: boolean;
  /** Where each resource stands in a Bundle, in the order of the changes. */
  readonly places?: readonly string[];
}

/**
 * Stores changes as storeChanges does, and has kept what is kept of them, all in one transaction. Refuses (403, 404) what the actor may not write, and
 * (422) what does not satisfy the profiles it claims.
 */
export async function storeAndKeep(work: Work, changes: readonly Change[], { judged = false, places }: StoreOptions = {}): Promise<boolean[]> {
  await checkWrites(work, changes);
  if (!judged && changes.some(({ after }) => after?.resource.meta?.profile !== undefined)) {
    await checkProfiles(work, changes.flatMap(({ after }, i) => (after === undefined ? [] : [{ resource: after.resource, at: places?.[i] }])));
  }
  const types = new Set(changes.map(({ type }) => type).filter((type) => keepers.has(type)));
  const wanted = changes.some((change) => writeKeepers.get(change.type)?.some(({ wants }) => wants === undefined || wants(change)));
  if (types.size === 0 && !wanted) return tellStored(work, changes);
  return work.transact(async (inner) => {
    const stored = await tellStored(inner, changes);
    const held = changes.filter((_change, i) => stored[i] === true);
    await keepOrdinary(inner, held);
    for (const type of types) await keep(inner, type, held.filter((change) => change.type === type));
    return stored;
  });
}

/** What cares for a patient is kept by the house: the writer need not see it. */
async function keepOrdinary(work: Work, changes: readonly Change[]): Promise<void> {
  const told = new Map<WriteKeeper, Change[]>();
  for (const change of changes) {
    for (const keeper of writeKeepers.get(change.type) ?? []) if (keeper.wants === undefined || keeper.wants(change)) told.set(keeper, [...(told.get(keeper) ?? []), change]);
  }
  for (const [keeper, some] of told) await keeper.keep(keeper.asWriter ? work : asHouse(work), some);
}

async function keep(work: Work, type: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  for (const keeper of keepers.get(type) ?? []) await keeper(work, changes);
  await work.db.query({ text: 'select pg_notify($1, $2)', values: [definitionsChannel, type] });
}
