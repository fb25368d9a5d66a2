import type { Queryable } from '../../platform/database.ts';

/** Instant of the one row of booking.foundation. */
export async function foundation(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ laid: Date }>({ name: 'booking.foundation', text: 'SELECT laid FROM booking.foundation' });
  const [row] = rows;
  if (row === undefined) throw new Error('booking.foundation has no row');
  return row.laid.getTime();
}
