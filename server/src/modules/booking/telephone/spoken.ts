// Times, days, rooms and names as prompts one after the other: what was recorded once says every date.
import type { PhoneAppointment, PhoneStart } from './phone-desk.ts';
import { prompts } from './prompts.ts';
import { promptKey } from './prompt-key.ts';

const hour = 3_600_000;
/** The hospital’s time: UTC+7 all year (Decision 134/2002/QĐ-TTg). */
const zone = 7 * hour;

function sayTime(instant: string): string[] {
  const local = new Date(Date.parse(instant) + zone);
  const minutes = local.getUTCMinutes();
  return [`n/${local.getUTCHours()}`, 'hour', ...(minutes === 0 ? [] : [`n/${minutes}`])];
}

function sayDay(instant: string): string[] {
  const local = new Date(Date.parse(instant) + zone);
  return [`weekday/${local.getUTCDay()}`, 'day', `n/${local.getUTCDate()}`, 'month', `n/${local.getUTCMonth() + 1}`];
}

/** `Phòng 205` → room, 2, 0, 5; `XN1` → room, X, N, 1. */
function sayRoom(name: string): string[] {
  const [code = ''] = /[A-Z]{0,3}\d{1,4}[A-Z]?/.exec(name.toUpperCase()) ?? [];
  return code === '' ? [] : ['room', ...[...code].map((sign) => (/\d/.test(sign) ? `n/${sign}` : `letter/${sign.toLowerCase()}`))];
}

/** The prompt of a given name; undefined when nobody has recorded it. */
export function sayName(givenName: string): string | undefined {
  const key = `name/${promptKey(givenName)}`;
  return prompts.has(key) ? key : undefined;
}

/** `Nội tiết, bấm phím 1`. */
export function sayChoice(key: string, number: number): string[] {
  const spoken = key.startsWith('specialty/') ? specialtyKey(key.slice('specialty/'.length)) ?? key : key;
  return [spoken, 'press', `n/${number}`];
}

/** The prompt of a specialty, with or without "Khoa" and "Phòng khám" before its name; undefined when there is none. */
export function specialtyKey(name: string): string | undefined {
  const key = `specialty/${promptKey(name.replace(/^(?:phòng khám|khoa|chuyên khoa)\s+/i, ''))}`;
  return prompts.has(key) ? key : undefined;
}

export function sayStart({ start, doctor, room }: PhoneStart): string[] {
  const name = doctor === undefined ? undefined : sayName(doctor.trim().split(/\s+/).at(-1) ?? '');
  return [...sayDay(start), ...sayTime(start), ...(name === undefined ? [] : ['doctor', name]), ...sayRoom(room)];
}

/** Arrival first: that is when to be there. */
export function sayAppointment({ start, arriveAt, room }: PhoneAppointment): string[] {
  return [...sayDay(start), ...sayTime(start), ...sayRoom(room), 'arrive-at', ...sayTime(arriveAt)];
}
