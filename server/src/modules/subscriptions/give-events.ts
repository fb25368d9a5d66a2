import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { badOperationParameter, operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { onlyTopics, unknownSubscription } from './refusals.ts';
import { loadSubscription } from './store.ts';
import { countEvents, listEvents } from './store-events.ts';
import type { Content } from './subscription.ts';
import { writeNotificationJson } from './write-notification-json.ts';

/** Most events of one answer; the next are asked for by eventsSinceNumber. */
const most = 1000;

/** Answers $events (Backport IG, OperationDefinition backport-subscription-events): the events from one number to another, both included. */
export async function giveEvents(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const subscription = call.id === undefined ? undefined : await loadSubscription(work.db, call.id);
  if (subscription === undefined) throw unknownSubscription();
  if (subscription.definition.asked.kind !== 'topic') throw onlyTopics();
  const parameters = operationParameters(call);
  const from = numberOf(parameters.text('eventsSinceNumber'), 'eventsSinceNumber') ?? 1;
  const to = numberOf(parameters.text('eventsUntilNumber'), 'eventsUntilNumber') ?? subscription.events;
  const content = contentOf(parameters.text('content'), subscription.definition.asked.content);
  const events = await listEvents(work.db, subscription.id, from, to, most);
  const dead = (await countEvents(work.db, [subscription.id])).get(subscription.id)?.dead ?? 0;
  return { json: await writeNotificationJson(work, { subscription, base: call.base, type: 'query-event', events, content, dead }) };
}

function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badOperationParameter(name, 'the number of an event');
  return Number(text);
}

const levels: readonly Content[] = ['empty', 'id-only', 'full-resource'];

/** At most what the subscription itself is told: the level was chosen for the channel and for those who read it. */
function contentOf(text: string | undefined, allowed: Content): Content {
  if (text === undefined) return allowed;
  const level = levels.find((one) => one === text);
  if (level === undefined) throw badOperationParameter('content', 'empty, id-only or full-resource');
  return levels.indexOf(level) < levels.indexOf(allowed) ? level : allowed;
}
