// A visit as a whole: how soon it must be seen, and its early end.
import type { PriorityClass, PriorityReason } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { endVisit } from './end-turn.ts';
import { placeOf } from './queue-order.ts';
import { noSuchVisit, presentTurn } from './read-ticket.ts';
import { noteVisit, tellQueue } from './tell-queue.ts';
import { ticketText } from './ticket.ts';
import { storeLeft, storePlace, turnsOfVisits } from './turn-store.ts';
import { findVisit, storeLeaveReason, storeTriage, type StoredVisit } from './visit-store.ts';

/** Sets how soon a visit must be seen; the ticket keeps its number, the place in the line of the doctor follows. */
export async function triageVisit(work: Work, input: { visitId: string; class: PriorityClass; reasons: readonly PriorityReason[]; note?: string }) {
  return work.transact(async (inner) => {
    const visit = await lockVisit(inner, input.visitId);
    await storeTriage(inner.db, visit.id, input.class, input.reasons, input.note ?? null);
    const turns = await turnsOfVisits(inner.db, [visit.id]);
    for (const turn of turns.filter(({ kind, state, isReturning }) => kind === 'exam' && state === 'waiting' && !isReturning)) {
      const place = placeOf({ class: input.class, arrivedAt: turn.arrivedAt.getTime(), slotAt: turn.slotAt?.getTime() });
      await storePlace(inner.db, turn.id, place.dueAt);
    }
    await tellQueue(inner, { facility: visit.facility, rooms: turns.map(({ roomId }) => roomId), visits: [visit.id] });
    const note = input.note ?? visit.note;
    return { visitId: visit.id, ticket: ticketText(visit.letter, visit.number), class: input.class, reasons: [...input.reasons], ...(note !== null && { note }) };
  });
}

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

async function lockVisit(work: Work, visitId: string): Promise<StoredVisit> {
  const visit = await findVisit(work.db, visitId, true);
  if (visit === undefined || (work.actor.facility !== undefined && work.actor.facility !== visit.facility)) throw noSuchVisit();
  noteVisit(work, visitId, visit.patientId, 'U');
  return visit;
}
