import type { Work } from '../../platform/work.ts';
import { isBindable, type Bound } from './bound.ts';
import { recordDelivery } from './record-delivery.ts';
import { readSubscriber } from './read-subscriber.ts';
import { loadSubscriptions } from './store.ts';
import { listEvents } from './store-events.ts';
import type { Subscription } from './subscription.ts';
import { writeNotification } from './write-notification.ts';

export interface Listener {
  readonly bound: Bound;
  send(text: string): void;
  /** The subscription is no more. */
  end(): void;
}

const mostAtOnce = 1000;

/** Tells bound sockets of the events since they were last told. What one cannot take is not lost: $events has it. */
export async function tellBound(work: Work, base: string, listeners: readonly Listener[]): Promise<void> {
  const subscriptions = new Map((await loadSubscriptions(work.db, [...new Set(listeners.map(({ bound }) => bound.id))])).map((one) => [one.id, one]));
  for (const listener of listeners) {
    const subscription = subscriptions.get(listener.bound.id);
    const acting = subscription === undefined ? undefined : await readSubscriber(work, subscription);
    if (subscription === undefined || acting === undefined || !isBindable(subscription)) listener.end();
    else if (listener.bound.kind === 'search') ping(work, subscription, listener);
    else await notify(acting, base, subscription, listener);
  }
}

/** R4: the client is told that something happened, and asks its own search again; several events at once need one ping. */
function ping(work: Work, { id, events }: Subscription, { bound, send }: Listener): void {
  if (events <= bound.sent) return;
  bound.sent = events;
  bound.told = work.now;
  send(`ping ${id}`);
}

async function notify(work: Work, base: string, subscription: Subscription, { bound, send }: Listener): Promise<void> {
  const { asked } = subscription.definition;
  if (asked.kind !== 'topic') return;
  const events = subscription.events > bound.sent ? await listEvents(work.db, bound.id, bound.sent + 1, subscription.events, mostAtOnce) : [];
  for (let at = 0; at < events.length; at += asked.maxCount) {
    const some = events.slice(at, at + asked.maxCount);
    await recordDelivery(work, subscription, some, 'websocket');
    send(String(await writeNotification(work, { subscription, base, type: 'event-notification', events: some })));
    bound.sent = some.at(-1)?.number ?? bound.sent;
    bound.told = work.now;
  }
  if (asked.heartbeatMs === undefined || bound.told + asked.heartbeatMs > work.now) return;
  bound.told = work.now;
  send(String(await writeNotification(work, { subscription, base, type: 'heartbeat' })));
}
