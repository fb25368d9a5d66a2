// A seat that became free is offered at once to the first who waits for such a one, held for them (half an hour), then for the next.
import type { HospitalEvent, Work } from '../../../platform/work.ts';
import { sealSecret } from '../../../platform/seal.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { readPatient } from '../../identity/index.ts';
import { sendMessage } from '../../messages/index.ts';
import { offerTemplate } from '../appointments/templates.ts';
import { hours } from '../hours.ts';
import { findMinutes } from '../seats/find-minutes.ts';
import { holdSeat } from '../seats/hold-seat.ts';
import { instantOf, localDay } from '../seats/local-time.ts';
import { startsOf } from '../seats/seat-rules.ts';
import { loadSession, type StoredSession } from '../seats/seat-store.ts';
import { hashOf } from '../seats/token.ts';
import { firstWaiting, offeredStarts, sessionsWaitedFor, storeOffer, storeOffered, takeLapsed, type StoredWaiting } from './waiting-store.ts';

/** Nobody can come to a seat that begins sooner. */
const noticeMs = 60 * 60_000;

export async function followFreedSeat(work: Work, event: HospitalEvent): Promise<void> {
  await offerSeats(work, String((event.data as { session?: unknown }).session));
}

/** Nobody is woken for a seat: what becomes free at night is offered in the morning. Minutes of the day. */
const [morning, night] = [7 * 60, 21 * 60];

function isNight(now: number): boolean {
  const minute = (now - instantOf(localDay(now), 0)) / 60_000;
  return minute < morning || minute >= night;
}

/** What became free at night. */
export async function offerInTheMorning(work: Work): Promise<void> {
  for (const session of await sessionsWaitedFor(work.db, localDay(work.now))) await offerSeats(work, session);
}

/** Offers that nobody took go on to the next. */
export async function offerAgain(work: Work): Promise<void> {
  for (const session of await work.transact((inner) => takeLapsed(inner.db, inner.now))) await offerSeats(work, session);
}

/** Offers the free seats of a session, each to the next in line, until there is none or nobody. */
async function offerSeats(work: Work, sessionId: string): Promise<void> {
  if (isNight(work.now)) return;
  const passed: string[] = [];
  for (let offered = 0; offered < 50; offered++) {
    const [found, fits] = await work.transact((inner) => offerOne(inner, sessionId, passed));
    if (found === undefined) return;
    if (!fits) passed.push(found);
  }
}

async function offerOne(work: Work, sessionId: string, passed: readonly string[]): Promise<[string | undefined, boolean]> {
  const session = await loadSession(work.db, sessionId, work.now);
  if (session === undefined || session.state !== 'open') return [undefined, false];
  const part = session.from < instantOf(session.day, 12 * 60) ? 'morning' : 'afternoon';
  const first = await firstWaiting(work.db, work.now, { ...session, part }, passed);
  if (first === undefined) return [undefined, false];
  const asked = await findMinutes(work, first.visitType, session.doctorId);
  const before = await offeredStarts(work.db, first.id, sessionId);
  const start = startsOf(session, { channel: 'app', visitType: asked.code, minutes: asked.minutes, now: work.now + noticeMs }).find(({ at, lane }) => lane !== undefined && !before.has(at));
  return [first.id, start !== undefined && (await offer(work, first, session, start.at))];
}

async function offer(work: Work, first: StoredWaiting, session: StoredSession, start: number): Promise<boolean> {
  try {
    const held = await holdSeat(work, { session: session.id, start, visitType: first.visitType, minutesHeld: hours().offerMinutes }, { channel: 'app', holder: `waiting:${first.id}`, holdsMost: 1 });
    const until = Date.parse(held.until);
    await storeOffer(work.db, first.id, hashOf(held.holdToken), sealSecret(held.holdToken, `waiting:${first.id}`), until);
    await storeOffered(work.db, first.id, session.id, start, work.now);
    const { name } = await readPatient(work, first.patientId);
    const data = { name: name.split(' ').at(-1) ?? '', when: { at: start, as: 'day-time' as const }, room: session.roomName, until: { at: until, as: 'time' as const } };
    await sendMessage(work, { template: offerTemplate.code, to: { patientId: first.patientId }, data, onceKey: `booking.offer:${first.id}:${session.id}:${start}:${until}`, about: { kind: 'waiting', id: first.id }, expires: until });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false; // taken meanwhile, or another seat is offered already
    throw error;
  }
}
