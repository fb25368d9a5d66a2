// How earlier days of the same weekday went.
import type { Queryable } from '../../../platform/database.ts';
import { addDays, instantOf } from '../seats/local-time.ts';

export interface ArrivalHistory {
  /** Earlier days of the same weekday with appointments, of the last eight weeks. */
  readonly days: number;
  /** Of a hundred booked, how many came. */
  readonly showShare: number;
  /** Walk-ins an hour, by hour of the day, as a mean of those days. */
  readonly walkInsAt: ReadonlyMap<number, number>;
}

/** Without history: of a hundred booked, ninety come. The figure is replaced by the hospital's own after three days. */
const commonShowShare = 0.9;

export async function arrivalsByHour(db: Queryable, facility: string, date: string): Promise<ArrivalHistory> {
  const days = Array.from({ length: 8 }, (_, i) => addDays(date, -7 * (i + 1)));
  const { rows } = await db.query<{ days: number; came: number; booked: number }>({
    name: 'booking.history-of-shows',
    text: `SELECT count(DISTINCT day)::int AS days, count(*) FILTER (WHERE state IN ('arrived', 'fulfilled'))::int AS came, count(*)::int AS booked
      FROM booking.appointment WHERE facility = $1 AND day = ANY ($2::date[]) AND state IN ('arrived', 'fulfilled', 'no-show')`,
    values: [facility, days],
  });
  const { days: known, came, booked } = rows[0]!;
  const walkIns = await db.query<{ day: string; at: Date }>({
    name: 'booking.history-of-walk-ins',
    text: `SELECT s.day::text AS day, lower(c.during) AS at FROM booking.claim c JOIN booking.session s ON s.id = c.session_id
      WHERE s.facility = $1 AND s.day = ANY ($2::date[]) AND c.channel = 'walk-in' AND c.state = 'booked'`,
    values: [facility, days],
  });
  const walkInsAt = new Map<number, number>();
  for (const { day, at } of walkIns.rows) {
    const hour = Math.floor((at.getTime() - instantOf(day, 0)) / 3_600_000);
    walkInsAt.set(hour, (walkInsAt.get(hour) ?? 0) + 1 / Math.max(1, known));
  }
  return { days: known, showShare: known >= 3 ? came / booked : commonShowShare, walkInsAt };
}
