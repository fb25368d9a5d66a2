// The acts on one turn: call out of order, recall, begin, finish, skip, return, transfer. Each is done once, however often it is clicked.
import type { QueueTurn, TurnState } from '@sen/contracts';
import { randomId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { callerOf, tellCalled } from './call-next.ts';
import { endTurn, storeEncounter } from './end-turn.ts';
import { findDoctor, findRoom } from './find-room.ts';
import { localDay } from './local-day.ts';
import { returnedPlace, skippedPlace } from './queue-order.ts';
import { noteVisit, tellQueue, tellVisit } from './tell-queue.ts';
import { judgeAct, type TurnAct } from './turn-states.ts';
import { insertTurns, lockTurn, storeBegin, storeCall, storeEnd, storeSkip, storeWaiting, turnsOfVisits, type StoredTurn } from './turn-store.ts';
import { viewTurn } from './view-turn.ts';
import { storeVisitBegan } from './visit-store.ts';

export interface TurnInput {
  readonly turnId: string;
  readonly expected?: TurnState;
  readonly doctor?: string;
}

const recallPauseMs = 3_000;

/** Locks the turn, judges the act, does it once, and gives the turn as it is then. Refuses with `encounters.no-such-turn`, `encounters.turn-moved-on`. */
export async function actOnTurn(work: Work, act: TurnAct, input: TurnInput, steps: (work: Work, turn: StoredTurn) => Promise<string | undefined>): Promise<QueueTurn> {
  return work.transact(async (inner) => {
    const turn = await lockTurn(inner.db, input.turnId);
    if (turn === undefined || (inner.actor.facility !== undefined && inner.actor.facility !== turn.facility)) throw noSuchTurn();
    const shown = judgeAct(act, turn.state, input.expected) === 'do' ? ((await steps(inner, turn)) ?? turn.id) : turn.id;
    noteVisit(inner, turn.visitId, turn.patientId, 'U');
    return viewTurn(inner, (await lockTurn(inner.db, shown))!);
  });
}

/** Calls one turn out of order. */
export function callTurn(work: Work, input: TurnInput): Promise<QueueTurn> {
  return actOnTurn(work, 'call', input, async (inner, turn) => {
    await storeCall(inner.db, turn.id, callerOf(inner, input.doctor), inner.now);
    await tellCalled(inner, turn);
    return undefined;
  });
}

/** Calls again; a second click within 3 s is one call. */
export function recallTurn(work: Work, input: TurnInput): Promise<QueueTurn> {
  return actOnTurn(work, 'recall', input, async (inner, turn) => {
    if (turn.calledAt !== null && inner.now - turn.calledAt.getTime() < recallPauseMs) return undefined;
    await storeCall(inner.db, turn.id, turn.calledBy ?? callerOf(inner, input.doctor), inner.now);
    await tellCalled(inner, turn);
    return undefined;
  });
}

/** The patient is inside: at the first examination the Encounter is in progress. Tells `encounters.visit-began`. */
export function beginTurn(work: Work, input: TurnInput): Promise<QueueTurn> {
  return actOnTurn(work, 'begin', input, async (inner, turn) => {
    const by = turn.calledBy ?? callerOf(inner, input.doctor);
    const room = await findRoom(inner, turn.roomId);
    const doctor = room.doctors.find(({ id }) => id === by) ?? (input.doctor === undefined ? undefined : await findDoctor(inner, input.doctor));
    await storeBegin(inner.db, turn.id, by, doctor, inner.now);
    if (turn.kind === 'exam' && turn.visitBeganAt === null) {
      await storeVisitBegan(inner.db, turn.visitId, inner.now);
      await storeEncounter(inner, { ...turn, ...(doctor && { doctorId: doctor.id, doctorName: doctor.name }) }, 'in-progress', await turnsOfVisits(inner.db, [turn.visitId]));
      await tellVisit(inner, 'began', turn);
    }
    return told(inner, turn);
  });
}

/** This station is done with the patient. */
export function finishTurn(work: Work, input: TurnInput): Promise<QueueTurn> {
  return actOnTurn(work, 'finish', input, async (inner, turn) => {
    await endTurn(inner, turn);
    return undefined;
  });
}

/** Did not come when called. */
export function skipTurn(work: Work, input: TurnInput): Promise<QueueTurn> {
  return actOnTurn(work, 'skip', input, async (inner, turn) => {
    await storeSkip(inner.db, turn.id);
    return told(inner, turn);
  });
}

/** Back into the line. Stations that were not done yet are given up. */
export function returnTurn(work: Work, input: TurnInput): Promise<QueueTurn> {
  return actOnTurn(work, 'return', input, async (inner, turn) => {
    const isBack = turn.state === 'away';
    const stations = isBack ? (await turnsOfVisits(inner.db, [turn.visitId])).filter(({ sentBy, endedAt }) => sentBy === turn.id && endedAt === null) : [];
    for (const station of stations) await storeEnd(inner.db, station.id, 'left', inner.now);
    const place = isBack ? returnedPlace(turn.arrivedAt.getTime(), turn.slotAt?.getTime()) : skippedPlace(inner.now);
    await storeWaiting(inner.db, turn.id, place, isBack || turn.isReturning, inner.now);
    return told(inner, turn, stations.map(({ roomId }) => roomId));
  });
}

/** Moves a turn to another room of the same kind, with its place in line. Refuses with `encounters.other-kind`. Gives the turn in the other room. */
export function transferTurn(work: Work, input: TurnInput & { readonly toRoomId: string }): Promise<QueueTurn> {
  return actOnTurn(work, 'transfer', input, async (inner, turn) => {
    const room = await findRoom(inner, input.toRoomId);
    if (room.kind !== turn.kind || room.id === turn.roomId) throw otherKind();
    const doctor = input.doctor === undefined ? undefined : await findDoctor(inner, input.doctor);
    const id = randomId();
    await storeEnd(inner.db, turn.id, 'moved', inner.now);
    await insertTurns(inner.db, [{
      id, visitId: turn.visitId, facility: turn.facility, day: localDay(inner.now), roomId: room.id, kind: turn.kind, doctorId: doctor?.id ?? null, doctorName: doctor?.name ?? null,
      step: turn.step, sentBy: turn.sentBy, state: 'waiting', slotAt: turn.slotAt?.getTime() ?? null, dueAt: turn.dueAt.getTime(), rule: 'transferred', isLate: turn.isLate,
      isReturning: turn.isReturning, waitingSince: turn.waitingSince.getTime(),
    }]);
    await told(inner, turn, [room.id]);
    return id;
  });
}

async function told(work: Work, turn: StoredTurn, rooms: readonly string[] = []): Promise<undefined> {
  await tellQueue(work, { facility: turn.facility, rooms: [turn.roomId, ...rooms], visits: [turn.visitId] });
}

function noSuchTurn(): Refusal {
  return new Refusal('not-found', 'encounters.no-such-turn', { vi: 'Không có lượt này trong hàng chờ.', en: 'There is no such turn.' });
}

function otherKind(): Refusal {
  return new Refusal('rule', 'encounters.other-kind', { vi: 'Chỉ chuyển được sang phòng khác cùng loại.', en: 'A turn can only move to another room of the same kind.' });
}
