// Days of the hospital's calendar, as patients read them. A day is `yyyy-mm-dd`, without a zone.
import { dateParts, formatDate, formatDayMonth } from '../../lib/format.ts';
import type { Language } from '../../lib/language.tsx';

const long = {
  vi: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const short = { vi: ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };

const dayMs = 86_400_000;

export function dayOf(when: string | number): string {
  const { year, month, day } = dateParts(typeof when === 'number' ? new Date(when).toISOString() : when) ?? { year: '' };
  return `${year}-${month}-${day}`;
}

export function timeOf(when: string): string {
  return dateParts(new Date(when).toISOString())?.time ?? '';
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The Monday on or before it. */
export function mondayOf(day: string): string {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function shortWeekday(day: string, language: Language): string {
  return short[language][weekdayOf(day)] ?? '';
}

/** `Thứ Hai, 23/11/2026`; with `short`: `Thứ Hai, 23/11`. */
export function sayDay(day: string, language: Language, how: 'long' | 'short' = 'long'): string {
  return `${long[language][weekdayOf(day)]}, ${how === 'long' ? formatDate(day, language) : formatDayMonth(day, language)}`;
}

/** `Hôm nay`, `Ngày mai`, else the weekday and the date; with the time. */
export function sayStart(start: string, now: number, language: Language): string {
  const day = dayOf(start);
  const today = dayOf(now);
  const near = { vi: ['Hôm nay', 'Ngày mai'], en: ['Today', 'Tomorrow'] }[language];
  const said = day === today ? near[0] : day === addDays(today, 1) ? near[1] : sayDay(day, language, 'short');
  return `${said}, ${timeOf(start)}`;
}
