// Which seats are whose: seats kept for a door or a kind of visit until some hours before the session, and the most that a door may take.
import type { SeatRule } from '@sen/contracts';

const minuteMs = 60_000;

export interface TakenSeat {
  readonly lane: number;
  readonly from: number;
  readonly until: number;
  readonly pool: string;
}

export interface SeatSession {
  readonly from: number;
  readonly until: number;
  readonly stepMinutes: number;
  readonly lanes: number;
  readonly visitTypes: readonly string[];
  readonly seats: readonly SeatRule[];
  readonly taken: readonly TakenSeat[];
}

/** The pool a claim counts in: that of its kind of visit when the session keeps seats for it, else that of its door. */
export function poolOf(session: Pick<SeatSession, 'seats'>, channel: string, visitType: string): string {
  const ofType = `visit-type:${visitType}`;
  return session.seats.some(({ pool }) => pool === ofType) ? ofType : channel;
}

/**
 * May a pool take so many steps more? What other pools still keep for themselves is not for it: the sum over all pools of what they have taken, or keep if
 * that is more, must stay within the session.
 */
export function poolHasRoom(session: SeatSession, pool: string, steps: number, now: number): boolean {
  const used = new Map<string, number>([[pool, steps]]);
  for (const seat of session.taken) used.set(seat.pool, (used.get(seat.pool) ?? 0) + stepsOf(session, (seat.until - seat.from) / minuteMs));
  const limit = session.seats.find((rule) => rule.pool === pool)?.most;
  if (limit !== undefined && used.get(pool)! > limit) return false;
  if (used.get(pool)! <= keptAt(session, pool, now)) return true;
  const pools = new Set([...used.keys(), ...session.seats.map((rule) => rule.pool)]);
  const committed = [...pools].reduce((sum, one) => sum + Math.max(used.get(one) ?? 0, keptAt(session, one, now)), 0);
  return committed <= capacityOf(session);
}

/** Seats of a session: steps times lanes. */
export function capacityOf({ from, until, stepMinutes, lanes }: Pick<SeatSession, 'from' | 'until' | 'stepMinutes' | 'lanes'>): number {
  return Math.floor((until - from) / (stepMinutes * minuteMs)) * lanes;
}

/** A visit takes whole steps, so that no useless minutes are left between two. */
export function stepsOf({ stepMinutes }: Pick<SeatSession, 'stepMinutes'>, minutes: number): number {
  return Math.max(1, Math.ceil(minutes / stepMinutes));
}

/** Seats a pool still keeps for itself at an instant. */
export function keptAt({ seats, from }: Pick<SeatSession, 'seats' | 'from'>, pool: string, now: number): number {
  const rule = seats.find((one) => one.pool === pool);
  return rule === undefined || from - now <= rule.openHoursBefore * 60 * minuteMs ? 0 : rule.kept;
}

export interface Start {
  readonly at: number;
  readonly minutes: number;
  readonly lane: number | undefined;
}

/** The starts of a session that are still to come, each with a lane in which it is free, or none. */
export function startsOf(session: SeatSession, wanted: { readonly channel: string; readonly visitType: string; readonly minutes: number; readonly now: number }): Start[] {
  const { channel, visitType, now } = wanted;
  if (session.visitTypes.length > 0 && !session.visitTypes.includes(visitType)) return [];
  const stepMs = session.stepMinutes * minuteMs;
  const steps = stepsOf(session, wanted.minutes);
  const open = poolHasRoom(session, poolOf(session, channel, visitType), steps, now);
  const starts: Start[] = [];
  for (let at = session.from; at + steps * stepMs <= session.until; at += stepMs) {
    if (at <= now) continue;
    starts.push({ at, minutes: steps * session.stepMinutes, lane: open ? freeLane(session, at, at + steps * stepMs) : undefined });
  }
  return starts;
}

/** The first lane without a claim in a stretch of time. */
export function freeLane(session: Pick<SeatSession, 'lanes' | 'taken'>, from: number, until: number): number | undefined {
  const busy = new Set(session.taken.filter((seat) => seat.from < until && seat.until > from).map(({ lane }) => lane));
  for (let lane = 1; lane <= session.lanes; lane++) if (!busy.has(lane)) return lane;
  return undefined;
}
