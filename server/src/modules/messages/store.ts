import type { Queryable } from '../../platform/database.ts';

/** Instant of the one row of messages.foundation. */
export async function foundation(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ laid: Date }>({ name: 'messages.foundation', text: 'SELECT laid FROM messages.foundation' });
  const [row] = rows;
  if (row === undefined) throw new Error('messages.foundation has no row');
  return row.laid.getTime();
}
