// The shaped day in model time: each room has one doctor, who takes the next one by a rule. Pure: the same day gives the same figures.
import { placeOf, pickNext, returnedPlace, type InLine, type LineRules } from '../../server/src/modules/encounters/index.ts';
import type { ShapedDay, ShapedPerson, ShapedRoom } from './shape.ts';

export type Order = { readonly by: 'rules'; readonly rules: LineRules } | { readonly by: 'arrival' };

export interface DoctorHabits {
  /** Share of the sessions that begin late, and by how many minutes. */
  readonly lateStartShare: number;
  readonly lateStartMinutes: number;
  /** Minutes between two patients. */
  readonly betweenMinutes: number;
}

/** Way there and back, the wait at the station, and until the result is there: minutes. Assumptions, in bench/README.md. */
const away = { way: 10, laboratory: 40, imaging: 25 };

export interface Seen {
  readonly person: ShapedPerson;
  /** Minutes since midnight at which the first look began. */
  readonly seenAt: number;
}

interface Waiter extends InLine {
  readonly person: ShapedPerson;
  readonly joinedAt: number;
}

const minuteMs = 60_000;

/** Plays the day; gives when each who came was first seen. */
export function simulateDay(day: ShapedDay, order: Order, habits: DoctorHabits): Seen[] {
  const people = Map.groupBy(day.people.filter(({ booked }) => booked?.comes !== false), ({ roomKey }) => roomKey);
  return day.rooms.flatMap((room, i) => simulateRoom(room, people.get(room.key) ?? [], order, habits, i));
}

function simulateRoom(room: ShapedRoom, people: readonly ShapedPerson[], order: Order, habits: DoctorHabits, index: number): Seen[] {
  const coming = people.map((person) => joined(person, order)).sort(byJoining);
  const line: Waiter[] = [];
  const seen: Seen[] = [];
  let returned = 0;
  let clock = room.sessions[0]!.from + lateStart(index, 0, habits);
  for (const [s, session] of room.sessions.entries()) {
    clock = Math.max(clock, session.from + lateStart(index, s, habits));
    const until = room.sessions[s + 1]?.from ?? Number.POSITIVE_INFINITY;
    for (;;) {
      while (coming[0] !== undefined && coming[0].joinedAt <= clock) line.push(coming.shift()!);
      // A session ends when its line is empty; who comes at noon waits for the afternoon.
      if (line.length === 0 && (coming[0] === undefined || coming[0].joinedAt >= until)) break;
      if (line.length === 0) {
        clock = coming[0]!.joinedAt;
        continue;
      }
      const next = order.by === 'rules' ? pickNext(line, clock * minuteMs, returned, order.rules)! : line[0]!;
      line.splice(line.indexOf(next), 1);
      returned = next.returning ? returned + 1 : 0;
      if (!next.returning) seen.push({ person: next.person, seenAt: clock });
      clock += (next.returning ? next.person.returnMinutes : next.person.visitMinutes) + habits.betweenMinutes;
      if (!next.returning && next.person.tests.length > 0) insert(coming, backFromTests(next.person, clock));
    }
  }
  return seen;
}

function joined(person: ShapedPerson, order: Order): Waiter {
  const isFirst = person.age >= 75 || person.age < 6 || person.declared !== undefined;
  const arrivedAt = person.arrivesAt * minuteMs;
  const slotAt = person.booked === undefined ? undefined : person.booked.slotAt * minuteMs;
  const place = placeOf({ class: isFirst ? 'priority' : 'normal', arrivedAt, slotAt }, order.by === 'rules' ? order.rules : undefined);
  return {
    id: person.key, person, class: isFirst ? 'priority' : 'normal', dueAt: place.dueAt, waitingSince: arrivedAt, onTime: slotAt !== undefined && !place.late, returning: false, joinedAt: person.arrivesAt,
  };
}

function backFromTests(person: ShapedPerson, leftAt: number): Waiter {
  const minutes = away.way + Math.max(...person.tests.map((test) => away[test.kind] + test.minutes));
  const slotAt = person.booked === undefined ? undefined : person.booked.slotAt * minuteMs;
  const joinedAt = leftAt + minutes;
  return {
    id: `${person.key}+`, person, class: 'normal', dueAt: returnedPlace(person.arrivesAt * minuteMs, slotAt).dueAt, waitingSince: joinedAt * minuteMs, onTime: false, returning: true, joinedAt,
  };
}

function insert(coming: Waiter[], one: Waiter): void {
  const at = coming.findIndex(({ joinedAt }) => joinedAt > one.joinedAt);
  coming.splice(at < 0 ? coming.length : at, 0, one);
}

function byJoining(a: Waiter, b: Waiter): number {
  return a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1);
}

/** Every so many sessions begin late; which ones is the same in each run. */
function lateStart(room: number, session: number, { lateStartShare, lateStartMinutes }: DoctorHabits): number {
  return ((room * 7 + session * 3) % 20) / 20 < lateStartShare ? lateStartMinutes : 0;
}
