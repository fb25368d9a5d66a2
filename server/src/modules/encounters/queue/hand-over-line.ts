// A doctor leaves the line of a room before it is seen: fallen ill, or called away.
import type { Work } from '../../../platform/work.ts';
import { findRoom } from './find-room.ts';
import { localDay } from './local-day.ts';
import { lockRoomDay, storeDoctors } from './room-store.ts';
import { noteVisit, tellQueue } from './tell-queue.ts';
import { storeTurnDoctor, turnsInLine, type StoredTurn } from './turn-store.ts';

export interface HandOver {
  readonly roomId: string;
  readonly doctor: string;
  /** Who takes the line over; absent: the turns are given, for `transferTurn`. */
  readonly by?: { readonly id: string; readonly name: string } | undefined;
}

/** Takes a doctor out of a room for today. Gives who waits there for the doctor, first in line first; who is inside already is seen to the end. */
export async function handOverLine(work: Work, { roomId, doctor, by }: HandOver): Promise<StoredTurn[]> {
  return work.transact(async (inner) => {
    const day = localDay(inner.now);
    await lockRoomDay(inner.db, roomId, day);
    const room = await findRoom(inner, roomId);
    const others = room.doctors.filter(({ id }) => id !== doctor);
    if (others.length < room.doctors.length) await storeDoctors(inner.db, roomId, day, by === undefined ? others : [...others.filter(({ id }) => id !== by.id), by]);
    const turns = (await turnsInLine(inner.db, roomId, day)).filter((turn) => turn.kind === 'exam' && turn.doctorId === doctor && ['waiting', 'called', 'skipped'].includes(turn.state));
    if (by !== undefined) await storeTurnDoctor(inner.db, turns.map(({ id }) => id), by);
    for (const { visitId, patientId } of turns) noteVisit(inner, visitId, patientId, by === undefined ? 'R' : 'U');
    await tellQueue(inner, { facility: room.facility, rooms: [roomId], visits: turns.map(({ visitId }) => visitId) });
    return turns.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  });
}
