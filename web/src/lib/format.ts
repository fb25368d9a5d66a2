// Dates, numbers and people as each language writes them. Pure: "now" is passed in where it matters.
import type { Age, Band, Sex } from '@sen/contracts';
import type { Language } from './language.tsx';

const hospitalZone = 'Asia/Ho_Chi_Minh';
const nbsp = '\u00a0';

interface DateParts {
  readonly year: string;
  readonly month?: string;
  readonly day?: string;
  readonly time?: string;
}

const zoned = new Intl.DateTimeFormat('en-GB', {
  timeZone: hospitalZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

/** Takes apart a FHIR date or instant; an instant is told in the hospital's zone, a date has none. */
export function dateParts(when: string): DateParts | undefined {
  if (when.includes('T')) {
    const instant = Date.parse(when);
    if (Number.isNaN(instant)) return undefined;
    const parts = Object.fromEntries(zoned.formatToParts(instant).map((part) => [part.type, part.value]));
    return { year: parts['year'] ?? '', month: parts['month'] ?? '', day: parts['day'] ?? '', time: `${parts['hour']}:${parts['minute']}` };
  }
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(when);
  if (match === null) return undefined;
  const [, year = '', month, day] = match;
  return { year, ...(month !== undefined && { month }), ...(day !== undefined && { day }) };
}

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14/03/1968` or `14 Mar 1968`; a partial date keeps only what is known. */
export function formatDate(when: string, language: Language): string {
  const parts = dateParts(when);
  if (parts === undefined) return when;
  const { year, month, day } = parts;
  if (language === 'vi') return [day, month, year].filter((part) => part !== undefined).join('/');
  return [day === undefined ? undefined : String(Number(day)), month === undefined ? undefined : englishMonths[Number(month) - 1], year].filter((part) => part !== undefined).join(' ');
}

/** Short date beside other things: the time on the same day, day and month in the same year, else the whole date. */
export function formatShort(when: string, now: number, language: Language): string {
  const parts = dateParts(when);
  const today = dateParts(new Date(now).toISOString());
  if (parts === undefined || today === undefined || parts.day === undefined || parts.month === undefined) return formatDate(when, language);
  if (parts.year !== today.year) return formatDate(when, language);
  if (parts.time !== undefined && parts.month === today.month && parts.day === today.day) return parts.time;
  return formatDayMonth(when, language);
}

export function formatDayMonth(when: string, language: Language): string {
  const parts = dateParts(when);
  if (parts?.day === undefined || parts.month === undefined) return formatDate(when, language);
  return language === 'vi' ? `${parts.day}/${parts.month}` : `${Number(parts.day)} ${englishMonths[Number(parts.month) - 1]}`;
}

export function formatDateTime(when: string, language: Language): string {
  const time = dateParts(when)?.time;
  return time === undefined ? formatDate(when, language) : `${formatDate(when, language)}, ${time}`;
}

const weekdays = {
  vi: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

/** `Thứ Hai, 23/11/2026` for the clock of the top bar. */
export function formatToday(now: number, language: Language): { day: string; time: string } {
  const iso = new Date(now).toISOString();
  const parts = dateParts(iso);
  const weekday = new Date(`${parts?.year}-${parts?.month}-${parts?.day}T00:00:00Z`).getUTCDay();
  return { day: `${weekdays[language][weekday]}, ${formatDate(iso, language)}`, time: parts?.time ?? '' };
}

/** Digits as recorded, with the language's decimal and thousands marks: `1234.50` becomes `1.234,50`. Words stay as they are. */
export function formatValue(value: string, language: Language): string {
  const match = /^([<>≤≥]=?)?(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (match === null) return value;
  const [, comparator = '', sign = '', whole = '', decimals] = match;
  const grouped = whole.length > 4 || (whole.length === 4 && decimals === undefined) ? whole.replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',') : whole;
  const point = language === 'vi' ? ',' : '.';
  return `${comparator}${sign === '-' ? '−' : ''}${grouped}${decimals === undefined ? '' : point + decimals}`;
}

export function formatNumber(number: number, language: Language, decimals?: number): string {
  return formatValue(decimals === undefined ? String(number) : number.toFixed(decimals), language);
}

function decimalsOf(number: number): number {
  return /\.(\d+)$/.exec(String(number))?.[1]?.length ?? 0;
}

/** A reference range: `3,5–5,0`, `≥ 60`, `≤ 7,0`, or the laboratory's own words. */
export function formatBand(band: Band | undefined, language: Language): string | undefined {
  if (band === undefined) return undefined;
  const { low, high } = band;
  const decimals = Math.max(low === undefined ? 0 : decimalsOf(low), high === undefined ? 0 : decimalsOf(high));
  const say = (number: number) => formatNumber(number, language, decimals);
  if (low !== undefined && high !== undefined) return `${say(low)}–${say(high)}`;
  if (low !== undefined) return `≥${nbsp}${say(low)}`;
  if (high !== undefined) return `≤${nbsp}${say(high)}`;
  return band.text;
}

const sexWords: Readonly<Record<Language, Readonly<Record<Sex, string>>>> = {
  vi: { male: 'Nam', female: 'Nữ', other: 'Giới khác', unknown: 'Chưa rõ giới' },
  en: { male: 'Male', female: 'Female', other: 'Other sex', unknown: 'Sex unknown' },
};

export function formatSex(sex: Sex, language: Language): string {
  return sexWords[language][sex];
}

/** `58 tuổi`, `31 tháng`, `12 ngày`. */
export function formatAge(age: Age, language: Language): string {
  const vi = { days: 'ngày', months: 'tháng', years: 'tuổi' }[age.unit];
  if (language === 'vi') return `${age.value}${nbsp}${vi}`;
  const en = { days: 'day', months: 'month', years: 'year' }[age.unit];
  return `${age.value}${nbsp}${en}${age.value === 1 ? '' : 's'}`;
}

/** Beside a name, years go without their word: `Nữ, 58` but `Nam, 31 tháng`. */
export function formatSexAge(sex: Sex, age: Age | undefined, language: Language): string {
  if (age === undefined) return formatSex(sex, language);
  return `${formatSex(sex, language)}, ${age.unit === 'years' ? String(age.value) : formatAge(age, language)}`;
}

/** Keeps a number with its unit, and a title with its name, on one line. */
export function glued(text: string): string {
  return text.replace(/(\d) (?=\p{L}|%)/gu, `$1${nbsp}`).replace(/\b(BS|ThS|TS|ĐD|KTV|PGS|GS)\. /g, `$1.${nbsp}`);
}

/** The letter that stands for a Vietnamese name is that of the given name, its last word. */
export function initialOf(name: string): string {
  return (name.trim().split(/\s+/).at(-1) ?? '').charAt(0).toLocaleUpperCase('vi');
}
