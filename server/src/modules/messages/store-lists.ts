// What administrators see of messages.
import type { MessageLine } from '@sen/contracts';
import type { Queryable } from '../../platform/database.ts';

export interface MessageFilter {
  readonly state?: 'all' | 'waiting' | 'sent' | 'trouble';
  readonly template?: string;
  readonly after?: string;
}

export interface MessageRow {
  readonly id: string;
  readonly template: string;
  readonly purpose: MessageLine['purpose'];
  readonly state: MessageLine['state'];
  readonly channel: NonNullable<MessageLine['channel']> | null;
  readonly to_masked: string | null;
  readonly why: string | null;
  readonly answer: string | null;
  readonly attempts: number;
  readonly created_at: Date;
  readonly due_at: Date;
  readonly changed_at: Date;
}

const groups = { all: null, waiting: ['queued', 'sending'], sent: ['sent', 'delivered', 'read'], trouble: ['failed', 'expired', 'unsure'] } as const;

export async function findMessages(db: Queryable, { state = 'all', template, after }: MessageFilter, most: number): Promise<MessageRow[]> {
  const [at, id] = after?.split('~') ?? [];
  const { rows } = await db.query<MessageRow>({
    plan: 'custom',
    text: `SELECT id, template, purpose, state, channel, to_masked, why, answer, attempts, created_at, due_at, changed_at FROM messages.message
      WHERE purpose <> 'code' AND ($1::text[] IS NULL OR state = ANY ($1)) AND ($2::text IS NULL OR template = $2) AND ($3::timestamptz IS NULL OR (date_trunc('milliseconds', created_at), id) < ($3, $4))
      ORDER BY created_at DESC, id DESC LIMIT $5`,
    values: [groups[state], template ?? null, at !== undefined && Number.isFinite(Date.parse(at)) ? at : null, id ?? '', most],
  });
  return rows;
}

/** Messages changed in the last 24 hours by state, and attempts by channel. */
export async function countLately(db: Queryable, now: number): Promise<{ states: Record<string, number>; channels: Map<string, { sent: number; failed: number }> }> {
  const states = await db.query<{ state: string; n: number }>({
    name: 'messages.count-states', text: "SELECT state, count(*)::int AS n FROM messages.message WHERE purpose <> 'code' AND changed_at > to_timestamp($1::float8 / 1000) - interval '1 day' GROUP BY state", values: [now],
  });
  const channels = await db.query<{ channel: string; sent: number; failed: number }>({
    name: 'messages.count-channels',
    text: "SELECT channel, count(*) FILTER (WHERE outcome = 'accepted')::int AS sent, count(*) FILTER (WHERE outcome <> 'accepted')::int AS failed FROM messages.attempt WHERE began_at > to_timestamp($1::float8 / 1000) - interval '1 day' GROUP BY channel",
    values: [now],
  });
  return { states: Object.fromEntries(states.rows.map(({ state, n }) => [state, n])), channels: new Map(channels.rows.map(({ channel, ...counts }) => [channel, counts])) };
}

/** Queues one again that has failed, or of which nobody knows; false when it is in another state or its words are gone. */
export async function queueAgain(db: Queryable, id: string, now: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'messages.queue-again',
    text: `UPDATE messages.message SET state = 'queued', due_at = to_timestamp($2::float8 / 1000), expires_at = greatest(expires_at, to_timestamp($2::float8 / 1000) + interval '1 hour'), changed_at = to_timestamp($2::float8 / 1000),
        why = NULL, given_up = '{}', channel_attempts = 0 WHERE id = $1 AND state IN ('failed', 'unsure') AND content_sealed IS NOT NULL AND purpose <> 'code'`,
    values: [id, now],
  });
  if (rowCount === 1) await db.query({ name: 'messages.wake', text: "SELECT pg_notify('messages_due', '')" });
  return rowCount === 1;
}

/** Forgets the words of what has been final for some days, and after 400 days that it was. */
export async function purgeOld(db: Queryable, days: number, now: number): Promise<void> {
  await db.query({
    name: 'messages.purge-words',
    text: "UPDATE messages.message SET content_sealed = NULL WHERE content_sealed IS NOT NULL AND state NOT IN ('queued', 'sending') AND (purpose = 'code' OR changed_at < to_timestamp($1::float8 / 1000) - $2::int * interval '1 day')",
    values: [now, days],
  });
  await db.query({ name: 'messages.purge-lines', text: "DELETE FROM messages.message WHERE state NOT IN ('queued', 'sending') AND created_at < to_timestamp($1::float8 / 1000) - interval '400 days'", values: [now] });
  await db.query({ name: 'messages.purge-heard', text: "DELETE FROM messages.heard WHERE heard_at < to_timestamp($1::float8 / 1000) - interval '1 day'", values: [now] });
}
