// The visits of a day for whoever draws the day (desk, manager): small facts, one row a turn; and what changed of them since.
import type { Work } from '../../../platform/work.ts';
import { localDay } from './local-day.ts';
import { lateMinutesOf } from './room-line.ts';
import { roomsOf, type RoomWithDay } from './room-store.ts';
import { ticketText } from './ticket.ts';
import { oldestOpen, turnsOfDay, turnsOfVisits, visitsChanged, type StoredTurn } from './turn-store.ts';

export type DayTurn = StoredTurn & { readonly ticket: string };

export interface DayChanges {
  /** Give it as `since` the next time. */
  readonly upTo: string;
  /** All turns of the visits that changed, by visit and step. */
  readonly turns: DayTurn[];
}

/** Gives the turns of a day of a facility; with `since`, all turns of the visits that changed after that answer. The caller judges who may see them and notes it. */
export async function listDay(work: Work, facility: string, day: string, since?: string): Promise<DayChanges> {
  if (since === undefined) {
    // Asked first: what is committed between the two statements is given twice, never left out.
    const upTo = await oldestOpen(work.db);
    return { upTo, turns: (await turnsOfDay(work.db, facility, day)).map(ticketed) };
  }
  const { upTo, visits } = await visitsChanged(work.db, facility, day, since);
  return { upTo, turns: (await turnsOfVisits(work.db, visits)).map(ticketed) };
}

function ticketed(turn: StoredTurn): DayTurn {
  return { ...turn, ticket: ticketText(turn.letter, turn.number) };
}

/** Gives the rooms of a facility today with their state and, from the turns of the day, their delay. */
export async function listRoomStates(work: Work, facility: string, turns: Iterable<DayTurn>): Promise<(RoomWithDay & { readonly lateMinutes: number })[]> {
  const waiting = Map.groupBy([...turns].filter(({ state }) => state === 'waiting'), ({ roomId }) => roomId);
  return (await roomsOf(work.db, facility, localDay(work.now))).map((room) => ({ ...room, lateMinutes: lateMinutesOf(waiting.get(room.id) ?? [], work.now) }));
}
