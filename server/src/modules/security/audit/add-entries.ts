import type { Work } from '../../../platform/work.ts';
import { lineOf, partsOf, type Entry } from './entry.ts';
import { addLines, lockChain } from './store.ts';

/** Adds entries to the chain in the transaction of the work (or one of their own): they stand or fall with it. Others wait until it ends. */
export async function addEntries(work: Work, entries: readonly Entry[]): Promise<void> {
  await work.transact(async ({ db }) => {
    await lockChain(db);
    await addLines(db, entries.flatMap(partsOf).map(lineOf));
  });
}
