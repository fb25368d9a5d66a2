// The walks in the background of a server: a share of one connection, until nothing is left to do.
import type { Database } from '../../../platform/database.ts';
import { listenTo } from '../../../platform/listen.ts';
import { faultFields, type Log } from '../../../platform/log.ts';
import type { Work } from '../../../platform/work.ts';
import { reindexChannel, seeWalks } from '../store.ts';
import { Alarm } from './alarm.ts';
import { reindexBatch } from './reindex-batch.ts';

export interface Reindexing {
  /** Lets the batch at hand end. */
  stop(): Promise<void>;
}

export interface ReindexingOptions {
  /** Share of the time in which it works, in percent; the rest of the time it leaves to others. */
  readonly loadPercent: number;
}

/** While walks wait for their grace to end, or for another process that does them. */
const WAIT_MS = 250;
/** When nothing is to be done: notices come at once, this is for one that was lost. */
const IDLE_MS = 60_000;
const FAILED_MS = 10_000;

/** Goes on with walks whenever there are any. Does not keep the process alive. */
export function startReindexing(database: Database, work: () => Work, log: Log, { loadPercent }: ReindexingOptions): Reindexing {
  const alarm = new Alarm();
  const stopping = new AbortController();
  const stopListening = listenTo(database, reindexChannel, (ended) => {
    if (ended === '') alarm.ring();
  });
  let changed = 0;
  const running = run(stopping.signal, alarm, async () => {
    const began = performance.now();
    const batch = await reindexBatch(work());
    if (batch === undefined) {
      if (await seeWalks(work().db)) return WAIT_MS;
      if (changed > 0) log.info('the index is whole again', { module: 'record', count: changed });
      changed = 0;
      return IDLE_MS;
    }
    changed += batch.changed;
    if (batch.ended && batch.done > 0) log.debug('index of a type made anew', { module: 'record', code: batch.type, count: batch.changed });
    return (performance.now() - began) * (100 / loadPercent - 1);
  }, log);
  return {
    stop: async () => {
      stopping.abort();
      alarm.ring();
      await running;
      await stopListening();
    },
  };
}

/** `step` says how long to rest after it. */
async function run(stopped: AbortSignal, alarm: Alarm, step: () => Promise<number>, log: Log): Promise<void> {
  while (!stopped.aborted) {
    const restMs = await step().catch((error: unknown) => {
      if (!stopped.aborted) log.error('indexing failed', { module: 'record', ...faultFields(error) });
      return FAILED_MS;
    });
    await alarm.rest(restMs);
  }
}
