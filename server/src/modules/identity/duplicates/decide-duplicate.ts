// A person judges a pair: two people, or look again later.
import type { Work } from '../../../platform/work.ts';
import { noSuchPair } from './read-duplicate.ts';
import { countWaiting, decidePair, findPair } from './store.ts';

/** Keeps the judgement with who and when; two people are never asked about again. Gives how many pairs wait. */
export async function decideDuplicate(work: Work, { pairId, decision }: { pairId: string; decision: 'different' | 'later' }): Promise<{ waiting: number }> {
  if ((await findPair(work.db, pairId)) === undefined) throw noSuchPair();
  await decidePair(work.db, pairId, decision, work.actor.name, work.now);
  work.trail.note = { kind: 'act', detail: { decision, pair: pairId } };
  return { waiting: await countWaiting(work.db) };
}
