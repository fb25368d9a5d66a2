import { randomBytes } from 'node:crypto';
import type { Work } from '../../../platform/work.ts';
import type { StoredAppointment } from '../appointments/appointment-store.ts';
import { moveAppointment } from '../appointments/move-appointment.ts';
import { loadAppointment } from '../appointments/appointment-store.ts';
import { findMinutes } from '../seats/find-minutes.ts';
import { holdSeat } from '../seats/hold-seat.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { startsOf } from '../seats/seat-rules.ts';
import { findSessions } from '../seats/seat-store.ts';

const daysSearched = 14;
/** Nobody is moved to a time they could not come to. */
const soonestMs = 30 * 60_000;

/** Moves an appointment to the soonest free seat of its specialty at its time or later; undefined when there is none within two weeks. */
export async function moveToNextFree(work: Work, one: StoredAppointment): Promise<StoredAppointment | undefined> {
  const after = Math.max(one.start.getTime(), work.now + soonestMs);
  const from = localDay(after);
  const sessions = await findSessions(work.db, { facility: one.facility, from, until: addDays(from, daysSearched), specialty: one.specialtyId }, work.now);
  const holder = `house:${randomBytes(9).toString('base64url')}`;
  for (const day of new Set(sessions.map((session) => session.day))) {
    const starts: { session: string; at: number }[] = [];
    for (const session of sessions.filter((each) => each.day === day)) {
      const { minutes } = await findMinutes(work, one.visitType, session.doctorId);
      for (const start of startsOf(session, { channel: 'desk', visitType: one.visitType, minutes, now: work.now })) if (start.lane !== undefined && start.at >= after) starts.push({ session: session.id, at: start.at });
    }
    const soonest = starts.sort((a, b) => a.at - b.at)[0];
    if (soonest === undefined) continue;
    const held = await holdSeat(work, { session: soonest.session, start: soonest.at, visitType: one.visitType }, { channel: 'desk', holder, holdsMost: 1 });
    return moveAppointment(work, async (inner) => (await loadAppointment(inner.db, one.id, true))!, held.holdToken, holder);
  }
  return undefined;
}
