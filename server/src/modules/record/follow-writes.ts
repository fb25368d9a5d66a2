// Every write is told to the audit from the log of changes, which is committed with it: also one whose request ended before it was told.
import { setTimeout as pause } from 'node:timers/promises';
import { faultFields, openLog } from '../../platform/log.ts';
import type { House } from '../../platform/module.ts';
import type { Work } from '../../platform/work.ts';
import { tellWrites } from '../security/index.ts';
import { followChanges } from './follow-changes.ts';

const batch = 1000;
/** So long a request has to name its writes itself, with all that is known of it. */
const graceMs = 30_000;
const everyMs = 1_000;

/** Tells the writes that no request has named. Gives how many changes were looked at. */
export function followWrites(work: Work, before = work.now - graceMs): Promise<number> {
  return followChanges(work, { follower: 'audit.writes', limit: batch, before }, tellWrites);
}

/** Follows in the background until stopped. */
export function startFollowingWrites({ settings, systemWork }: House): () => Promise<void> {
  const log = openLog(settings.logLevel);
  const stop = new AbortController();
  const rest = () => pause(everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
  const running = (async () => {
    for (await rest(); !stop.signal.aborted; await rest()) {
      try {
        while ((await followWrites(systemWork())) > 0 && !stop.signal.aborted);
      } catch (error) {
        log.warn('writes wait to be told to the audit', { module: 'record', ...faultFields(error) });
      }
    }
  })();
  return async () => {
    stop.abort();
    await running;
  };
}
