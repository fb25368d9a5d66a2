// The queries of delivery. Times come from the work: a rehearsed day has a clock of its own.
import type { Queryable } from '../../../platform/database.ts';
import type { MessageChannel, MessagePurpose } from '@sen/contracts';

export interface Claimed {
  readonly id: string;
  readonly template: string;
  readonly purpose: MessagePurpose;
  readonly patient: string | null;
  readonly content: string;
  readonly language: 'vi' | 'en' | null;
  readonly about: string | null;
  readonly expiresAt: number;
  readonly attempts: number;
  readonly channel: MessageChannel | null;
  readonly channelAttempts: number;
  readonly givenUp: readonly MessageChannel[];
}

const columns = `id, template, purpose, patient, content_sealed AS content, language, about_kind || '/' || about_id AS about, (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt",
  attempts, channel, channel_attempts AS "channelAttempts", given_up AS "givenUp"`;

/** Takes due messages for two minutes, most urgent first; another process takes others. With `only`: that one message, due or not. */
export async function claimDue(db: Queryable, now: number, most: number, only?: string): Promise<Claimed[]> {
  const { rows } = await db.query<Claimed>({
    name: only === undefined ? 'messages.claim' : 'messages.claim-one',
    text: `UPDATE messages.message SET state = 'sending', lease_until = to_timestamp($1::float8 / 1000) + interval '2 minutes', changed_at = to_timestamp($1::float8 / 1000)
      WHERE id IN (SELECT id FROM messages.message WHERE state = 'queued' AND ${only === undefined ? 'due_at <= to_timestamp($1::float8 / 1000)' : 'id = $3'} ORDER BY priority, due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}`,
    values: [now, most, ...(only === undefined ? [] : [only])],
  });
  return rows;
}

/** When the next queued message is due, in ms since 1970. */
export async function nextDue(db: Queryable): Promise<number | undefined> {
  const { rows } = await db.query<{ at: number | null }>({ name: 'messages.next-due', text: "SELECT (extract(epoch FROM min(due_at)) * 1000)::float8 AS at FROM messages.message WHERE state = 'queued'" });
  return rows[0]?.at ?? undefined;
}

/** Reserves a place in the pace of a provider (GCRA); gives when it may be called. */
export async function reservePace(db: Queryable, adapter: string, perSecond: number, now: number): Promise<number> {
  const { rows } = await db.query<{ at: number }>({
    name: 'messages.pace',
    text: `INSERT INTO messages.pace AS p (adapter, next_at) VALUES ($1, to_timestamp($2::float8 / 1000) + $3::float8 * interval '1 second')
      ON CONFLICT (adapter) DO UPDATE SET next_at = greatest(p.next_at, to_timestamp($2::float8 / 1000)) + $3::float8 * interval '1 second'
      RETURNING (extract(epoch FROM next_at) * 1000 - $3::float8 * 1000)::float8 AS at`,
    values: [adapter, now, 1 / perSecond],
  });
  return rows[0]?.at ?? now;
}

/** Notes, before the provider is called, that it will be. */
export async function beginAttempt(db: Queryable, attempt: { id: string; channel: string; adapter: string; masked: string; hash: Buffer | null }, now: number): Promise<number> {
  const { rows } = await db.query<{ number: number }>({
    name: 'messages.begin-attempt',
    text: `WITH counted AS (
        UPDATE messages.message SET attempts = attempts + 1, channel_attempts = CASE WHEN channel = $2 THEN channel_attempts + 1 ELSE 1 END, channel = $2, to_masked = $4, to_hash = $5
        WHERE id = $1 AND state = 'sending' RETURNING id, attempts)
      INSERT INTO messages.attempt (message, number, channel, adapter, began_at) SELECT id, attempts, $2, $3, to_timestamp($6::float8 / 1000) FROM counted RETURNING number`,
    values: [attempt.id, attempt.channel, attempt.adapter, attempt.masked, attempt.hash, now],
  });
  if (rows[0] === undefined) throw new Error('the message is no longer ours to send');
  return rows[0].number;
}

export async function endAttempt(db: Queryable, end: { id: string; number: number; outcome: string; why: string | null; providerId: string | null }, now: number): Promise<void> {
  await db.query({
    name: 'messages.end-attempt', text: 'UPDATE messages.attempt SET ended_at = to_timestamp($6::float8 / 1000), outcome = $3, why = $4, provider_id = $5 WHERE message = $1 AND number = $2',
    values: [end.id, end.number, end.outcome, end.why, end.providerId, now],
  });
}

export interface Change {
  readonly state: string;
  readonly why?: string;
  /** When it is to be tried again. */
  readonly dueAt?: number;
  readonly giveUp?: MessageChannel;
}

/** Ends the hold on a message. A receipt that came before this is not undone. */
export async function changeState(db: Queryable, id: string, { state, why, dueAt, giveUp }: Change, now: number): Promise<void> {
  await db.query({
    name: 'messages.change-state',
    text: `UPDATE messages.message SET state = $2, lease_until = NULL, changed_at = to_timestamp($3::float8 / 1000), why = $4, due_at = coalesce(to_timestamp($5::float8 / 1000), due_at),
        given_up = CASE WHEN $6::text IS NULL THEN given_up ELSE array_append(given_up, $6) END WHERE id = $1 AND state = 'sending'`,
    values: [id, state, now, why ?? null, dueAt ?? null, giveUp ?? null],
  });
}

/**
 * Takes back what a process held that is gone. Where no provider had been called, or takes the same message twice as one, it is queued again;
 * otherwise nobody knows whether the person has it, and a person decides.
 */
export async function takeBackLost(db: Queryable, idempotent: readonly string[], now: number): Promise<number> {
  const { rowCount } = await db.query({
    name: 'messages.take-back',
    text: `UPDATE messages.message m SET lease_until = NULL, changed_at = to_timestamp($2::float8 / 1000),
        state = CASE WHEN cut.adapter IS NULL OR cut.adapter = ANY ($1) THEN 'queued' ELSE 'unsure' END,
        why = CASE WHEN cut.adapter IS NULL OR cut.adapter = ANY ($1) THEN m.why ELSE 'interrupted' END
      FROM (SELECT l.id, a.adapter FROM messages.message l LEFT JOIN messages.attempt a ON a.message = l.id AND a.number = l.attempts AND a.ended_at IS NULL
        WHERE l.state = 'sending' AND l.lease_until < to_timestamp($2::float8 / 1000) FOR UPDATE OF l SKIP LOCKED) cut WHERE m.id = cut.id`,
    values: [idempotent, now],
  });
  return rowCount;
}
