// Keeps the memory of this process at the policy in force: told of new versions by the database, and awake when one's time comes.
import { listenTo } from '../../../platform/listen.ts';
import type { House } from '../../../platform/module.ts';
import { loadPolicy } from './load-policy.ts';
import { findNextChange, policyChannel } from './store.ts';

/** Node's timers end at 24.8 days; an hour also catches a clock that was set. */
const longestWaitMs = 3_600_000;

/** Reads the policy again whenever it may have changed. Gives a function that stops it. */
export function followPolicy(house: House): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const read = async () => {
    const work = house.systemWork();
    await loadPolicy(work);
    const next = await findNextChange(work.db, work.now);
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(readOrWait, Math.min(longestWaitMs, Math.max(0, (next ?? Infinity) - work.now))).unref();
  };
  // What could not be read is read with the next notice; the policy before it stays in force.
  const readOrWait = () => void read().catch(() => undefined);
  const stop = listenTo(house.database, policyChannel, readOrWait);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await stop();
  };
}
