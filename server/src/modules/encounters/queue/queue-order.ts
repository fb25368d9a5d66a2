// Who is next. Everyone gets one instant when they join, and the instant decides: nobody who comes later can push them back without end.
import type { PriorityClass } from '@sen/contracts';

export interface LineRules {
  /** Who comes at most this long after the start of the slot keeps it. */
  readonly graceMinutes: number;
  /** Who comes later is due this long after coming: behind those on time at that moment. */
  readonly lateMinutes: number;
  /** Who has no slot is called in gaps, and at the latest is due this long after coming. */
  readonly walkInMinutes: number;
  /** The same for those who go first by law. */
  readonly priorityWalkInMinutes: number;
  /** With a slot, who goes first by law is due this much before it. */
  readonly priorityLeadMinutes: number;
  /** No gap: somebody with a slot who is here is due within this time, and is called early instead. */
  readonly protectMinutes: number;
  /** How many back from tests may go one after the other while somebody on time is due. */
  readonly returnedInRow: number;
}

/** Chosen with the day in model time (bench/results/rules.md). */
export const lineRules: LineRules = {
  graceMinutes: 10,
  lateMinutes: 10,
  walkInMinutes: 90,
  priorityWalkInMinutes: 30,
  priorityLeadMinutes: 5,
  protectMinutes: 5,
  returnedInRow: 2,
};

export interface Joining {
  readonly class: PriorityClass;
  /** ms since 1970. */
  readonly arrivedAt: number;
  readonly slotAt?: number | undefined;
}

export type PlaceRule = 'slot' | 'late' | 'walk-in' | 'station' | 'returned' | 'skipped';

export interface Place {
  readonly dueAt: number;
  readonly rule: PlaceRule;
  readonly late: boolean;
}

export interface InLine {
  readonly id: string;
  readonly class: PriorityClass;
  readonly dueAt: number;
  readonly waitingSince: number;
  /** Has a slot that still holds: not late. */
  readonly onTime: boolean;
  readonly returning: boolean;
}

const minute = 60_000;

/** Gives the place of somebody who joins the line of a doctor: the slot decides, not the arrival. */
export function placeOf(joining: Joining, rules: LineRules = lineRules): Place {
  const isFirst = joining.class !== 'normal';
  const { arrivedAt, slotAt } = joining;
  if (slotAt === undefined) return { dueAt: arrivedAt + (isFirst ? rules.priorityWalkInMinutes : rules.walkInMinutes) * minute, rule: 'walk-in', late: false };
  if (arrivedAt > slotAt + rules.graceMinutes * minute) return { dueAt: arrivedAt + rules.lateMinutes * minute, rule: 'late', late: true };
  return { dueAt: slotAt - (isFirst ? rules.priorityLeadMinutes * minute : 0), rule: 'slot', late: false };
}

/** Back from tests: the place of the slot or of the arrival, which is before all who are due later. */
export function returnedPlace(arrivedAt: number, slotAt: number | undefined): Place {
  return { dueAt: Math.min(arrivedAt, slotAt ?? arrivedAt), rule: 'returned', late: false };
}

/** Back after missing the call: behind those who are due by now. */
export function skippedPlace(now: number): Place {
  return { dueAt: now, rule: 'skipped', late: false };
}

/** At a station (payment, blood, X-ray) everyone is due on coming: first come, first served, after those who go first. */
export function stationPlace(now: number, priority: PriorityClass, rules: LineRules = lineRules): Place {
  return { dueAt: priority === 'priority' ? now - rules.priorityLeadMinutes * 2 * minute : now, rule: 'station', late: false };
}

/**
 * Picks who is called now: emergencies, then the urgent, each by arrival; then those who are due, the earliest first, with at most `returnedInRow` back from
 * tests before one on time. When nobody is due there is a gap: for somebody on time whose slot is about to begin, else for who has none, else for the earliest.
 * `returnedSoFar`: how many back from tests went one after the other until now.
 */
export function pickNext<T extends InLine>(line: readonly T[], now: number, returnedSoFar = 0, rules: LineRules = lineRules): T | undefined {
  const pressing = first(line.filter((one) => pressingRank(one) < 2), (a, b) => pressingRank(a) - pressingRank(b) || a.waitingSince - b.waitingSince);
  if (pressing !== undefined) return pressing;
  const due = line.filter((one) => one.dueAt <= now);
  const others = returnedSoFar >= rules.returnedInRow ? due.filter((one) => !one.returning) : [];
  return first(others, byDue) ?? first(due, byDue) ?? pickForGap(line, now, rules);
}

function pickForGap<T extends InLine>(line: readonly T[], now: number, rules: LineRules): T | undefined {
  const soon = first(line.filter((one) => one.onTime && one.dueAt <= now + rules.protectMinutes * minute), byDue);
  return soon ?? first(line.filter((one) => !one.onTime), byDue) ?? first(line, byDue);
}

function pressingRank(one: InLine): number {
  return one.class === 'emergency' ? 0 : one.class === 'urgent' ? 1 : 2;
}

function byDue(a: InLine, b: InLine): number {
  return a.dueAt - b.dueAt || a.waitingSince - b.waitingSince || (a.id < b.id ? -1 : 1);
}

function first<T>(list: readonly T[], order: (a: T, b: T) => number): T | undefined {
  return list.reduce<T | undefined>((best, one) => (best === undefined || order(one, best) < 0 ? one : best), undefined);
}
