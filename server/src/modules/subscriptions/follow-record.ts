import { followChanges } from '../record/index.ts';
import type { Work } from '../../platform/work.ts';
import { changeStatus } from './change-status.ts';
import { knownTopic } from './fhir-topic.ts';
import { matchChanges } from './match-changes.ts';
import { ruleBook, rulesOf, type RuleBook } from './rule-book.ts';
import { listGathering, listTopics, loadSubscriptions, loadTopic } from './store.ts';
import { addEvents } from './store-events.ts';
import type { Subscription } from './subscription.ts';

const limit = 1000;
/** With nobody to tell, a log of years is passed quickly. */
const limitOfNobody = 20_000;

/** What was read before, by one follower; a definition is read again only when its version moved. */
export interface Reader {
  book: RuleBook;
  /** Names of all that the book holds. */
  state: string;
}

export function newReader(): Reader {
  return { book: ruleBook([]), state: '' };
}

/**
 * Takes the next changes of the record, and queues the events that they are in the same transaction as the follower's position. Gives how many
 * changes there were.
 */
export function followRecord(work: Work, reader: Reader): Promise<number> {
  return followChanges(work, { follower: 'subscriptions', limit: reader.book.empty ? limitOfNobody : limit }, async (inner, changes) => {
    await readBook(inner, reader);
    const { events, broken } = await matchChanges(inner, reader.book, changes);
    await addEvents(inner.db, events);
    for (const id of broken) await changeStatus(inner, id, 'error', 'The criteria can no longer be searched with.');
  });
}

async function readBook(work: Work, reader: Reader): Promise<void> {
  const gathering = await listGathering(work.db);
  const state = JSON.stringify([gathering, gathering.length === 0 ? [] : await listTopics(work.db)]);
  if (state === reader.state) return;
  const subscriptions = await loadSubscriptions(work.db, gathering.map(({ id }) => id));
  const rules = [];
  for (const subscription of subscriptions) rules.push(...rulesOf(subscription, await topicOf(work, subscription)));
  reader.book = ruleBook(rules);
  reader.state = state;
}

async function topicOf(work: Work, { definition: { asked } }: Subscription) {
  return asked.kind === 'search' ? undefined : (knownTopic(asked.topic) ?? (await loadTopic(work.db, asked.topic)));
}
