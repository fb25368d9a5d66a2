// Instants are milliseconds; everything is written in the hospital's zone, which has had no daylight saving since 1979.

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const year = 365.25 * day;
const zoneMs = 7 * hour;

/** Writes a FHIR dateTime or instant to the second, such as 2026-11-23T08:41:00+07:00. */
export function instantText(at: number): string {
  return `${new Date(at + zoneMs).toISOString().slice(0, 19)}+07:00`;
}

/** Writes a FHIR date, such as 2026-11-23. */
export function dateText(at: number): string {
  return new Date(at + zoneMs).toISOString().slice(0, 10);
}

/** Writes a date as people in Vietnam do: 23/11/2026. */
export function vietnameseDate(at: number): string {
  const text = dateText(at);
  return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)}`;
}

/** Writes a time of day as people in Vietnam do: 08 giờ 41. */
export function vietnameseTime(at: number): string {
  const text = instantText(at);
  return `${text.slice(11, 13)} giờ ${text.slice(14, 16)}`;
}

/** Reads YYYY-MM-DD, or YYYY-MM-DDTHH:MM, as local time. */
export function parseLocal(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00:00+07:00` : `${text}:00+07:00`);
}

export function yearOf(at: number): number {
  return new Date(at + zoneMs).getUTCFullYear();
}

/** Local midnight of the day of an instant. */
export function dayOf(at: number): number {
  return Math.floor((at + zoneMs) / day) * day - zoneMs;
}

/** 0 for Sunday to 6 for Saturday, local. */
export function weekdayOf(at: number): number {
  return new Date(at + zoneMs).getUTCDay();
}

/** Whole years lived. */
export function ageAt(born: number, at: number): number {
  const [birth, then] = [dateText(born), dateText(at)];
  return Number(then.slice(0, 4)) - Number(birth.slice(0, 4)) - (then.slice(5) < birth.slice(5) ? 1 : 0);
}

/** The same day at this local hour; a weekend is moved to the Monday after, because clinics are closed. */
export function clinicHour(at: number, hours: number): number {
  const midnight = dayOf(at);
  const shift = [1, 0, 0, 0, 0, 0, 2][weekdayOf(midnight)]!;
  return midnight + shift * day + Math.round((hours * hour) / minute) * minute;
}
