// How a day went: who was seen within 15 minutes, and how long people waited.
import type { DayTurn } from '../../encounters/index.ts';

const promiseMs = 15 * 60_000;

export interface Seen {
  readonly visitId: string;
  readonly booked: boolean;
  /** First time with the doctor. */
  readonly at: number;
  readonly waitMs: number;
  /** No later than 15 minutes after the slot, or after arrival for who came later. */
  readonly onTime: boolean;
}

/** First meeting with the doctor of each visit that had one. */
export function seenOf(turns: readonly DayTurn[]): Seen[] {
  const first = new Map<string, DayTurn>();
  for (const turn of turns) {
    if (turn.kind !== 'exam' || turn.firstBeganAt === null) continue;
    const known = first.get(turn.visitId);
    if (known === undefined || known.firstBeganAt! > turn.firstBeganAt) first.set(turn.visitId, turn);
  }
  return [...first.values()].map((turn) => {
    const [at, arrived] = [turn.firstBeganAt!.getTime(), turn.arrivedAt.getTime()];
    const due = Math.max(turn.visitSlotAt?.getTime() ?? arrived, arrived);
    return { visitId: turn.visitId, booked: turn.visitSlotAt !== null, at, waitMs: at - arrived, onTime: at <= due + promiseMs };
  });
}

/** Median and 90th percentile of the wait from arrival, in minutes; nothing for a day on which nobody was seen. */
export function spreadOf(seen: readonly Seen[]): { medianWaitMinutes?: number; p90WaitMinutes?: number } {
  if (seen.length === 0) return {};
  const waits = seen.map(({ waitMs }) => waitMs).sort((one, other) => one - other);
  const at = (share: number) => Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]! / 60_000);
  return { medianWaitMinutes: at(0.5), p90WaitMinutes: at(0.9) };
}
