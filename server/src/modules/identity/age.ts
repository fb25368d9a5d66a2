// Age as clinicians speak it. Pure: the day asked about is passed in.

export interface Age {
  readonly value: number;
  readonly unit: 'days' | 'months' | 'years';
}

const monthsToSpeakOfYears = 72;

/**
 * Tells the age on a day from a birth date that may lack its day or month (`1968`, `1968-03`).
 * Years only when the birth date is only a year; undefined for a birth after that day.
 */
export function ageOn(birthDate: string, day: string): Age | undefined {
  const born = parts(birthDate);
  const now = parts(day);
  if (born === undefined || now === undefined || birthDate > day) return undefined;
  if (born.month === undefined) return { value: now.year - born.year, unit: 'years' };
  const months = monthsBetween(born, now);
  if (months >= monthsToSpeakOfYears) return { value: Math.floor(months / 12), unit: 'years' };
  if (months >= 1 || born.day === undefined) return { value: months, unit: 'months' };
  return { value: Math.round((Date.parse(day) - Date.parse(birthDate)) / 86_400_000), unit: 'days' };
}

interface DateParts {
  readonly year: number;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

function parts(date: string): DateParts | undefined {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date);
  if (match === null) return undefined;
  const [, year, month, day] = match;
  return { year: Number(year), month: month === undefined ? undefined : Number(month), day: day === undefined ? undefined : Number(day) };
}

function monthsBetween(born: DateParts, now: DateParts): number {
  const months = (now.year - born.year) * 12 + (now.month ?? 1) - (born.month ?? 1);
  return (now.day ?? 1) < (born.day ?? 1) ? months - 1 : months;
}

/** The calendar day of an instant in the hospital's zone, as `yyyy-mm-dd`. */
export function dayOf(instant: number, timeZone = 'Asia/Ho_Chi_Minh'): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}
