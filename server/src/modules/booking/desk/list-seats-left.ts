import type { Work } from '../../../platform/work.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { startsOf } from '../seats/seat-rules.ts';
import { findSessions, type StoredSession } from '../seats/seat-store.ts';
import { usualVisitType } from '../seats/visit-type-store.ts';

export interface RoomSeats {
  readonly session: StoredSession;
  /** Seats still to come that somebody without an appointment may take. */
  readonly seatsLeft: number;
  readonly firstFree: number | undefined;
}

/** Sessions of today that are not over, with what is left for who comes without an appointment; soonest seat first. */
export async function listSeatsLeft(work: Work, { room, specialty }: { room?: string | undefined; specialty?: string | undefined }): Promise<RoomSeats[]> {
  const [facility, today] = [await findFacility(work), localDay(work.now)];
  const sessions = await findSessions(work.db, { facility, from: today, until: today, room, specialty }, work.now);
  return sessions.filter(({ until }) => until > work.now).map((session) => seatsOf(session, work.now)).sort((one, other) => (one.firstFree ?? Infinity) - (other.firstFree ?? Infinity) || other.seatsLeft - one.seatsLeft);
}

function seatsOf(session: StoredSession, now: number): RoomSeats {
  const starts = startsOf({ ...session, visitTypes: [] }, { channel: 'walk-in', visitType: usualVisitType, minutes: session.stepMinutes, now });
  const free = starts.filter(({ lane }) => lane !== undefined);
  return { session, seatsLeft: free.length, firstFree: free[0]?.at };
}
