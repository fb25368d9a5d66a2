// A station is done with a patient: the next one of the path begins to wait, the sender gets them back, or the visit ends.
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource, updateResource } from '../../record/index.ts';
import { movedEncounter } from '../fhir-visits.ts';
import { returnedPlace, stationPlace } from './queue-order.ts';
import { noteVisit, tellQueue, tellVisit } from './tell-queue.ts';
import { storeEnd, storeWaiting, turnsOfVisits, type StoredTurn } from './turn-store.ts';
import { storeVisitBegan, storeVisitEnded } from './visit-store.ts';

/** Ends a turn at hand and lets the visit go on. Tells `encounters.visit-finished` when nothing is left to do. */
export async function endTurn(work: Work, turn: StoredTurn): Promise<void> {
  await storeEnd(work.db, turn.id, 'done', work.now);
  if (turn.kind === 'exam' && turn.visitBeganAt === null) await storeVisitBegan(work.db, turn.visitId, turn.calledAt?.getTime() ?? work.now);
  const room = await goOn(work, turn);
  noteVisit(work, turn.visitId, turn.patientId, 'U');
  await tellQueue(work, { facility: turn.facility, rooms: [turn.roomId, ...(room === undefined ? [] : [room])], visits: [turn.visitId] });
}

/** Gives the room where the patient waits next; undefined when the visit is over, or goes on elsewhere. */
async function goOn(work: Work, turn: StoredTurn): Promise<string | undefined> {
  const turns = await turnsOfVisits(work.db, [turn.visitId]);
  const next = turns.find(({ state, sentBy }) => state === 'planned' && sentBy === turn.sentBy);
  if (next !== undefined) {
    await storeWaiting(work.db, next.id, stationPlace(work.now, turn.class), false, work.now);
    return next.roomId;
  }
  const sender = turns.find(({ id, state }) => id === turn.sentBy && state === 'away');
  if (sender !== undefined) {
    await storeWaiting(work.db, sender.id, returnedPlace(sender.arrivedAt.getTime(), sender.slotAt?.getTime()), true, work.now);
    return sender.roomId;
  }
  const isOpen = turns.some(({ id, state }) => id !== turn.id && ['planned', 'waiting', 'called', 'inside', 'away', 'skipped'].includes(state));
  if (!isOpen) await endVisit(work, turn, 'done', turns);
  return undefined;
}

/** Ends a visit in our tables and in the record: finished, or cancelled when nobody has seen the patient. Tells `encounters.visit-finished` or `-left`. */
export async function endVisit(work: Work, turn: StoredTurn, state: 'done' | 'left', turns: readonly StoredTurn[]): Promise<void> {
  await storeVisitEnded(work.db, turn.visitId, state, work.now);
  const isSeen = turns.some(({ firstBeganAt }) => firstBeganAt !== null);
  await storeEncounter(work, turn, state === 'done' || isSeen ? 'finished' : 'cancelled', turns);
  await tellVisit(work, state === 'done' ? 'finished' : 'left', turn);
}

/** Writes the next version of the Encounter with the rooms where the patient has been. */
export async function storeEncounter(work: Work, turn: StoredTurn, status: 'in-progress' | 'finished' | 'cancelled', turns: readonly StoredTurn[]): Promise<void> {
  const house = asHouse(work);
  const encounter = await readResource(house, 'Encounter', turn.visitId);
  if (encounter === undefined || encounter['status'] === status) return; // deleted, or written by hand meanwhile: the record has the last word
  const been = turns.flatMap((one) => (one.firstBeganAt === null ? [] : [{ id: one.roomId, name: one.roomName, from: one.firstBeganAt.getTime(), until: one.endedAt?.getTime() }]));
  const doctor = turn.doctorId === null ? undefined : { id: turn.doctorId, name: turn.doctorName ?? '' };
  await updateResource(house, { type: 'Encounter', id: turn.visitId, resource: movedEncounter(encounter, { status, at: work.now, doctor, rooms: been }) });
}
