// Keeps a seat for some minutes. The session row is locked for the few milliseconds of the claim, so that the seats kept for a door are counted one after the
// other; that a seat is taken once is the constraint's to say.
import { randomUUID } from 'node:crypto';
import type { BookingHold } from '@sen/contracts';
import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { noSuchSession, seatTaken, tooManyHolds, wrongVisitType } from '../refusals.ts';
import { hours } from '../hours.ts';
import type { Booker } from './channel-of.ts';
import { findMinutes, type AskedVisit } from './find-minutes.ts';
import { hold } from './hold.ts';
import { freeLane, poolHasRoom, poolOf, stepsOf } from './seat-rules.ts';
import { countHolds, insertHold, loadSession, lockHolder, removeEnded, removeHold, type StoredSession } from './seat-store.ts';
import { hashOf, newToken } from './token.ts';

export interface SeatWish {
  readonly session: string;
  /** ms since 1970. */
  readonly start: number;
  readonly visitType?: string | undefined;
  /** Token of a seat to free in the same step. */
  readonly instead?: string | undefined;
  /** Other than the hospital’s usual. */
  readonly minutesHeld?: number | undefined;
}

/** Holds a seat. Refuses with `booking.seat-taken`, `booking.too-many-holds`, `booking.visit-type-not-here`, `booking.no-such-session`. */
export async function holdSeat(work: Work, wish: SeatWish, booker: Booker): Promise<BookingHold> {
  // A seat that is gone already need not wait for the lock: of a hundred who want it, ninety-nine end here.
  const seen = await openSession(work, wish.session, false);
  const asked = await findMinutes(work, wish.visitType, seen.doctorId);
  laneFor(seen, wish, asked, booker, work.now, wish.instead !== undefined);
  return work.transact(async (inner) => {
    await lockHolder(inner.db, booker.holder);
    if (wish.instead !== undefined) await removeHold(inner.db, hashOf(wish.instead));
    if ((await countHolds(inner.db, booker.holder, inner.now)) >= booker.holdsMost) throw tooManyHolds();
    const session = await openSession(inner, wish.session, true);
    const lane = laneFor(session, wish, asked, booker, inner.now, false);
    return claim(inner, session, lane, wish, asked, booker);
  });
}

async function openSession(work: Work, id: string, lock: boolean): Promise<StoredSession> {
  const session = /^[0-9a-f-]{36}$/.test(id) ? await loadSession(work.db, id, work.now, lock) : undefined;
  if (session === undefined || session.state !== 'open') throw noSuchSession();
  return session;
}

/** `lenient`: the seat to be freed may be the one in the way. */
function laneFor(session: StoredSession, wish: SeatWish, asked: AskedVisit, booker: Booker, now: number, lenient: boolean): number {
  if (session.visitTypes.length > 0 && !session.visitTypes.includes(asked.code)) throw wrongVisitType();
  const stepMs = session.stepMinutes * 60_000;
  const steps = stepsOf(session, asked.minutes);
  const until = wish.start + steps * stepMs;
  const inGrid = (wish.start - session.from) % stepMs === 0 && wish.start >= session.from && until <= session.until && wish.start > now - stepMs;
  if (!inGrid) throw seatTaken();
  if (!lenient && !poolHasRoom(session, poolOf(session, booker.channel, asked.code), steps, now)) throw seatTaken();
  const lane = freeLane(session, wish.start, until);
  if (lane === undefined && !lenient) throw seatTaken();
  return lane ?? 1;
}

async function claim(work: Work, session: StoredSession, lane: number, wish: SeatWish, asked: AskedVisit, booker: Booker): Promise<BookingHold> {
  const [token, heldUntil] = [newToken(), work.now + (wish.minutesHeld ?? hours().holdMinutes) * 60_000];
  const minutes = stepsOf(session, asked.minutes) * session.stepMinutes;
  await removeEnded(work.db, session.id, work.now);
  await insertHold(work.db, {
    id: randomUUID(), sessionId: session.id, lane, from: wish.start, until: wish.start + minutes * 60_000, pool: poolOf(session, booker.channel, asked.code),
    channel: booker.channel, visitType: asked.code, holder: booker.holder, tokenHash: hashOf(token), heldUntil,
  });
  await tellLive(work, `room/${session.roomId}`);
  return hold(session, asked, { token, until: heldUntil, start: wish.start, minutes }, work.language);
}
