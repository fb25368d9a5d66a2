import { randomUUID } from 'node:crypto';
import type { Work } from '../../../platform/work.ts';
import { poolOf, startsOf } from './seat-rules.ts';
import { insertWalkIn, loadSession, removeEnded } from './seat-store.ts';

/** Gives somebody who is here without an appointment the next seat left of a session; false when none is. */
export async function takeSeat(work: Work, sessionId: string, patientId: string, visitType: string): Promise<boolean> {
  const session = await loadSession(work.db, sessionId, work.now, true);
  if (session === undefined || session.state !== 'open') return false;
  const minutes = session.stepMinutes;
  const start = startsOf({ ...session, visitTypes: [] }, { channel: 'walk-in', visitType, minutes, now: work.now }).find(({ lane }) => lane !== undefined);
  if (start?.lane === undefined) return false;
  await removeEnded(work.db, sessionId, work.now);
  const until = start.at + start.minutes * 60_000;
  await insertWalkIn(work.db, { id: randomUUID(), sessionId, lane: start.lane, from: start.at, until, pool: poolOf(session, 'walk-in', visitType), visitType, holder: `account:${work.actor.id}`, patientId });
  return true;
}
