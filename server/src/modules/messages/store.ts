// What is written and read of single messages; delivery has its own queries (delivery/).
import type { Queryable } from '../../platform/database.ts';

export interface NewMessage {
  readonly id: string;
  readonly onceKey: string;
  readonly template: string;
  readonly purpose: string;
  readonly patient: string | null;
  readonly contentSealed: string;
  readonly language: string | null;
  readonly about: { readonly kind: string; readonly id: string } | undefined;
  readonly answerable: boolean;
  readonly priority: number;
  readonly dueAt: number;
  readonly expiresAt: number;
}

/** Channel on which the runners of all processes hear that something is due. */
export const dueChannel = 'messages_due';

/** Adds a message unless its once_key is there already; wakes the runners when the transaction commits. True when it was added. */
export async function addMessage(db: Queryable, message: NewMessage, now: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'messages.add',
    text: `WITH added AS (
        INSERT INTO messages.message (id, once_key, template, purpose, patient, content_sealed, language, about_kind, about_id, answerable, priority, due_at, expires_at, created_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::float8 / 1000), to_timestamp($13::float8 / 1000), to_timestamp($14::float8 / 1000), to_timestamp($14::float8 / 1000))
        ON CONFLICT (once_key) DO NOTHING RETURNING due_at)
      SELECT CASE WHEN $12::float8 <= $14::float8 THEN pg_notify('messages_due', '') END FROM added`,
    values: [
      message.id, message.onceKey, message.template, message.purpose, message.patient, message.contentSealed, message.language, message.about?.kind ?? null, message.about?.id ?? null,
      message.answerable, message.priority, message.dueAt, message.expiresAt, now,
    ],
  });
  return rowCount === 1;
}

/** Withdraws those about something that are still queued; gives how many. */
export async function withdrawQueued(db: Queryable, about: { kind: string; id: string }, templates: readonly string[] | null, now: number): Promise<number> {
  const { rowCount } = await db.query({
    name: 'messages.withdraw',
    text: `UPDATE messages.message SET state = 'withdrawn', content_sealed = NULL, changed_at = to_timestamp($4::float8 / 1000)
      WHERE about_kind = $1 AND about_id = $2 AND state = 'queued' AND ($3::text[] IS NULL OR template = ANY ($3))`,
    values: [about.kind, about.id, templates, now],
  });
  return rowCount;
}
