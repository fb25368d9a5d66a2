import type { Work } from '../../platform/work.ts';
import { changesAfter, feedStart, lockFollower, moveFollower, type FeedChange } from './store.ts';

export type { FeedChange };

export interface Follow {
  /** Stable name of the follower, such as `exchange.index`; its position is kept under it. */
  readonly follower: string;
  /** Most changes handed over at once. */
  readonly limit: number;
  /** Only changes written before this instant, ms since 1970. */
  readonly before?: number;
}

/**
 * Hands a follower the committed changes after its position, oldest first, and moves the position in the same transaction:
 * what `handle` writes and the position stand or fall together. Gives how many there were; 0 means that it has caught up,
 * or that another process is following under the same name just now.
 */
export async function followChanges(work: Work, follow: Follow, handle: (work: Work, changes: readonly FeedChange[]) => Promise<void>): Promise<number> {
  return work.transact(async (inner) => {
    const position = await lockFollower(inner.db, follow.follower, feedStart);
    if (position === undefined) return 0;
    const { changes, cursor } = await changesAfter(inner.db, position, follow.limit, follow.before);
    if (changes.length === 0) return 0;
    await handle(inner, changes);
    await moveFollower(inner.db, follow.follower, cursor);
    return changes.length;
  });
}
