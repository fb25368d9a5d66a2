// When a Consent (R4) begins and ends to hold.
const hanoi = '+07:00';

/** An R4 dateTime as ms since 1970; a period's end of a whole day, month or year holds to the end of it (R4 2.24.0.11), which is exclusive here. */
export function instant(text: string | undefined, end: boolean): number | undefined {
  if (text === undefined) return undefined;
  if (text.includes('T')) return Date.parse(text) + (end ? 1 : 0);
  const [year = 0, month, day] = text.split('-').map(Number);
  if (!end) return Date.parse(`${String(year).padStart(4, '0')}-${two(month ?? 1)}-${two(day ?? 1)}T00:00:00${hanoi}`);
  const after = day !== undefined ? Date.UTC(year, month! - 1, day + 1) : month !== undefined ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return after - 7 * 3_600_000;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** The last day in Vietnam of a period that ends so: `yyyy-mm-dd`. */
export function lastDay(end: string): string {
  return new Date(instant(end, true)! - 1 + 7 * 3_600_000).toISOString().slice(0, 10);
}
