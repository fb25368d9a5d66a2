// Dates as half-open intervals [low, high) in ms since 1970 (R4 search §3.1.1.4.7). A partial date means the whole of it, in the hospital's zone.

export interface Interval {
  readonly low: number;
  /** Exclusive. */
  readonly high: number;
}

const shape = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** Interval of a FHIR date, dateTime or instant (also the shorter forms that searches allow); undefined when it is none. */
export function dateInterval(text: string, zone: Zone): Interval | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const y = Number(year);
  if (month === undefined) return local(zone, y, 0, 1, y + 1, 0, 1);
  const m = Number(month) - 1;
  if (m < 0 || m > 11) return undefined;
  if (day === undefined) return local(zone, y, m, 1, y, m + 1, 1);
  const d = Number(day);
  if (d < 1 || d > daysIn(y, m)) return undefined;
  if (hour === undefined) return local(zone, y, m, d, y, m, d + 1);
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined;
  const wall = utc(y, m, d) + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second ?? 0) * 1000;
  const low = wall - (offset === undefined ? zone.offsetMs(wall) : offsetOf(offset));
  if (second === undefined) return { low, high: low + 60_000 };
  if (fraction === undefined) return { low, high: low + 1000 };
  const digits = Math.min(fraction.length - 1, 3);
  const start = low + Math.floor(Number(fraction) * 1000);
  return { low: start, high: start + 10 ** (3 - digits) };
}

export interface Zone {
  /** Offset from UTC, in ms, at a wall-clock time given as if it were UTC. */
  offsetMs(wall: number): number;
}

/** A zone by its IANA name. Việt Nam has kept +07:00 since 1975-06-13; earlier dates use it too, so that index and search agree. */
export function zoneOf(name: string): Zone {
  if (name === 'Asia/Ho_Chi_Minh') return { offsetMs: () => 7 * 3_600_000 };
  if (name === 'UTC') return { offsetMs: () => 0 };
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const at = (instant: number) => {
    const text = format.formatToParts(instant).find((p) => p.type === 'timeZoneName')?.value.slice(3) ?? '';
    return text === '' ? 0 : offsetOf(text);
  };
  return { offsetMs: (wall) => at(wall - at(wall)) };
}

function local(zone: Zone, y1: number, m1: number, d1: number, y2: number, m2: number, d2: number): Interval {
  const low = utc(y1, m1, d1);
  const high = utc(y2, m2, d2);
  return { low: low - zone.offsetMs(low), high: high - zone.offsetMs(high) };
}

function utc(year: number, month: number, day: number): number {
  // Date.UTC reads years 0 to 99 as 1900 to 1999
  return year > 99 ? Date.UTC(year, month, day) : new Date(Date.UTC(2000, month, day)).setUTCFullYear(year, month, day);
}

function daysIn(year: number, month: number): number {
  return new Date(utc(year, month + 1, 0)).getUTCDate();
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6) || 0)) * 60_000;
}
