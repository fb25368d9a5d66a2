import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from '../../platform/module.ts';
import { faultFields, type Log } from '../../platform/log.ts';
import { Refusal } from '../../platform/refusal.ts';
import { changeStatus } from './change-status.ts';
import { confirmSubscription } from './confirm-subscription.ts';
import { deliverEvents } from './deliver-events.ts';
import { followRecord, newReader } from './follow-record.ts';
import { listDue } from './store.ts';
import type { Subscription } from './subscription.ts';

export interface Deliveries {
  /** Ends after the deliveries at hand, or cuts them off after some seconds. */
  stop(): Promise<void>;
}

/** Endpoints that are called at the same time. */
const atOnce = 32;
/** Of several servers on one database, how soon another takes over when the delivering one dies. */
const standByMs = 2000;
const graceMs = 3000;
/** Key of the advisory lock that the delivering server holds. */
const lock = '7310588721340815';

interface Runner {
  readonly house: House;
  readonly log: Log;
  readonly base: () => string;
  readonly stopped: AbortSignal;
  readonly cut: AbortSignal;
}

/**
 * Follows the record and delivers, in the background, until stopped. Of several servers one does it: it holds a lock on a connection of its own, not
 * in a transaction, since the feed waits for the oldest transaction.
 */
export function runDeliveries(house: House, log: Log, base: () => string): Deliveries {
  const stop = new AbortController();
  const cut = new AbortController();
  const runner = { house, log, base, stopped: stop.signal, cut: cut.signal };
  const ended = standBy(runner);
  return {
    stop: async () => {
      stop.abort();
      const grace = setTimeout(() => cut.abort(), graceMs);
      await ended;
      clearTimeout(grace);
    },
  };
}

async function standBy(runner: Runner): Promise<void> {
  while (!runner.stopped.aborted) {
    await runner.house.database.connection((client) => leadWhileHeld(runner, client)).catch((error: unknown) => runner.log.warn('subscriptions: delivery was interrupted', faultFields(error)));
    await rest(standByMs, runner.stopped);
  }
}

async function leadWhileHeld(runner: Runner, client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [lock]);
  if (rows[0]?.held !== true) return;
  const busy = new Map<string, Promise<void>>();
  try {
    await lead(runner, client, busy);
  } finally {
    await Promise.all(busy.values());
    await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined);
  }
}

async function lead(runner: Runner, client: pg.PoolClient, busy: Map<string, Promise<void>>): Promise<void> {
  const reader = newReader();
  while (!runner.stopped.aborted) {
    await client.query('select 1'); // throws when the connection is lost: then another server may hold the lock
    const changes = await followRecord(runner.house.systemWork(), reader).catch((error: unknown) => {
      reader.state = '';
      runner.log.error('subscriptions: following the record failed', faultFields(error));
      return 0;
    });
    const crowded = await startDue(runner, busy);
    const resting = crowded || changes === 0 ? rest(runner.house.settings.hookPollMs, runner.stopped) : undefined;
    await (crowded ? Promise.race([...busy.values(), resting]) : resting);
  }
}

/** Starts what is due; true when some must wait for a place. */
async function startDue(runner: Runner, busy: Map<string, Promise<void>>): Promise<boolean> {
  const { db, now } = runner.house.systemWork();
  const waiting = (await listDue(db, now)).filter(({ id }) => !busy.has(id));
  for (const due of waiting.splice(0, atOnce - busy.size)) busy.set(due.id, serve(runner, due).finally(() => busy.delete(due.id)));
  return waiting.length > 0;
}

async function serve({ house, log, base, stopped, cut }: Runner, subscription: Subscription): Promise<void> {
  try {
    const { id, state, ends } = subscription;
    if (ends !== undefined && ends <= house.systemWork().now) return await changeStatus(house.systemWork(), id, 'off', 'The subscription has reached its end.');
    if (state === 'requested') return await confirmSubscription(house, base(), subscription, cut);
    return await deliverEvents(house, base(), id, { stopped, cut });
  } catch (error) {
    // a client was faster than our change of its status: the next round sees what it wants now
    if (error instanceof Refusal) return;
    log.error('subscriptions: delivery failed', faultFields(error));
  }
}

function rest(ms: number, stopped: AbortSignal): Promise<void> {
  return pause(ms, undefined, { signal: stopped }).catch(() => undefined);
}
