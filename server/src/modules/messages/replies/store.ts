// Calls of providers, and the messages they are about.
import type { Queryable } from '../../../platform/database.ts';
import type { Answer } from '../reply-words.ts';

export type Receipt = 'delivered' | 'read' | 'failed';

export async function hearOnce(db: Queryable, signature: Buffer, now: number): Promise<boolean> {
  const { rowCount } = await db.query({ name: 'messages.hear', text: 'INSERT INTO messages.heard (signature, heard_at) VALUES ($1, to_timestamp($2::float8 / 1000)) ON CONFLICT DO NOTHING', values: [signature, now] });
  return rowCount === 1;
}

/** A receipt moves a message forward only: what was read is not merely delivered again. */
export async function keepReceipt(db: Queryable, adapter: string, providerId: string, state: Receipt, now: number): Promise<void> {
  const before = { delivered: ['sent', 'unsure', 'sending'], read: ['sent', 'unsure', 'sending', 'delivered'], failed: ['sent', 'unsure', 'sending'] }[state];
  await db.query({
    name: 'messages.receipt',
    text: `UPDATE messages.message SET state = $3, lease_until = NULL, changed_at = to_timestamp($4::float8 / 1000), why = CASE WHEN $3 = 'failed' THEN 'not-delivered' END
      WHERE id = (SELECT message FROM messages.attempt WHERE adapter = $1 AND provider_id = $2 LIMIT 1) AND state = ANY ($5)`,
    values: [adapter, providerId, state, now, before],
  });
}

export interface Answerable {
  readonly id: string;
  readonly template: string;
  readonly about_kind: string;
  readonly about_id: string;
}

/** Messages of the last three days to an address that take an answer: the latest of each thing they are about. */
export async function findAnswerable(db: Queryable, address: Buffer, now: number): Promise<Answerable[]> {
  const { rows } = await db.query<Answerable>({
    name: 'messages.answerable',
    text: `SELECT DISTINCT ON (about_kind, about_id) id, template, about_kind, about_id FROM messages.message
      WHERE answerable AND to_hash = $1 AND changed_at > to_timestamp($2::float8 / 1000) - interval '3 days' AND state IN ('sent', 'delivered', 'read', 'unsure') AND answer IS DISTINCT FROM 'cancel'
      ORDER BY about_kind, about_id, changed_at DESC LIMIT 10`,
    values: [address, now],
  });
  return rows;
}

export async function keepAnswer(db: Queryable, id: string, answer: Answer, now: number): Promise<void> {
  await db.query({ name: 'messages.answer', text: 'UPDATE messages.message SET answer = $2, answered_at = to_timestamp($3::float8 / 1000) WHERE id = $1', values: [id, answer, now] });
}
