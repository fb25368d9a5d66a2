import { typeOfCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import type { Work } from '../../../platform/work.ts';
import { reloadSearchParameters } from '../search-parameters/reload-search-parameters.ts';
import { correctRows, countResources, loadAfter, loadAgain, loadNamesakes, loadSideRows, loadTypesThere, type Correction, type Indexed } from '../store/index-rows.ts';
import { beginWalk, endWalk, moveWalk, takeWalk } from '../store/index-state.ts';
import { keepSpellings } from '../store/spellings.ts';
import { sideDifferences } from './differences.ts';

/** Locks of rows are held until the batch commits: some 100 ms. */
const BATCH = 500;
const ATTEMPTS = 6;

export interface ReindexedBatch {
  readonly type: string;
  readonly done: number;
  readonly changed: number;
  /** The walk through the type is at its end. */
  readonly ended: boolean;
}

/**
 * Makes the index rows of the next resources of a walk anew, and moves the walk, in one transaction: after a kill it goes on where it was.
 * Undefined when no walk can go on now. Several processes may call it at once; each then walks another type.
 */
export async function reindexBatch(work: Work): Promise<ReindexedBatch | undefined> {
  await reloadSearchParameters(work.db); // a notice may have been missed; a change after this takes the walk back to its start
  return work.transact(async ({ db }) => {
    const walk = await takeWalk(db);
    if (walk === undefined) return undefined;
    const { type, cursor } = walk;
    if (cursor === undefined) await beginWalk(db, type, await countResources(db, type));
    const batch = await loadAfter(db, type, cursor, BATCH);
    const changed = batch.length === 0 ? 0 : await correct(db, type, batch);
    const last = batch.at(-1);
    if (last !== undefined) await moveWalk(db, type, last.key, batch.length, changed);
    const ended = batch.length < BATCH;
    if (ended) await endWalk(db, type);
    return { type, done: batch.length, changed, ended };
  });
}

/** A resource that is written while we look at it is looked at again: its writer took for granted the side rows that we are about to make. */
async function correct(db: Queryable, type: string, batch: readonly Indexed[]): Promise<number> {
  let changed = 0;
  let left = batch;
  for (let attempt = 1; left.length > 0; attempt++) {
    if (attempt > ATTEMPTS) throw new Error(`resources of ${type} change faster than they can be indexed anew`);
    await keepSpellings(db, left.map(({ index }) => index));
    const result = await correctRows(db, type, left, await correctionOf(db, type, left));
    changed += result.changed;
    left = result.again.length === 0 ? [] : await loadAgain(db, type, result.again);
  }
  return changed;
}

async function correctionOf(db: Queryable, type: string, batch: readonly Indexed[]): Promise<Correction> {
  const standing = await loadSideRows(db, batch.map(({ key }) => key));
  const correction = sideDifferences(batch, standing);
  // only ids that clients chose can be those of other types too: such a row may be theirs
  const doubtful = [...new Set([...correction.gone.texts, ...correction.gone.ranges].map(({ key }) => key).filter((key) => key < 0n))];
  if (doubtful.length === 0) return correction;
  const namesakes = await loadNamesakes(db, type, (await loadTypesThere(db)).map(typeOfCode), doubtful);
  return namesakes.length === 0 ? correction : sideDifferences(batch, standing, namesakes);
}
