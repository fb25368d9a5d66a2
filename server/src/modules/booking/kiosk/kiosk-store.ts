// Every query of the numbers for the desk.
import type { Queryable } from '../../../platform/database.ts';

export interface StoredNumber {
  readonly id: string;
  readonly number: number;
  readonly given: Date;
  readonly help: boolean;
  readonly kiosk: string;
}

/** Gives the next number of the day; the counter's row lets one kiosk through after the other. */
export async function giveNumber(db: Queryable, one: { facility: string; day: string; help: boolean; kiosk: string; now: number }): Promise<number> {
  const { rows } = await db.query<{ number: number }>({
    name: 'booking.give-desk-number',
    text: `WITH counted AS (
             INSERT INTO booking.desk_count AS c (facility, day, last) VALUES ($1, $2, 1) ON CONFLICT (facility, day) DO UPDATE SET last = c.last + 1 RETURNING last
           )
           INSERT INTO booking.desk_number (facility, day, number, given, help, kiosk) SELECT $1, $2, last, $3, $4, $5 FROM counted RETURNING number`,
    values: [one.facility, one.day, new Date(one.now), one.help, one.kiosk],
  });
  return rows[0]!.number;
}

export async function openNumbers(db: Queryable, facility: string, day: string): Promise<StoredNumber[]> {
  const text = 'SELECT id, number, given, help, kiosk FROM booking.desk_number WHERE facility = $1 AND day = $2 AND served IS NULL ORDER BY help DESC, number LIMIT 100';
  return (await db.query<StoredNumber>({ name: 'booking.open-desk-numbers', text, values: [facility, day] })).rows;
}

/** Marks it served; served already or of another facility, undefined. */
export async function storeServed(db: Queryable, id: string, facility: string, by: string, now: number): Promise<number | undefined> {
  const text = 'UPDATE booking.desk_number SET served = $3, served_by = $4 WHERE id = $1 AND facility = $2 AND served IS NULL RETURNING number';
  return (await db.query<{ number: number }>({ name: 'booking.serve-desk-number', text, values: [id, facility, new Date(now), by] })).rows[0]?.number;
}
