// Days as the law counts them: working days of Vietnam, the day of receipt not counted (Bộ luật Dân sự 91/2015/QH13 Điều 147).

/** Days that differ from the week: days off, and weekend days worked in exchange. `yyyy-mm-dd`. */
export type Calendar = ReadonlyMap<string, boolean>;

const dayMs = 86_400_000;
const hanoiMs = 7 * 3_600_000;

/** The day in Vietnam of an instant. */
export function dayIn(now: number): string {
  return new Date(now + hanoiMs).toISOString().slice(0, 10);
}

function isWorkingDay(day: string, calendar: Calendar): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return calendar.get(day) ?? (weekday !== 0 && weekday !== 6);
}

/** The last day of a limit of some working days that begins the day after. */
export function addWorkingDays(day: string, days: number, calendar: Calendar): string {
  let at = day;
  for (let left = days; left > 0; ) {
    at = nextDay(at);
    if (isWorkingDay(at, calendar)) left--;
  }
  return at;
}

/** Working days from a day to the due day; 0 on the due day itself, negative after it. */
export function workingDaysLeft(day: string, due: string, calendar: Calendar): number {
  const [from, to] = day <= due ? [day, due] : [due, day];
  let count = 0;
  for (let at = nextDay(from); at <= to; at = nextDay(at)) if (isWorkingDay(at, calendar)) count++;
  return day <= due ? count : -Math.max(count, 1);
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}
