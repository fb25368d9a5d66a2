// Sends a patient to stations, one after the other; by default they come back to the room that sent them.
import type { QueueTurn, StationKind } from '@sen/contracts';
import { randomId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { actOnTurn, type TurnInput } from './change-turn.ts';
import { storeEncounter } from './end-turn.ts';
import { findRoom } from './find-room.ts';
import { localDay } from './local-day.ts';
import { stationPlace } from './queue-order.ts';
import { roomsOf, type RoomWithDay } from './room-store.ts';
import { tellQueue, tellVisit } from './tell-queue.ts';
import { insertTurns, storeEnd, turnsInLines, turnsOfVisits, type StoredTurn } from './turn-store.ts';
import { storeVisitBegan } from './visit-store.ts';

export interface SendInput extends TurnInput {
  readonly stations: readonly { readonly kind: StationKind; readonly roomId?: string }[];
  readonly back?: boolean;
}

/** Where no room is named, the one of the kind with the fewest who wait. Refuses with `encounters.no-such-station`. */
export function sendTurn(work: Work, input: SendInput): Promise<QueueTurn> {
  return actOnTurn(work, 'send', input, async (inner, turn) => {
    const rooms = await pickRooms(inner, turn, input.stations);
    const back = input.back !== false;
    await storeEnd(inner.db, turn.id, back ? 'away' : 'done', inner.now);
    if (turn.kind === 'exam' && turn.visitBeganAt === null) await begin(inner, turn);
    const turns = await turnsOfVisits(inner.db, [turn.visitId]);
    const step = Math.max(...turns.map((one) => one.step));
    const place = stationPlace(inner.now, turn.class);
    await insertTurns(inner.db, rooms.map((room, i) => ({
      id: randomId(), visitId: turn.visitId, facility: turn.facility, day: localDay(inner.now), roomId: room.id, kind: room.kind, doctorId: null, doctorName: null,
      step: step + 1 + i, sentBy: back ? turn.id : turn.sentBy, state: i === 0 ? 'waiting' : 'planned', slotAt: null, dueAt: place.dueAt, rule: place.rule, isLate: false,
      isReturning: false, waitingSince: inner.now,
    })));
    await tellQueue(inner, { facility: turn.facility, rooms: [turn.roomId, ...rooms.map(({ id }) => id)], visits: [turn.visitId] });
    return undefined;
  });
}

/** Sent on without having been let in on the screen: the examination began with the call. */
async function begin(work: Work, turn: StoredTurn): Promise<void> {
  await storeVisitBegan(work.db, turn.visitId, turn.calledAt?.getTime() ?? work.now);
  await storeEncounter(work, turn, 'in-progress', await turnsOfVisits(work.db, [turn.visitId]));
  await tellVisit(work, 'began', turn);
}

async function pickRooms(work: Work, turn: StoredTurn, stations: SendInput['stations']): Promise<RoomWithDay[]> {
  const day = localDay(work.now);
  const rooms = await roomsOf(work.db, turn.facility, day);
  const waiting = Map.groupBy(await turnsInLines(work.db, turn.facility, day, null), ({ roomId }) => roomId);
  const load = (room: RoomWithDay) => (room.state === 'open' ? 0 : 1_000) + (waiting.get(room.id)?.length ?? 0);
  const picked: RoomWithDay[] = [];
  for (const { kind, roomId } of stations) {
    const room = roomId === undefined ? rooms.filter((one) => one.kind === kind).sort((a, b) => load(a) - load(b))[0] : await findRoom(work, roomId);
    if (room === undefined || room.kind !== kind) throw noSuchStation();
    picked.push(room);
  }
  return picked;
}

function noSuchStation(): Refusal {
  return new Refusal('rule', 'encounters.no-such-station', { vi: 'Cơ sở không có nơi làm việc này.', en: 'The facility has no such station.' });
}
