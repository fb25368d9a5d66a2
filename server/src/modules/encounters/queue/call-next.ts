// Calls the next one of a room. The day of the room is locked, so that two who call there at once call two patients.
import type { QueueTurn } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { endTurn } from './end-turn.ts';
import { findRoom } from './find-room.ts';
import { localDay } from './local-day.ts';
import { inLine } from './room-line.ts';
import { pickNext } from './queue-order.ts';
import { lockRoomDay, storeReturnedInRow, type RoomWithDay } from './room-store.ts';
import { noteVisit, tellQueue, tellVisit } from './tell-queue.ts';
import { storeCall, turnsInLine, type StoredTurn } from './turn-store.ts';
import { viewTurn } from './view-turn.ts';

export interface Called {
  readonly called: QueueTurn | null;
  readonly finished?: string;
  readonly again: boolean;
  readonly waiting: number;
}

interface Asked {
  readonly roomId: string;
  /** The turn at hand on the caller's screen. */
  readonly current: string | null;
  readonly doctor?: string;
}

/**
 * Calls who is next; who is inside is finished first. With another turn at hand than the caller saw (a second click) it changes nothing and gives that one. Refuses
 * with `encounters.room-paused`. Tells `encounters.visit-called`.
 */
export async function callNext(work: Work, { roomId, current, doctor }: Asked): Promise<Called> {
  const by = callerOf(work, doctor);
  return work.transact(async (inner) => {
    await lockRoomDay(inner.db, roomId, localDay(inner.now));
    const room = await findRoom(inner, roomId);
    if (room.state === 'paused') throw roomPaused();
    const turns = await turnsInLine(inner.db, roomId, localDay(inner.now));
    const line = turns.filter((turn) => turn.state === 'waiting' && mayTake(turn, by, room));
    const hand = turns.find((turn) => (turn.state === 'called' || turn.state === 'inside') && turn.calledBy === by);
    if ((hand?.id ?? null) !== current && hand !== undefined) return { called: viewTurn(inner, hand), again: true, waiting: line.length };
    if (hand !== undefined) await endTurn(inner, hand);
    return { ...(await callFirst(inner, room, line, by)), ...(hand !== undefined && { finished: hand.id }) };
  });
}

/** In whose name is called: the doctor named, oneself as a practitioner, or the account of a counter. */
export function callerOf(work: Work, doctor: string | undefined): string {
  return doctor ?? work.actor.practitioner ?? work.actor.id;
}

/** Who waits for one of the doctors of the room is not called by another; where the doctor does not work today (ill, replaced), whoever works there calls. */
function mayTake(turn: StoredTurn, by: string, room: RoomWithDay): boolean {
  const isDoctor = room.doctors.some(({ id }) => id === by);
  return turn.doctorId === null || turn.doctorId === by || !isDoctor || !room.doctors.some(({ id }) => id === turn.doctorId);
}

async function callFirst(work: Work, room: RoomWithDay, line: StoredTurn[], by: string): Promise<Called> {
  const left = line.map((stored) => ({ ...inLine(stored), stored }));
  for (let next = pickNext(left, work.now, room.returnedInRow); next !== undefined; next = pickNext(left, work.now, room.returnedInRow)) {
    const { stored } = next;
    left.splice(left.indexOf(next), 1);
    if (!(await storeCall(work.db, stored.id, by, work.now))) continue; // taken out of the line since it was read
    const returned = stored.isReturning ? room.returnedInRow + 1 : 0;
    if (returned !== room.returnedInRow) await storeReturnedInRow(work.db, room.id, localDay(work.now), returned);
    await tellCalled(work, stored);
    return { called: viewTurn(work, { ...stored, state: 'called', calledAt: new Date(work.now), calledBy: by, calls: stored.calls + 1 }), again: false, waiting: left.length };
  }
  return { called: null, again: false, waiting: 0 };
}

/** What a call tells, also one out of order. */
export async function tellCalled(work: Work, turn: StoredTurn): Promise<void> {
  noteVisit(work, turn.visitId, turn.patientId, 'U');
  await tellVisit(work, 'called', turn);
  await tellQueue(work, { facility: turn.facility, rooms: [turn.roomId], visits: [turn.visitId] });
}

function roomPaused(): Refusal {
  return new Refusal('rule', 'encounters.room-paused', { vi: 'Phòng đang tạm dừng. Bấm "Tiếp tục" trước khi gọi.', en: 'The room pauses. Resume before calling.' });
}
