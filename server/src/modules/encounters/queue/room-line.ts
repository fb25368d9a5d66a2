// A room as it stands: who is there in which order, how late it is, how long each will wait. Pure.
import type { QueueRoom, QueueTurn, WaitRange } from '@sen/contracts';
import { ageOn } from '../../identity/index.ts';
import { known } from '../fhir.ts';
import { lengthOf } from './find-length.ts';
import { localDay } from './local-day.ts';
import type { InLine } from './queue-order.ts';
import type { RoomWithDay, StoredLength, StoredRoom } from './room-store.ts';
import { ticketText } from './ticket.ts';
import type { StoredTurn } from './turn-store.ts';
import { expectWaits, waitAtEnd, type Expected, type InOrder, type RoomNow } from './wait-estimate.ts';

const minute = 60_000;

export type Waiter = Expected & { readonly stored: StoredTurn };

/** Somebody in line as the rules see them. */
export function inLine(turn: StoredTurn): InLine {
  return {
    id: turn.id,
    class: turn.class,
    dueAt: turn.dueAt.getTime(),
    waitingSince: turn.waitingSince.getTime(),
    onTime: turn.slotAt !== null && !turn.isLate,
    returning: turn.isReturning,
  };
}

/** The waiting of a room in the order in which they will be called, each with the range of their wait. */
export function orderRoom(turns: readonly StoredTurn[], room: RoomWithDay, lengths: readonly StoredLength[], now: number): { order: InOrder<Waiter>[]; end: WaitRange } {
  const waiting = turns
    .filter(({ state }) => state === 'waiting')
    .map((stored): Waiter => ({ ...inLine(stored), length: lengthOf(lengths, stored.kind, stored.doctorId, stored.visitType), stored }));
  const state = roomNow(turns, room, lengths, now);
  return { order: expectWaits(waiting, state), end: waitAtEnd(waiting, state) };
}

function roomNow(turns: readonly StoredTurn[], room: RoomWithDay, lengths: readonly StoredLength[], now: number): RoomNow {
  const serving = turns.filter(({ state }) => state === 'called' || state === 'inside');
  const counters = new Set(serving.map(({ calledBy }) => calledBy)).size;
  return {
    now,
    servers: Math.max(1, room.doctors.length, counters),
    serving: serving.map((turn) => ({
      length: lengthOf(lengths, turn.kind, turn.doctorId, turn.visitType),
      forMinutes: (Number(turn.servedMs) + (turn.state === 'inside' && turn.beganAt !== null ? now - turn.beganAt.getTime() : 0)) / minute,
    })),
    pausedUntil: room.state === 'paused' ? (room.pausedUntil?.getTime() ?? now + 10 * minute) : undefined,
    returnedInRow: room.returnedInRow,
  };
}

/** Minutes by which the room is behind: the oldest slot of somebody on time who still waits. */
export function lateMinutesOf(turns: readonly StoredTurn[], now: number): number {
  const slots = turns.filter((turn) => turn.state === 'waiting' && turn.slotAt !== null && !turn.isLate && !turn.isReturning).map((turn) => turn.slotAt!.getTime());
  return slots.length === 0 ? 0 : Math.max(0, Math.floor((now - Math.min(...slots)) / minute));
}

export function roomView(room: StoredRoom): QueueRoom {
  const { id, name, short, kind } = room;
  return known({
    id, name, short, kind,
    department: room.departmentId === null ? undefined : { id: room.departmentId, name: room.departmentName ?? '' },
    way: room.way ?? undefined,
  });
}

/** What everybody who shows a room tells of its day. */
export function dayView(room: RoomWithDay, turns: readonly StoredTurn[], now: number) {
  return known({
    state: room.state,
    doctors: room.doctors,
    openedAt: room.openedAt?.toISOString(),
    pause: room.state === 'paused' ? known({ reason: room.pauseReason ?? undefined, until: room.pausedUntil?.toISOString() }) : undefined,
    lateMinutes: lateMinutesOf(turns, now),
  });
}

/** One turn for the staff. */
export function turnView(turn: StoredTurn, now: number, more: Partial<Pick<QueueTurn, 'place' | 'wait' | 'stations'>> = {}): QueueTurn {
  return known({
    id: turn.id,
    visitId: turn.visitId,
    patientId: turn.patientId,
    ticket: ticketText(turn.letter, turn.number),
    name: turn.name,
    sex: turn.sex,
    birthDate: turn.birthDate ?? undefined,
    age: turn.birthDate === null ? undefined : ageOn(turn.birthDate, localDay(now)),
    kind: turn.kind,
    roomId: turn.roomId,
    doctor: turn.doctorId === null ? undefined : { id: turn.doctorId, name: turn.doctorName ?? '' },
    state: turn.state,
    class: turn.class,
    reasons: turn.reasons,
    booked: turn.appointmentId !== null || turn.visitSlotAt !== null,
    appointmentId: turn.appointmentId ?? undefined,
    slotAt: turn.slotAt?.toISOString(),
    arrivedAt: turn.arrivedAt.toISOString(),
    waitingSince: turn.waitingSince.toISOString(),
    calledAt: turn.calledAt?.toISOString(),
    calls: turn.calls,
    beganAt: (turn.firstBeganAt ?? turn.beganAt)?.toISOString(),
    endedAt: turn.endedAt?.toISOString(),
    returning: turn.isReturning,
    late: turn.isLate,
    visitType: turn.visitType ?? undefined,
    reason: turn.reason ?? undefined,
    note: turn.note ?? undefined,
    ...more,
  });
}
