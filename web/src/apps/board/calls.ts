// Which calls a screen still has to announce, and how a ticket is read.
import type { BoardLine, BoardRoom } from '@sen/contracts';

export interface Call extends BoardLine {
  readonly room: BoardRoom;
  readonly at: number;
}

/** All calls on the screen, newest first. */
export function callsOf(rooms: readonly BoardRoom[]): Call[] {
  return rooms.flatMap((room) => room.called.flatMap((line) => (line.calledAt === undefined ? [] : [{ ...line, room, at: Date.parse(line.calledAt) }]))).toSorted((a, b) => b.at - a.at);
}

/** One announcement: the same person called again is a new one. */
export function keyOf({ turn, calls, calledAt }: BoardLine): string {
  return `${turn} ${calls ?? 1} ${calledAt ?? ''}`;
}

/** Oldest first. Nothing that stood there when the screen was opened or was called over a minute ago: nobody shall run after a stale call. */
export function newCalls(calls: readonly Call[], announced: ReadonlySet<string>, nowMs: number): Call[] {
  return calls.filter((call) => !announced.has(keyOf(call)) && nowMs - call.at < 60_000).toReversed();
}

/** `A0042` is read `A, 0 0 4 2`: digit by digit, as it stands on the paper. */
export function spoken(ticket: string): string {
  return `${ticket.replace(/\d+$/, '')}, ${(/\d+$/.exec(ticket)?.[0] ?? '').split('').join(' ')}`;
}
