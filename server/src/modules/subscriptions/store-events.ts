// Every query about the events of subscriptions: the queue of deliveries, and the memory of what was told.
import type { Queryable } from '../../platform/database.ts';
import type { Event, Method } from './subscription.ts';

interface Row {
  number: string;
  type: string;
  id: string;
  version: number;
  method: Method;
  occurred: string;
  lane: string;
  attempts: number;
  failure: string | null;
}

const columns = 'number, type, id, version, method, occurred, lane, attempts, failure';

function eventOf(row: Row): Event & { failure?: string } {
  const { type, id, version, method, lane, attempts } = row;
  return { number: Number(row.number), type, id, version, method, occurred: Number(row.occurred), lane, attempts, ...(row.failure === null ? {} : { failure: row.failure }) };
}

export interface NewEvent {
  readonly subscription: string;
  /** Nobody is to be called: it is kept for those who ask. */
  readonly kept: boolean;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly method: Method;
  readonly occurred: number;
  readonly lane: string;
}

/**
 * Numbers events and queues them, in their order. The row of each subscription is locked while its number moves, so that numbers have no gap
 * whatever else happens to it.
 */
export async function addEvents(db: Queryable, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.query({
    name: 'subscriptions.add-events',
    text: `with new as (
        select *, row_number() over (partition by subscription order by n) as place
        from unnest($1::text[], $2::boolean[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bigint[], $8::text[]) with ordinality
          as u(subscription, kept, type, id, version, method, occurred, lane, n)
      ), moved as (
        update subscriptions.subscription s set events = s.events + c.count
        from (select subscription, count(*) from new group by subscription) c where s.id = c.subscription and s.state <> 'off'
        returning s.id, s.events - c.count as before
      )
      insert into subscriptions.event (subscription, number, type, id, version, method, occurred, lane, state)
      select m.id, m.before + new.place, new.type, new.id, new.version, new.method, new.occurred, new.lane, case when new.kept then 'kept' else 'waiting' end
      from new join moved m on m.id = new.subscription`,
    values: [
      events.map((e) => e.subscription), events.map((e) => e.kept), events.map((e) => e.type), events.map((e) => e.id), events.map((e) => e.version),
      events.map((e) => e.method), events.map((e) => e.occurred), events.map((e) => e.lane),
    ],
  });
}

/** Events that may be delivered now, oldest first: none behind one of its lane that failed and still waits. */
export async function listDeliverable(db: Queryable, subscription: string, now: number, limit: number): Promise<Event[]> {
  const { rows } = await db.query<Row>({
    name: 'subscriptions.deliverable',
    text: `select ${columns} from subscriptions.event e
      where subscription = $1 and state = 'waiting' and next_try <= $2 and not exists (
        select from subscriptions.event b where b.subscription = $1 and b.state = 'waiting' and b.attempts > 0 and b.lane = e.lane and b.number < e.number)
      order by number limit $3`,
    values: [subscription, now, limit],
  });
  return rows.map(eventOf);
}

export async function markTold(db: Queryable, subscription: string, numbers: readonly number[]): Promise<void> {
  await db.query({ name: 'subscriptions.told', text: "update subscriptions.event set state = 'told', failure = null where subscription = $1 and number = any($2)", values: [subscription, numbers] });
}

/** One more failed attempt of each; from `most` attempts on it is given up. */
export async function markFailed(db: Queryable, subscription: string, failed: { numbers: readonly number[]; failure: string; most: number; nextTry: number }): Promise<void> {
  await db.query({
    text: `update subscriptions.event set attempts = attempts + 1, next_try = $3, failure = $4, state = case when attempts + 1 >= $5 then 'dead' else state end
      where subscription = $1 and number = any($2)`,
    values: [subscription, failed.numbers, failed.nextTry, failed.failure, failed.most],
  });
}

/** What still waits for a subscription that was switched off is kept for those who ask, and no longer delivered. */
export async function keepWaiting(db: Queryable, subscription: string): Promise<void> {
  await db.query({ text: "update subscriptions.event set state = 'kept' where subscription = $1 and state = 'waiting'", values: [subscription] });
}

/** Events from one number to another, both included. */
export async function listEvents(db: Queryable, subscription: string, from: number, to: number, limit: number): Promise<Event[]> {
  const { rows } = await db.query<Row>({
    name: 'subscriptions.events',
    text: `select ${columns} from subscriptions.event where subscription = $1 and number >= $2 and number <= $3 order by number limit $4`,
    values: [subscription, from, to, limit],
  });
  return rows.map(eventOf);
}

export interface DeadLetter extends Event {
  readonly failure?: string;
}

export async function listDead(db: Queryable, subscription: string, limit: number): Promise<DeadLetter[]> {
  const { rows } = await db.query<Row>({ text: `select ${columns} from subscriptions.event where subscription = $1 and state = 'dead' order by number limit $2`, values: [subscription, limit] });
  return rows.map(eventOf);
}

/** Queues dead letters again, all or those of the numbers. Gives how many. */
export async function reviveDead(db: Queryable, subscription: string, numbers: readonly number[]): Promise<number> {
  const { rowCount } = await db.query({
    text: `update subscriptions.event set state = 'waiting', attempts = 0, next_try = 0 where subscription = $1 and state = 'dead' and (cardinality($2::bigint[]) = 0 or number = any($2))`,
    values: [subscription, numbers],
  });
  return rowCount;
}

export interface Counts {
  readonly waiting: number;
  readonly dead: number;
}

/** How many events of each subscription wait or were given up. */
export async function countEvents(db: Queryable, subscriptions: readonly string[]): Promise<Map<string, Counts>> {
  const { rows } = await db.query<{ subscription: string; waiting: string; dead: string }>({
    text: `select subscription, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'dead') as dead
      from subscriptions.event where subscription = any($1) and state in ('waiting', 'dead') group by subscription`,
    values: [subscriptions],
  });
  return new Map(rows.map((row) => [row.subscription, { waiting: Number(row.waiting), dead: Number(row.dead) }]));
}

/** Forgets events that happened before an instant, save those that still wait for an endpoint that is tried. */
export async function purgeEventsBefore(db: Queryable, instant: number): Promise<number> {
  const { rowCount } = await db.query({ text: `delete from subscriptions.event where occurred < $1
      and (state <> 'waiting' or subscription not in (select id from subscriptions.subscription where state in ('requested', 'active')))`, values: [instant] });
  return rowCount;
}
