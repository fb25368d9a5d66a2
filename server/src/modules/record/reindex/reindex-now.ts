import { setTimeout as delay } from 'node:timers/promises';
import type { Work } from '../../../platform/work.ts';
import { loadIndexStates, seeWalks } from '../store.ts';
import { reindexBatch } from './reindex-batch.ts';
import { requestReindex } from './request-reindex.ts';

export interface ReindexProgress {
  /** Resources of the types whose walk has begun. */
  readonly total: number;
  readonly done: number;
  /** Resources whose index rows were not as they should be. */
  readonly changed: number;
  readonly typesLeft: number;
}

const WAIT_MS = 200;

/**
 * Makes the index rows of types (all when none is named) anew at full speed, beside whoever else does, and tells how far it is after each batch.
 * Ends when nothing is left, or after the batch at hand when `stopped`; what is left then goes on in the server.
 */
export async function reindexNow(newWork: () => Work, types: readonly string[], tell: (progress: ReindexProgress) => void, stopped: AbortSignal): Promise<ReindexProgress> {
  await requestReindex(newWork(), types);
  for (;;) {
    const batch = await reindexBatch(newWork());
    const progress = await progressOf(newWork());
    tell(progress);
    if (stopped.aborted || progress.typesLeft === 0) return progress;
    if (batch === undefined && (await seeWalks(newWork().db))) await delay(WAIT_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
}

async function progressOf(work: Work): Promise<ReindexProgress> {
  const states = await loadIndexStates(work.db);
  const sum = (of: 'total' | 'done' | 'changed'): number => states.reduce((all, state) => all + state[of], 0);
  return { total: sum('total'), done: sum('done'), changed: sum('changed'), typesLeft: states.filter(({ endedAt }) => endedAt === undefined).length };
}
