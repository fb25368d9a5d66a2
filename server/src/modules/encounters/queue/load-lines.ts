// Loads the lines of some rooms, in order, in three statements however many rooms there are.
import type { WaitRange } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { localDay } from './local-day.ts';
import { orderRoom, type Waiter } from './room-line.ts';
import { findRooms, lengthsFor, roomsOf, type RoomWithDay } from './room-store.ts';
import { turnsInLines, type StoredTurn } from './turn-store.ts';
import type { InOrder } from './wait-estimate.ts';

export interface Line {
  readonly room: RoomWithDay;
  readonly turns: readonly StoredTurn[];
  readonly order: readonly InOrder<Waiter>[];
  /** What somebody who joined now without a slot would wait. */
  readonly end: WaitRange;
}

export async function loadLines(work: Work, facility: string, roomIds?: readonly string[]): Promise<{ rooms: RoomWithDay[]; lines: Map<string, Line> }> {
  const day = localDay(work.now);
  const rooms = roomIds === undefined ? await roomsOf(work.db, facility, day) : await findRooms(work.db, roomIds, day);
  const turns = await turnsInLines(work.db, facility, day, roomIds ?? null);
  const doctors = new Set([...turns.map(({ doctorId }) => doctorId ?? ''), ...rooms.flatMap((room) => room.doctors.map(({ id }) => id))]);
  const lengths = await lengthsFor(work.db, [...doctors]);
  const byRoom = Map.groupBy(turns, ({ roomId }) => roomId);
  const lines = rooms.map((room): [string, Line] => {
    const here = byRoom.get(room.id) ?? [];
    return [room.id, { room, turns: here, ...orderRoom(here, room, lengths, work.now) }];
  });
  return { rooms, lines: new Map(lines) };
}
