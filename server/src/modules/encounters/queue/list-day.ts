// The visits of a day for whoever draws the day (desk, manager): small facts, one row a turn.
import type { Work } from '../../../platform/work.ts';
import { localDay } from './local-day.ts';
import { lateMinutesOf } from './room-line.ts';
import { ticketText } from './ticket.ts';
import { turnsOfDay, turnsInLines, type StoredTurn } from './turn-store.ts';
import { roomsOf, type RoomWithDay } from './room-store.ts';

export type DayTurn = StoredTurn & { readonly ticket: string };

/** Gives all turns of a day of a facility, or those of some visits; the caller judges who may see them and notes it. */
export async function listDay(work: Work, facility: string, day = localDay(work.now), visitIds?: readonly string[]): Promise<DayTurn[]> {
  return (await turnsOfDay(work.db, facility, day, visitIds ?? null)).map((turn) => ({ ...turn, ticket: ticketText(turn.letter, turn.number) }));
}

/** Gives the rooms of a facility with their state and delay. */
export async function listRoomStates(work: Work, facility: string): Promise<(RoomWithDay & { readonly lateMinutes: number; readonly waiting: number })[]> {
  const day = localDay(work.now);
  const turns = Map.groupBy(await turnsInLines(work.db, facility, day, null), ({ roomId }) => roomId);
  return (await roomsOf(work.db, facility, day)).map((room) => {
    const here = turns.get(room.id) ?? [];
    return { ...room, lateMinutes: lateMinutesOf(here, work.now), waiting: here.filter(({ state }) => state === 'waiting').length };
  });
}
