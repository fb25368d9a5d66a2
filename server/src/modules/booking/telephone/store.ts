import type { CallState, HandedOver } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';

export interface StoredCall {
  readonly id: string;
  readonly state: CallState;
  readonly number: string | null;
  readonly extension: string | null;
  readonly began: Date;
  readonly answered: Date | null;
  readonly ended: Date | null;
  readonly handed_over: HandedOver | null;
  readonly appointment: string | null;
  readonly patient: string | null;
  readonly taken_by: string | null;
  readonly taken_by_name: string | null;
}

const columns = 'id, state, number, extension, began, answered, ended, handed_over, appointment, patient, taken_by, taken_by_name';

/** Keeps what was told of a call, whatever the order in which it comes: an ended call stays ended. */
export async function keepCall(db: Queryable, call: { key: string; state: CallState; number?: string; extension?: string }, now: number): Promise<void> {
  await db.query({
    name: 'booking.keep-call',
    text: `INSERT INTO booking.call AS c (key, state, number, extension, began, answered, ended)
           VALUES ($1, $2, $3, $4, $5, CASE WHEN $2 = 'answered' THEN $5::timestamptz END, CASE WHEN $2 = 'ended' THEN $5::timestamptz END)
           ON CONFLICT (key) DO UPDATE SET state = CASE WHEN c.state = 'ended' THEN c.state ELSE excluded.state END, number = coalesce(excluded.number, c.number),
             extension = coalesce(excluded.extension, c.extension), answered = coalesce(c.answered, excluded.answered), ended = coalesce(c.ended, excluded.ended)`,
    values: [call.key, call.state, call.number ?? null, call.extension ?? null, new Date(now)],
  });
}

/** Forgets calls that ended ten minutes ago, and those of which nothing was heard for half a day. */
export async function forgetCalls(db: Queryable, now: number): Promise<void> {
  await db.query({ name: 'booking.forget-calls', text: 'DELETE FROM booking.call WHERE ended < $1 OR (ended IS NULL AND began < $2)', values: [new Date(now - 600_000), new Date(now - 43_200_000)] });
}

export async function presentCalls(db: Queryable, now: number): Promise<StoredCall[]> {
  const { rows } = await db.query<StoredCall>({ name: 'booking.present-calls', text: `SELECT ${columns} FROM booking.call WHERE ended IS NULL OR ended > $1 ORDER BY began LIMIT 200`, values: [new Date(now - 600_000)] });
  return rows;
}

/** Gives the call to an operator unless another has it; undefined when another has, or there is none. */
export async function takeCallFor(db: Queryable, id: string, { id: actor, name }: { id: string; name: string }): Promise<StoredCall | undefined> {
  const { rows } = await db.query<StoredCall>({
    name: 'booking.take-call', text: `UPDATE booking.call SET taken_by = $2, taken_by_name = $3 WHERE id = $1 AND (taken_by IS NULL OR taken_by = $2) RETURNING ${columns}`, values: [id, actor, name],
  });
  return rows[0];
}

/** Adds what the menu learned: whom it was about, what was booked, and why it gave the call to an operator, for whom it rings again. */
export async function noteMenu(db: Queryable, key: string, facts: { patient: string | undefined; appointment: string | undefined; handedOver: HandedOver | undefined; transferred: boolean }): Promise<void> {
  await db.query({
    name: 'booking.note-menu',
    text: `UPDATE booking.call SET patient = coalesce($2, patient), appointment = coalesce($3, appointment), handed_over = coalesce($4, handed_over),
             state = CASE WHEN state = 'ended' THEN state WHEN $4::text IS NOT NULL AND $5 THEN 'ringing' WHEN $4::text IS NULL THEN 'menu' ELSE state END WHERE key = $1`,
    values: [key, facts.patient ?? null, facts.appointment ?? null, facts.handedOver ?? null, facts.transferred],
  });
}
