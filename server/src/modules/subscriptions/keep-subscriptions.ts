import { systemActor } from '../../platform/actors.ts';
import type { Settings } from '../../platform/config.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { searchJson, type Keeper } from '../record/index.ts';
import { keptActor } from '../security/index.ts';
import { readSubscription, type SubscriptionView } from './fhir.ts';
import { knownTopic } from './fhir-topic.ts';
import { judgeHost } from './hook-host.ts';
import { badCriteria, badFilter, hostNotAllowed, unknownTopic } from './refusals.ts';
import { keepSubscription, loadSubscription, loadTopic, moveVersion, removeSubscription } from './store.ts';
import { keepWaiting } from './store-events.ts';
import type { Definition, Filter, State, Subscription } from './subscription.ts';
import type { Topic } from './topic.ts';

const mostEventsInBundle = 100;

/** Keeps what Subscriptions ask for, in the transaction that stores them. Refuses what cannot be judged, delivered or is not allowed. */
export function keepSubscriptions(settingsNow: () => Settings): Keeper {
  return async (work, changes) => {
    const settings = settingsNow();
    for (const { id, version, updated, after } of changes) {
      const view = after === undefined ? undefined : viewOf(after.resource, settings);
      if (view === undefined) await removeSubscription(work.db, id);
      else await keep(work, settings, { id, version, updated, view, error: after?.resource['error'] });
    }
  };
}

/** One that rests may ask for what Sen cannot do: it is stored, and nothing comes of it. */
function viewOf(resource: Parameters<typeof readSubscription>[0], settings: Settings): SubscriptionView | undefined {
  try {
    return readSubscription(resource, { timeoutMs: settings.hookTimeoutMs, mostEvents: mostEventsInBundle });
  } catch (error) {
    if (error instanceof Refusal && ['error', 'off'].includes(String(resource['status']))) return undefined;
    throw error;
  }
}

/** The last instant of JavaScript: nothing is told to one that was never asked to be active. */
const never = 8_640_000_000_000_000;

interface Stored {
  readonly id: string;
  readonly version: number;
  readonly updated: number;
  readonly view: SubscriptionView;
  readonly error: unknown;
}

async function keep(work: Work, settings: Settings, { id, version, updated, view, error }: Stored): Promise<void> {
  const known = await loadSubscription(work.db, id);
  const { definition, ends } = view;
  if (known !== undefined && isUnchanged(known, view)) return moveVersion(work.db, id, version);
  const wanted = view.state === 'requested' || view.state === 'active';
  if (wanted) await check(work, settings, definition);
  const state: State = wanted ? 'requested' : view.state;
  await keepSubscription(work.db, { id, state, version, definition, since: wanted ? updated : never, ends, error: typeof error === 'string' ? error : undefined, actsFor: subscriberOf(work, known) });
  if (state === 'off') await keepWaiting(work.db, id);
}

/** Whoever writes the Subscription is told, with their rights; our own change of its status leaves it with whom it was. */
function subscriberOf({ actor }: Work, known: Subscription | undefined): Subscription['actsFor'] {
  return known?.actsFor !== undefined && actor === systemActor ? known.actsFor : keptActor(actor);
}

/** Our own change of status comes back to us like any write; what is asked for is still the same then. */
function isUnchanged(known: Subscription, { state, definition, ends }: SubscriptionView): boolean {
  return state === known.state && state !== 'requested' && ends === known.ends && sameJson(definition, known.definition);
}

/** jsonb orders names by itself. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, ordered(one)]));
}

async function check(work: Work, settings: Settings, { asked, channel }: Definition): Promise<void> {
  if (channel.kind === 'rest-hook' && !judgeHost(new URL(channel.endpoint), settings.hookHosts).allowed) throw hostNotAllowed();
  if (asked.kind === 'search') {
    await checkQuery(work, asked, badCriteria);
    return;
  }
  const topic = knownTopic(asked.topic) ?? (await loadTopic(work.db, asked.topic));
  if (topic === undefined) throw unknownTopic();
  for (const filter of asked.filters) await checkFilter(work, topic, filter);
}

async function checkFilter(work: Work, topic: Topic, filter: Filter): Promise<void> {
  const types = topic.triggers.map(({ type }) => type).filter((type) => filter.type === '' || filter.type === type);
  if (types.length === 0) throw badFilter('The topic tells of no resource of the type of the filter.');
  for (const type of types) {
    const name = [...new URLSearchParams(filter.query).keys()].map((key) => key.split(/[:.]/)[0]).find((one) => topic.filters !== undefined && !topic.filters.includes(`${type}.${one}`) && !topic.filters.includes(one ?? ''));
    if (name !== undefined) throw badFilter(`The topic cannot be filtered by "${name}".`);
    await checkQuery(work, { type, query: filter.query }, badFilter);
  }
}

/** Controls shape an answer; a subscription has none. */
const controls = /^_(sort|count|total|summary|elements|include|revinclude|page|type|contained|containedType|format|pretty|explain)(:|$)/;

/** Lets the search itself say whether it understands: it looks for an id that no resource has. */
async function checkQuery(work: Work, { type, query }: Filter, refuse: (why: string) => Refusal): Promise<void> {
  const control = [...new URLSearchParams(query).keys()].find((name) => controls.test(name));
  if (control !== undefined) throw refuse(`"${control}" shapes an answer and selects nothing.`);
  try {
    await searchJson(work, type, [query, '_id=0', '_count=1'].filter((part) => part !== '').join('&'));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw refuse(error.issues[0]?.diagnostics ?? error.text.en);
  }
}
