import type { Queryable } from '../../../platform/database.ts';
import { waitUntil } from '../../../platform/processes.ts';
import { feedHorizon } from '../store/snapshot.ts';

/** Longest wait for transactions that were under way when a snapshot was asked for. */
const SETTLE_MS = 60_000;

/**
 * Takes a place in the feed that has all changes committed by now before it, for exportResources. Waits for the transactions under way
 * (at most a minute), as the Bulk Data IG 2.0.0 asks of `transactionTime`. Costs nothing to keep.
 */
export async function takeSnapshot(db: Queryable): Promise<string> {
  const { begun } = await feedHorizon(db);
  await waitUntil(async () => (await feedHorizon(db)).settled >= begun, SETTLE_MS);
  return String((await feedHorizon(db)).settled);
}
