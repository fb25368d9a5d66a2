import { randomUUID } from 'node:crypto';
import { readVersions } from '../record/index.ts';
import type { Work } from '../../platform/work.ts';
import { notificationJson, type NotificationType } from './notification.ts';
import type { Content, Event, Subscription } from './subscription.ts';

export interface Notice {
  readonly subscription: Subscription;
  readonly base: string;
  readonly type: NotificationType;
  readonly events?: readonly Event[];
  /** Instead of the content that the subscription asked for. */
  readonly content?: Content;
  readonly dead?: number;
}

/** Writes a notification of a subscription to a topic, with the resources as the events left them where full content is wanted. */
export async function writeNotificationJson(work: Work, { subscription, base, type, events = [], content, dead = 0 }: Notice): Promise<Buffer> {
  const { asked } = subscription.definition;
  if (asked.kind !== 'topic') throw new Error('a notification bundle needs a topic');
  const shown = content ?? asked.content;
  // what the actor of the work may not see (any more) is told only by its number
  const versions = shown === 'empty' ? [] : await readVersions(work, events);
  const told = events.map((event, at) => ({ event, json: shown === 'full-resource' ? versions[at]?.json : undefined })).filter((_one, at) => shown === 'empty' || versions[at] !== undefined);
  return notificationJson({
    base, type, dead, content: shown, now: work.now,
    subscription: subscription.id, topic: asked.topic, state: subscription.state, error: subscription.error,
    events: Math.max(subscription.events, events.at(-1)?.number ?? 0),
    told,
    ids: [randomUUID(), randomUUID()],
  });
}
