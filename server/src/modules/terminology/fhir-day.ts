// Days of the hospital's calendar: official lists come into force and end by the day.
import { dateInterval, zoneOf, type Zone } from '@sen/fhir';

let zone: Zone = zoneOf('Asia/Ho_Chi_Minh');

/** Sets the zone of the calendar. Call at start. */
export function setCalendarZone(name: string): void {
  zone = zoneOf(name);
}

/** Day (`2025-07-01`) of an instant in ms since 1970. */
export function dayOfInstant(now: number): string {
  return new Date(now + zone.offsetMs(now)).toISOString().slice(0, 10);
}

/** First day of a FHIR date or dateTime; undefined when it is none. */
export function firstDay(text: unknown): string | undefined {
  const interval = typeof text === 'string' ? dateInterval(text, zone) : undefined;
  return interval && dayOfInstant(interval.low);
}

/** Day after the last one of a FHIR date or dateTime; undefined when it is none, or the end of time (9999-12-31), which is how lists write "open". */
export function dayAfter(text: unknown): string | undefined {
  const interval = typeof text === 'string' ? dateInterval(text, zone) : undefined;
  const day = interval && dayOfInstant(interval.high - 1 + 86_400_000);
  return day?.startsWith('+') === true ? undefined : day;
}

/** The daterange of all days. */
export const everyDay = '[,)';

/** PostgreSQL's daterange from a first day to the day after the last; either may be open. */
export function dayRange(from: string | undefined, until: string | undefined): string {
  if (from !== undefined && until !== undefined && until < from) return 'empty';
  return `[${from ?? ''},${until ?? ''})`;
}
