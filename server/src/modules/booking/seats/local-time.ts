// Days and clocks of Asia/Ho_Chi_Minh, which is UTC+7 all year.
const offsetMs = 7 * 3_600_000;
const dayMs = 86_400_000;

/** `2026-11-24` of an instant. */
export function localDay(instant: number): string {
  return new Date(instant + offsetMs).toISOString().slice(0, 10);
}

/** The instant of a minute of a day. */
export function instantOf(day: string, minute: number): number {
  return Date.parse(`${day}T00:00:00Z`) - offsetMs + minute * 60_000;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
