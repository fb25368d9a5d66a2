import { randomUUID } from 'node:crypto';
import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { statusParameters } from './notification.ts';
import { unknownSubscription } from './refusals.ts';
import { listSubscriptions, loadSubscription, loadSubscriptions } from './store.ts';
import { countEvents } from './store-events.ts';
import type { State, Subscription } from './subscription.ts';

/** Answers $status (Backport IG, OperationDefinition backport-subscription-status): one subscription, those of `id`, or all; of the given `status`. */
export async function showStatus(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const asked = await askedFor(work, call);
  const counts = await countEvents(work.db, asked.map(({ id }) => id));
  const entries = asked.map((subscription) => {
    const id = randomUUID();
    const resource = statusParameters({
      base: call.base, subscription: subscription.id, topic: topicOf(subscription), state: subscription.state, type: 'query-status',
      events: subscription.events, error: subscription.error, dead: counts.get(subscription.id)?.dead ?? 0,
    }, id);
    return { fullUrl: `urn:uuid:${id}`, resource, search: { mode: 'match' } };
  });
  return { resource: { resourceType: 'Bundle', type: 'searchset', total: entries.length, ...(entries.length === 0 ? {} : { entry: entries }) } };
}

async function askedFor(work: Work, call: OperationCall): Promise<Subscription[]> {
  if (call.id !== undefined) {
    const one = await loadSubscription(work.db, call.id);
    if (one === undefined) throw unknownSubscription();
    return [one];
  }
  const parameters = operationParameters(call);
  const ids = [...parameters.texts('id'), ...parameters.texts('ids')].flatMap((text) => text.split(',')).map((text) => text.replace(/^Subscription\//, ''));
  const states = parameters.texts('status').flatMap((text) => text.split(','));
  const found = ids.length > 0 ? await loadSubscriptions(work.db, ids) : await listSubscriptions(work.db, every);
  return found.filter(({ state }) => states.length === 0 || states.includes(state));
}

const every: readonly State[] = ['requested', 'active', 'error', 'off'];

function topicOf({ definition: { asked } }: Subscription): string | undefined {
  return asked.kind === 'topic' ? asked.topic : undefined;
}
