// The early end of a visit.
import type { Work } from '../../../platform/work.ts';
import { endVisit } from './end-turn.ts';
import { noSuchVisit, presentTurn } from './read-ticket.ts';
import { noteVisit, tellQueue } from './tell-queue.ts';
import { storeLeft, turnsOfVisits } from './turn-store.ts';
import { findVisit, storeLeaveReason, type StoredVisit } from './visit-store.ts';

/** The patient went home: all turns end, and the Encounter with them; the reason is kept with the visit. Done twice, it changes nothing. */
export async function leaveVisit(work: Work, { visitId, reason }: { visitId: string; reason?: string }): Promise<{ visitId: string }> {
  return work.transact(async (inner) => {
    const visit = await lockVisit(inner, visitId);
    if (visit.state !== 'open') return { visitId };
    const turn = presentTurn(await turnsOfVisits(inner.db, [visitId]));
    const rooms = await storeLeft(inner.db, visitId, inner.now);
    if (reason !== undefined) await storeLeaveReason(inner.db, visitId, reason);
    if (turn !== undefined) await endVisit(inner, turn, 'left', await turnsOfVisits(inner.db, [visitId]));
    await tellQueue(inner, { facility: visit.facility, rooms, visits: [visitId] });
    return { visitId };
  });
}

/** The visit, locked until the transaction ends, noted for the audit. Refuses with `encounters.no-such-visit`, also for a visit of another facility. */
export async function lockVisit(work: Work, visitId: string): Promise<StoredVisit> {
  const visit = await findVisit(work.db, visitId, true);
  if (visit === undefined || (work.actor.facility !== undefined && work.actor.facility !== visit.facility)) throw noSuchVisit();
  noteVisit(work, visitId, visit.patientId, 'U');
  return visit;
}
