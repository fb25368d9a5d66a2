// FHIR dates and times to the letter of R4 §2.24.0.1, and existing in the calendar.

const date = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?';
const zone = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))';
const day = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const time = new RegExp(`^${clock}$`);
const instant = new RegExp(`^${day}T${clock}${zone}$`);

/** Tells whether a text is a FHIR `date`: YYYY, YYYY-MM or YYYY-MM-DD. */
export function isDate(text: string): boolean {
  return date.test(text) && existsInCalendar(text);
}

/** Tells whether a text is a FHIR `instant`: to the second at least, with a zone. */
export function isInstant(text: string): boolean {
  return instant.test(text) && existsInCalendar(text);
}

/** Tells whether a text is a FHIR `dateTime`: a date, or an instant. */
export function isDateTime(text: string): boolean {
  return text.length <= 10 ? isDate(text) : isInstant(text);
}

/** Tells whether a text is a FHIR `time`: hh:mm:ss, no zone. */
export function isTime(text: string): boolean {
  return time.test(text);
}

function existsInCalendar(text: string): boolean {
  if (text.startsWith('0000')) return false;
  if (text.length < 10) return true;
  const dayOfMonth = Number(text.slice(8, 10));
  return dayOfMonth <= 28 || dayOfMonth <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
