// Free times as others ask for them (R4 schedule.html, slot.html): computed from the sessions, never stored. A Schedule is a doctor in a room for a specialty; a
// Slot is one step of a session.
import { createHash } from 'node:crypto';
import { dateInterval, type Resource } from '@sen/fhir';

export interface SchedulePlace {
  readonly facility: string;
  readonly doctorId: string | null;
  readonly doctorName: string | null;
  readonly roomId: string;
  readonly roomName: string;
  readonly specialtyId: string;
  readonly specialtyName: string;
}

/** The same for as long as the doctor works there. */
export function scheduleId({ facility, doctorId, roomId, specialtyId }: SchedulePlace): string {
  return `sch-${createHash('sha256').update([facility, doctorId ?? '', roomId, specialtyId].join('|')).digest('hex').slice(0, 32)}`;
}

/** Names a Slot by its session and start. */
export function slotId(sessionId: string, start: number): string {
  return `${sessionId}.${Math.round(start / 60_000).toString(36)}`;
}

export function slotOf(id: string): { session: string; start: number } | undefined {
  const [, session, minutes] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-z]{1,8})$/.exec(id) ?? [];
  return session === undefined || minutes === undefined ? undefined : { session, start: Number.parseInt(minutes, 36) * 60_000 };
}

export function scheduleResource(place: SchedulePlace, horizon: { readonly from: Date; readonly until: Date }): Resource {
  const { doctorId, doctorName, roomId, roomName } = place;
  return {
    resourceType: 'Schedule', id: scheduleId(place), active: true, specialty: specialtyOf(place),
    actor: [...(doctorId === null ? [] : [{ reference: `Practitioner/${doctorId}`, display: doctorName ?? doctorId }]), { reference: `Location/${roomId}`, display: roomName }],
    planningHorizon: { start: horizon.from.toISOString(), end: horizon.until.toISOString() },
  } as Resource;
}

export type SlotStatus = 'free' | 'busy' | 'busy-unavailable';

export interface SlotFacts {
  readonly session: string;
  readonly start: number;
  readonly minutes: number;
  readonly status: SlotStatus;
  readonly place: SchedulePlace;
  readonly visitTypes: readonly string[];
}

export function slotResource({ session, start, minutes, status, place, visitTypes }: SlotFacts): Resource {
  return {
    resourceType: 'Slot', id: slotId(session, start), schedule: { reference: `Schedule/${scheduleId(place)}`, display: [place.doctorName, place.roomName].filter((part) => part !== null).join(', ') }, status,
    specialty: specialtyOf(place), ...(visitTypes.length === 0 ? {} : { serviceType: visitTypes.map((code) => ({ coding: [{ system: 'urn:sen:visit-type', code }] })) }),
    start: new Date(start).toISOString(), end: new Date(start + minutes * 60_000).toISOString(),
  } as Resource;
}

function specialtyOf({ specialtyId, specialtyName }: SchedulePlace): object[] {
  return [{ coding: [{ system: 'urn:sen:specialty', code: specialtyId, display: specialtyName }], text: specialtyName }];
}

/** What is asked of Schedules or Slots. Lists within are alternatives; a list for each time that a parameter was given. */
export interface SlotSearch {
  readonly ids: readonly (readonly string[])[];
  readonly schedules: readonly (readonly string[])[];
  readonly actors: readonly (readonly string[])[];
  readonly specialties: readonly (readonly string[])[];
  readonly statuses: readonly (readonly string[])[];
  /** ms since 1970, both ends within. */
  readonly from: number;
  readonly until: number;
  readonly withSchedule: boolean;
}

type Zone = Parameters<typeof dateInterval>[1];

const shaping = new Set(['_format', '_pretty', '_elements', '_count', '_page', '_total', '_summary']);

/** Reads a query; gives the name of what booking does not search by instead. */
export function readSlotSearch(type: 'Schedule' | 'Slot', query: URLSearchParams, zone: Zone): SlotSearch | string {
  const lists: Record<'ids' | 'schedules' | 'actors' | 'specialties' | 'statuses', string[][]> = { ids: [], schedules: [], actors: [], specialties: [], statuses: [] };
  let [from, until, withSchedule] = [-Infinity, Infinity, false];
  for (const [name, value] of query) {
    if (shaping.has(name) || value === '' || (name === '_sort' && value === 'start' && type === 'Slot') || (name === 'active' && value === 'true' && type === 'Schedule')) continue;
    const values = value.split(',').map((text) => text.trim());
    const list = listOf(type, name);
    if (list !== undefined) lists[list].push(values.map(list === 'statuses' || list === 'specialties' ? codeOf : bareOf));
    else if (name === '_include' && /^Slot:schedule(:Schedule)?$/.test(value) && type === 'Slot') withSchedule = true;
    else if (name === (type === 'Slot' ? 'start' : 'date') && values.length === 1) {
      const span = spanOf(value, zone);
      if (span === undefined) return name;
      [from, until] = [Math.max(from, span[0]), Math.min(until, span[1])];
    } else return name;
  }
  return { ...lists, from, until, withSchedule };
}

function listOf(type: 'Schedule' | 'Slot', name: string): 'ids' | 'schedules' | 'actors' | 'specialties' | 'statuses' | undefined {
  if (name === '_id') return 'ids';
  if (name === 'specialty') return 'specialties';
  if (type === 'Schedule') return /^actor(:Practitioner|:Location)?$/.test(name) ? 'actors' : undefined;
  if (name === 'status') return 'statuses';
  if (/^schedule(:Schedule)?$/.test(name)) return 'schedules';
  return /^schedule(:Schedule)?\.actor(:Practitioner|:Location)?$/.test(name) ? 'actors' : undefined;
}

/** `http://…/Practitioner/x` and `Practitioner/x` name the same; without a type any may be meant. */
function bareOf(reference: string): string {
  return /(?:^|\/)((?:Practitioner|Location)\/[A-Za-z0-9.-]+)$/.exec(reference)?.[1] ?? reference.slice(reference.lastIndexOf('/') + 1);
}

function codeOf(token: string): string {
  return token.slice(token.lastIndexOf('|') + 1);
}

/** R4 search.html §3.1.1.4.8: a prefix and a date of any precision. */
function spanOf(text: string, zone: Zone): [number, number] | undefined {
  const [, prefix = 'eq', date = ''] = /^(eq|ge|gt|le|lt|sa|eb)?(.*)$/.exec(text.replace(' ', '+')) ?? [];
  const interval = dateInterval(date, zone);
  if (interval === undefined) return undefined;
  const { low, high } = interval;
  const lower = { eq: low, ge: low, gt: high, sa: high }[prefix] ?? -Infinity;
  const upper = { eq: high - 1, le: high - 1, lt: low - 1, eb: low - 1 }[prefix] ?? Infinity;
  return [lower, upper];
}

/** Does a value fit what was asked: one of each list. */
export function fits(lists: readonly (readonly string[])[], ...values: readonly string[]): boolean {
  return lists.every((list) => list.some((wanted) => values.includes(wanted)));
}
