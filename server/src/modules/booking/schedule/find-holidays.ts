// Days off as the hospital has them: those of the law, with what it changed.
import type { Queryable } from '../../../platform/database.ts';
import { lawHolidays } from './law-holidays.ts';

/** Days off between two days, by date. */
export async function holidaysOf(db: Queryable, facility: string, from: string, until: string): Promise<Map<string, string>> {
  const years = [...new Set([from, until].map((day) => Number(day.slice(0, 4))))];
  const found = new Map(years.flatMap((year) => [...lawHolidays(year)]).filter(([day]) => day >= from && day <= until));
  const { rows } = await db.query<{ day: string; name: string; isOpen: boolean }>({
    name: 'booking.holidays',
    text: 'SELECT day::text AS day, name, is_open AS "isOpen" FROM booking.holiday WHERE facility = $1 AND day BETWEEN $2 AND $3',
    values: [facility, from, until],
  });
  for (const { day, name, isOpen } of rows) {
    if (isOpen) found.delete(day);
    else found.set(day, name);
  }
  return found;
}
