// How long each one in a line will wait, as a range, for the whole room in one pass.
import type { WaitRange } from '@sen/contracts';
import { lineRules, pickNext, type InLine, type LineRules } from './queue-order.ts';

/** Minutes that a turn takes: 20, 50, 60 and 80 of 100 are shorter. */
export interface Length {
  readonly p20: number;
  readonly p50: number;
  readonly p60: number;
  readonly p80: number;
}

export interface Expected extends InLine {
  readonly length: Length;
}

export interface RoomNow {
  /** ms since 1970. */
  readonly now: number;
  /** Doctors or counters that work side by side. */
  readonly servers: number;
  /** Who is called or inside: how long a turn takes, and how long it has been. */
  readonly serving: readonly { readonly length: Length; readonly forMinutes: number }[];
  /** Nobody is called before this instant (a pause, a room not yet open). */
  readonly pausedUntil?: number | undefined;
  readonly returnedInRow: number;
}

export interface InOrder<T> {
  readonly turn: T;
  /** From 1 on. */
  readonly place: number;
  readonly wait: WaitRange;
}

/** Between the 20th and the 80th of 100 lie 2 × 0.8416 standard deviations of a normal distribution. */
const spread = 0.8416;
const minute = 60_000;
/** Between two turns: the call, the way from the chair to the door. */
const betweenMinutes = 0.7;

/**
 * Plays the line forward with usual lengths and gives it in the order in which it will be called. The range is that of the sum of the turns before, which
 * is narrower than the sum of their ranges.
 */
export function expectWaits<T extends Expected>(line: readonly T[], room: RoomNow, rules: LineRules = lineRules): InOrder<T>[] {
  const servers = Math.max(1, room.servers);
  const free = freeAt(room, servers);
  const waiting = [...line];
  const ordered: InOrder<T>[] = [];
  let returned = room.returnedInRow;
  while (waiting.length > 0) {
    free.sort((a, b) => a.mean - b.mean);
    const server = free[0]!;
    const turn = pickNext(waiting, room.now + server.mean * minute, returned, rules)!;
    waiting.splice(waiting.indexOf(turn), 1);
    returned = turn.returning ? returned + 1 : 0;
    ordered.push({ turn, place: ordered.length + 1, wait: rangeOf(server.mean, server.variance) });
    const { mean, variance } = momentsOf(turn.length);
    server.mean += mean + betweenMinutes;
    server.variance += variance;
  }
  return ordered;
}

/** What somebody who joined the line at its end would wait. */
export function waitAtEnd(line: readonly Expected[], room: RoomNow): WaitRange {
  const last: Expected = { id: '~', class: 'normal', dueAt: Number.MAX_SAFE_INTEGER, waitingSince: room.now, onTime: false, returning: false, length: defaultLength };
  return expectWaits([...line, last], room).find(({ turn }) => turn === last)!.wait;
}

/** Where nothing was learned and nobody set anything: an examination of a day at a clinic. */
export const defaultLength: Length = { p20: 5, p50: 8, p60: 9.5, p80: 13 };

interface Server {
  mean: number;
  variance: number;
}

function freeAt(room: RoomNow, servers: number): Server[] {
  const pause = Math.max(0, ((room.pausedUntil ?? 0) - room.now) / minute);
  return Array.from({ length: servers }, (_, i) => {
    const serving = room.serving[i];
    if (serving === undefined) return { mean: pause, variance: 0 };
    const { mean, variance } = momentsOf(serving.length);
    // Longer than usual already: about a third of a usual length is still to come (lengths have a long tail).
    const left = Math.max(mean - serving.forMinutes, mean / 3);
    return { mean: Math.max(pause, left), variance };
  });
}

function momentsOf({ p20, p50, p80 }: Length): Server {
  return { mean: (p20 + p50 + p80) / 3 + (p80 - p50 - (p50 - p20)) * 0.15, variance: ((p80 - p20) / (2 * spread)) ** 2 };
}

function rangeOf(mean: number, variance: number): WaitRange {
  const around = spread * Math.sqrt(variance);
  return { from: Math.max(0, Math.floor(mean - around)), to: Math.max(0, Math.ceil(mean + around)) };
}
