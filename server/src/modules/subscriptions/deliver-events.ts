import { readVersions } from '../record/index.ts';
import type { House } from '../../platform/module.ts';
import type { Work } from '../../platform/work.ts';
import { changeStatus } from './change-status.ts';
import { inForm } from './fhir.ts';
import { recordDelivery } from './record-delivery.ts';
import { readSubscriber } from './read-subscriber.ts';
import { sendHook, type HookOutcome } from './send-hook.ts';
import { loadSubscription, markFailing, markHealthy } from './store.ts';
import { listDeliverable, markFailed, markTold } from './store-events.ts';
import { bundlesOf, lanesOf, waitAfter, type Channel, type Event, type Mime, type Subscription } from './subscription.ts';
import { writeNotification } from './write-notification.ts';

const roundSize = 100;
const lanesAtOnce = 4;

type Hooked = Extract<Channel, { kind: 'rest-hook' }>;

/** How a server ends: no new round after `stopped`, no attempt goes on after `cut`. */
export interface Ending {
  readonly stopped: AbortSignal;
  readonly cut: AbortSignal;
}

/** One attempt to deliver: some events at once (a bundle) or one. */
interface Parcel {
  readonly events: readonly Event[];
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly body: Buffer | undefined;
}

/**
 * Delivers what waits for a subscription, until nothing is due or the endpoint does not answer. Events of one patient go in order; one that is
 * refused holds back those behind it, not those of others. An endpoint that does not answer is tried again ever later.
 */
export async function deliverEvents(house: House, base: string, id: string, ending: Ending): Promise<void> {
  while (!ending.stopped.aborted) {
    const work = house.systemWork();
    const subscription = await loadSubscription(work.db, id);
    const channel = subscription?.definition.channel;
    if (subscription?.state !== 'active' || channel?.kind !== 'rest-hook') return;
    const acting = await readSubscriber(work, subscription);
    if (acting === undefined) return await changeStatus(work, id, 'error', 'Whoever subscribed has no right to be told any more.');
    const events = await listDeliverable(work.db, id, work.now, subscription.failures > 0 ? 1 : roundSize);
    const round = { house, base, subscription, channel, work: acting, cut: ending.cut };
    const results = events.length > 0 ? await deliverRound(round, events) : await beat(round);
    if (results.length === 0 || ending.cut.aborted || !(await settle(house, subscription, results, work.now))) return;
  }
}

interface Round {
  readonly house: House;
  readonly base: string;
  readonly subscription: Subscription;
  readonly channel: Hooked;
  /** As the round began, with the rights of the subscriber. */
  readonly work: Work;
  readonly cut: AbortSignal;
}

async function deliverRound(round: Round, events: readonly Event[]): Promise<HookOutcome[]> {
  const { base, subscription, channel, work } = round;
  const { asked, mime } = subscription.definition;
  const send = sender(round);
  if (asked.kind === 'search') {
    const versions = asked.payload ? await readVersions(work, events) : [];
    const bodies = new Map(events.map((event, at) => [event, versions[at]?.json]));
    return inLanes(lanesOf(events), (event) => send(resourceParcel(channel, event, bodies.get(event), asked.payload ? mime : undefined)));
  }
  const results: HookOutcome[] = [];
  for (const bundle of bundlesOf(events, asked.maxCount)) {
    const body = await writeNotification(work, { subscription, base, type: 'event-notification', events: bundle });
    results.push(await send({ events: bundle, method: 'POST', url: channel.endpoint, body }));
    if (results.at(-1)?.kind !== 'delivered') break;
  }
  return results;
}

/** R4 subscription.html, rest-hook: without payload a POST with nothing in it; with one the resource is put below the endpoint, as an update. */
function resourceParcel({ endpoint }: Hooked, event: Event, json: Buffer | undefined, mime: Mime | undefined): Parcel {
  if (mime === undefined || json === undefined) return { events: [event], method: 'POST', url: endpoint, body: undefined };
  return { events: [event], method: 'PUT', url: below(endpoint, `${event.type}/${event.id}`), body: inForm(json, mime) };
}

function below(endpoint: string, path: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  return url.href;
}

function sender({ house, subscription: { id, definition: { mime } }, channel, cut }: Round): (parcel: Parcel) => Promise<HookOutcome> {
  const { hookHosts, hookAttempts } = house.settings;
  return async ({ events, method, url, body }) => {
    await recordDelivery(house.systemWork(), { id }, events, channel.endpoint);
    const outcome = await sendHook({ method, url, body, mime, headers: channel.headers, timeoutMs: channel.timeoutMs, allowed: hookHosts, cut });
    const numbers = events.map(({ number }) => number);
    const { db, now } = house.systemWork();
    if (outcome.kind === 'delivered') await markTold(db, id, numbers);
    // one bad event of many must not bury the others: each is tried alone next time
    else if (outcome.kind === 'refused') await markFailed(db, id, { numbers, failure: outcome.why, most: hookAttempts, nextTry: events.length > 1 ? now : now + waitAfter((events[0]?.attempts ?? 0) + 1) });
    return outcome;
  };
}

/** Some lanes at a time, each in order and only as far as all goes well; when the endpoint does not answer, none goes on. */
async function inLanes(lanes: readonly (readonly Event[])[], send: (event: Event) => Promise<HookOutcome>): Promise<HookOutcome[]> {
  const results: HookOutcome[] = [];
  const waiting = [...lanes];
  const work = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
      for (const event of lane) {
        const outcome = await send(event);
        results.push(outcome);
        if (outcome.kind === 'unreachable') waiting.length = 0;
        if (outcome.kind !== 'delivered') break;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanesAtOnce, lanes.length) }, work));
  return results;
}

/** Tells a subscriber that waits for nothing that we are still there (IG: heartbeat). */
async function beat({ house, base, subscription, channel, work, cut }: Round): Promise<HookOutcome[]> {
  const { asked, mime } = subscription.definition;
  if (asked.kind !== 'topic' || asked.heartbeatMs === undefined || subscription.notified + asked.heartbeatMs > work.now) return [];
  const body = await writeNotification(work, { subscription, base, type: 'heartbeat' });
  return [await sendHook({ method: 'POST', url: channel.endpoint, body, mime, headers: channel.headers, timeoutMs: channel.timeoutMs, allowed: house.settings.hookHosts, cut })];
}

/** Notes how the round went that began at an instant; true when another may follow at once. */
async function settle(house: House, { id, failures }: Subscription, results: readonly HookOutcome[], began: number): Promise<boolean> {
  const work = house.systemWork();
  const failed = results.find((outcome) => outcome.kind !== 'delivered')?.why;
  const unreachable = results.some(({ kind }) => kind === 'unreachable');
  if (results.some(({ kind }) => kind === 'delivered') && !unreachable) {
    await markHealthy(work.db, id, began);
    return true;
  }
  await markFailing(work.db, id, failures + 1, unreachable ? work.now + waitAfter(failures + 1) : 0);
  if (failures + 1 >= house.settings.hookFailures) await changeStatus(work, id, 'error', `The endpoint does not take notifications: ${failed ?? 'unknown'}.`);
  return !unreachable;
}
