// The day of a room: open, pause, resume, close.
import type { RoomDayState, RoomQueue } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findDoctor, findRoom } from './find-room.ts';
import { localDay } from './local-day.ts';
import { readRoomQueue } from './read-room-queue.ts';
import { lockRoomDay, storeRoomState, type RoomWithDay } from './room-store.ts';
import { tellQueue } from './tell-queue.ts';
import { turnsInLine } from './turn-store.ts';

/** Opens a room; the doctor named, or whoever opens it as a practitioner, works there today beside those who do already. */
export function openRoom(work: Work, { roomId, doctor }: { roomId: string; doctor?: string }): Promise<RoomQueue> {
  return changeDay(work, roomId, async (inner, room) => {
    const id = doctor ?? (inner.actor.roles.includes('doctor') || inner.actor.roles.includes('head') ? inner.actor.practitioner : undefined);
    const doctors = id === undefined || room.doctors.some((one) => one.id === id) ? room.doctors : [...room.doctors, await findDoctor(inner, id)];
    return { state: 'open', doctors };
  });
}

/** Pauses a room for some minutes, or until somebody resumes. */
export function pauseRoom(work: Work, { roomId, minutes, reason }: { roomId: string; minutes?: number; reason?: string }): Promise<RoomQueue> {
  return changeDay(work, roomId, async (inner, room) => ({
    state: 'paused', doctors: room.doctors,
    ...(reason !== undefined && { pauseReason: reason }),
    ...(minutes !== undefined && { pausedUntil: new Date(inner.now + minutes * 60_000) }),
  }));
}

export function resumeRoom(work: Work, { roomId }: { roomId: string }): Promise<RoomQueue> {
  return changeDay(work, roomId, async (_, room) => ({ state: 'open', doctors: room.doctors }));
}

/** Closes a room for today. Refuses with `encounters.room-not-empty` while somebody waits, is inside or away. */
export function closeRoom(work: Work, { roomId }: { roomId: string }): Promise<RoomQueue> {
  return changeDay(work, roomId, async (inner) => {
    const turns = await turnsInLine(inner.db, roomId, localDay(inner.now));
    if (turns.some(({ state }) => state !== 'skipped')) throw notEmpty();
    return { state: 'closed', doctors: [] };
  });
}

interface DayChange {
  readonly state: RoomDayState;
  readonly doctors: RoomWithDay['doctors'];
  readonly pauseReason?: string;
  readonly pausedUntil?: Date;
}

async function changeDay(work: Work, roomId: string, change: (work: Work, room: RoomWithDay) => Promise<DayChange>): Promise<RoomQueue> {
  await work.transact(async (inner) => {
    const day = localDay(inner.now);
    await lockRoomDay(inner.db, roomId, day);
    const room = await findRoom(inner, roomId);
    const next = await change(inner, room);
    await storeRoomState(inner.db, roomId, day, { ...next, openedAt: new Date(inner.now) });
    await tellQueue(inner, { facility: room.facility, rooms: [roomId], visits: [] });
  });
  return readRoomQueue(work, roomId);
}

function notEmpty(): Refusal {
  return new Refusal('rule', 'encounters.room-not-empty', { vi: 'Phòng còn người bệnh. Khám xong hoặc chuyển phòng trước khi đóng.', en: 'There are still patients. See or transfer them before closing.' });
}
