// Every query about subscriptions, topics and tokens; those about events are in store-events.ts.
import type { Queryable } from '../../platform/database.ts';
import type { Definition, State, Subscription } from './subscription.ts';
import type { Topic } from './topic.ts';

interface Row {
  id: string;
  state: State;
  version: number;
  definition: Definition;
  since: string;
  ends: string | null;
  events: string;
  failures: number;
  notified: string;
  error: string | null;
  acts_for: Subscription['actsFor'] | null;
}

const columns = 'id, state, version, definition, since, ends, events, failures, notified, error, acts_for';

function subscriptionOf(row: Row): Subscription {
  return {
    id: row.id, state: row.state, version: row.version, definition: row.definition, since: Number(row.since), ends: row.ends === null ? undefined : Number(row.ends),
    events: Number(row.events), failures: row.failures, notified: Number(row.notified), error: row.error ?? undefined,
    actsFor: row.acts_for ?? undefined,
  };
}

async function select(db: Queryable, name: string, rest: string, values: readonly unknown[] = []): Promise<Subscription[]> {
  const { rows } = await db.query<Row>({ name: `subscriptions.${name}`, text: `select ${columns} from subscriptions.subscription ${rest}`, values });
  return rows.map(subscriptionOf);
}

export async function loadSubscription(db: Queryable, id: string): Promise<Subscription | undefined> {
  return (await select(db, 'one', 'where id = $1', [id]))[0];
}

export function loadSubscriptions(db: Queryable, ids: readonly string[]): Promise<Subscription[]> {
  return select(db, 'some', 'where id = any($1) order by id', [ids]);
}

export function listSubscriptions(db: Queryable, states: readonly State[]): Promise<Subscription[]> {
  return select(db, 'by-state', 'where state = any($1) order by id', [states]);
}

export interface Placed {
  readonly id: string;
  readonly version: number;
}

/** Ids and versions of all that gather events: enough to see which definitions must be read anew. */
export async function listGathering(db: Queryable): Promise<Placed[]> {
  const { rows } = await db.query<Placed>({ name: 'subscriptions.gathering', text: "select id, version from subscriptions.subscription where state <> 'off' order by id" });
  return rows;
}

/** Those for which the background has work: to be verified, ended, with events to deliver, or due for a heartbeat. Who was told longest ago comes first. */
export function listDue(db: Queryable, now: number): Promise<Subscription[]> {
  return select(
    db, 'due',
    `s where state = 'requested' or (state in ('active', 'error') and ends <= $1) or (
      state = 'active' and next_try <= $1 and definition->'channel'->>'kind' = 'rest-hook' and (
        exists (select from subscriptions.event e where e.subscription = s.id and e.state = 'waiting' and e.next_try <= $1)
        or notified + (definition->'asked'->>'heartbeatMs')::bigint <= $1))
      order by notified, id`, [now],
  );
}

/** Keeps what a stored Subscription asks for. Its events, their numbers and the start stay with it from version to version. */
export async function keepSubscription(db: Queryable, kept: { id: string; state: State; version: number; definition: Definition; since: number; ends: number | undefined; error: string | undefined; actsFor: Subscription['actsFor'] }): Promise<void> {
  await db.query({
    text: `insert into subscriptions.subscription (id, state, version, definition, since, ends, error, notified, acts_for) values ($1, $2, $3, $4, $5, $6, $7, 0, $8)
      on conflict (id) do update set state = excluded.state, version = excluded.version, definition = excluded.definition, ends = excluded.ends,
        error = excluded.error, failures = 0, next_try = 0, acts_for = excluded.acts_for,
        since = case when subscriptions.subscription.state = 'off' then excluded.since else least(subscriptions.subscription.since, excluded.since) end`,
    values: [kept.id, kept.state, kept.version, JSON.stringify(kept.definition), kept.since, kept.ends ?? null, kept.error ?? null, kept.actsFor === undefined ? null : JSON.stringify(kept.actsFor)],
  });
}

export async function removeSubscription(db: Queryable, id: string): Promise<void> {
  await db.query({ text: 'delete from subscriptions.subscription where id = $1', values: [id] });
}

/** The version of the resource moved on, and nothing else. */
export async function moveVersion(db: Queryable, id: string, version: number): Promise<void> {
  await db.query({ text: 'update subscriptions.subscription set version = $2 where id = $1', values: [id, version] });
}

export async function setState(db: Queryable, id: string, state: State, error: string | undefined): Promise<void> {
  await db.query({ text: 'update subscriptions.subscription set state = $2, error = $3 where id = $1', values: [id, state, error ?? null] });
}

/** After a round in which something got through. */
export async function markHealthy(db: Queryable, id: string, now: number): Promise<void> {
  await db.query({ name: 'subscriptions.healthy', text: 'update subscriptions.subscription set failures = 0, next_try = 0, notified = $2 where id = $1', values: [id, now] });
}

/** After a round in which nothing got through: so many failures in a row, and not again before an instant. */
export async function markFailing(db: Queryable, id: string, failures: number, nextTry: number): Promise<void> {
  await db.query({ text: 'update subscriptions.subscription set failures = $2, next_try = $3 where id = $1', values: [id, failures, nextTry] });
}

/** Keeps a topic; false when another one has its URL. */
export async function keepTopic(db: Queryable, id: string, version: number, topic: Topic): Promise<boolean> {
  const { rowCount } = await db.query({
    text: `insert into subscriptions.topic (id, url, version, definition)
      select $1, $2, $3, $4 where not exists (select from subscriptions.topic where url = $2 and id <> $1)
      on conflict (id) do update set url = excluded.url, version = excluded.version, definition = excluded.definition`,
    values: [id, topic.url, version, JSON.stringify(topic)],
  });
  return rowCount === 1;
}

export async function removeTopic(db: Queryable, id: string): Promise<void> {
  await db.query({ text: 'delete from subscriptions.topic where id = $1', values: [id] });
}

export async function loadTopic(db: Queryable, url: string): Promise<Topic | undefined> {
  const { rows } = await db.query<{ definition: Topic }>({ text: 'select definition from subscriptions.topic where url = $1', values: [url.split('|')[0]] });
  return rows[0]?.definition;
}

/** URLs and versions of all topics that the hospital defined. */
export async function listTopics(db: Queryable): Promise<{ url: string; version: number }[]> {
  const { rows } = await db.query<{ url: string; version: number }>({ name: 'subscriptions.topics', text: 'select url, version from subscriptions.topic order by url' });
  return rows;
}

export async function keepToken(db: Queryable, hash: Buffer, subscriptions: readonly string[], expires: number, now: number): Promise<void> {
  await db.query({ text: 'delete from subscriptions.binding_token where expires < $1', values: [now] });
  await db.query({ text: 'insert into subscriptions.binding_token (hash, subscriptions, expires) values ($1, $2, $3)', values: [hash, subscriptions, expires] });
}

export async function loadToken(db: Queryable, hash: Buffer, now: number): Promise<string[] | undefined> {
  const { rows } = await db.query<{ subscriptions: string[] }>({ text: 'select subscriptions from subscriptions.binding_token where hash = $1 and expires > $2', values: [hash, now] });
  return rows[0]?.subscriptions;
}
