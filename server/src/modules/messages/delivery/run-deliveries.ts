import { setTimeout as pause } from 'node:timers/promises';
import { listenTo } from '../../../platform/listen.ts';
import { faultFields, type Log } from '../../../platform/log.ts';
import type { House } from '../../../platform/module.ts';
import { dueChannel } from '../store.ts';
import { deliverDue, type Means } from './deliver-due.ts';
import { nextDue, takeBackLost } from './store.ts';

/** The longest sleep: what another process left behind is found within it. */
const longestPauseMs = 15_000;

/** Sends what is due, in the background, until stopped; several processes share the work. */
export function runDeliveries(house: House, means: Means, log: Log): { stop(): Promise<void> } {
  const stopped = new AbortController();
  let wake = new AbortController();
  const stopListening = listenTo(house.database, dueChannel, () => wake.abort());
  const ended = (async () => {
    while (!stopped.signal.aborted) {
      wake = new AbortController();
      const more = await round(house, means).catch((error: unknown) => {
        log.error('messages: delivery failed', faultFields(error));
        return longestPauseMs;
      });
      if (more > 0) await pause(more, undefined, { signal: AbortSignal.any([stopped.signal, wake.signal]) }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await stopListening();
      await ended;
    },
  };
}

/** One round; gives how long nothing will be due, in ms. */
async function round(house: House, means: Means): Promise<number> {
  const work = house.systemWork();
  await takeBackLost(work.db, [...means.channels.values()].filter(({ idempotent }) => idempotent).map(({ adapter }) => adapter), work.now);
  if ((await deliverDue(work, means)) > 0) return 0;
  const next = await nextDue(work.db);
  return next === undefined ? longestPauseMs : Math.min(Math.max(next - work.now, 50), longestPauseMs);
}
