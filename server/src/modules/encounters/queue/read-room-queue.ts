// The queue of one room, and the list of rooms.
import type { QueueTurn, RoomLine, RoomQueue, StationKind } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../../security/index.ts';
import { known } from '../fhir.ts';
import { facilityOf, findRoom } from './find-room.ts';
import { loadLines, type Line } from './load-lines.ts';
import { localDay } from './local-day.ts';
import { dayView, roomView } from './room-line.ts';
import { ticketText } from './ticket.ts';
import { countDone, turnsDone, turnsOfVisits, type StoredTurn } from './turn-store.ts';
import { viewTurn } from './view-turn.ts';

const doneShown = 50;

/** Reads the queue of a room: who is there, in the order in which they will be called. */
export async function readRoomQueue(work: Work, roomId: string): Promise<RoomQueue> {
  const { facility } = await findRoom(work, roomId);
  const day = localDay(work.now);
  const { lines } = await loadLines(work, facility, [roomId]);
  const { room, turns, order } = lines.get(roomId)!;
  const done = await turnsDone(work.db, roomId, day, doneShown);
  const stations = await stationsOf(work, turns.filter(({ state }) => state === 'away'));
  tellAudit(work, { patients: [...new Set([...turns, ...done].map(({ patientId }) => patientId))] });
  const all = (...states: string[]) => turns.filter(({ state }) => states.includes(state)).map((turn) => viewTurn(work, turn));
  const away = turns.filter(({ state }) => state === 'away').map((turn) => viewTurn(work, turn, { stations: stations.get(turn.id) ?? [] }));
  const skipped = all('skipped');
  return {
    room: roomView(room),
    ...dayView(room, turns, work.now),
    now: all('called', 'inside'),
    waiting: order.map(({ turn, place, wait }) => viewTurn(work, turn.stored, { place, wait })),
    away, skipped,
    done: done.map((turn) => viewTurn(work, turn)),
    counts: { waiting: order.length, away: away.length, skipped: skipped.length, done: (await countDone(work.db, facility, day)).get(roomId) ?? 0 },
    at: new Date(work.now).toISOString(),
  };
}

async function stationsOf(work: Work, away: readonly StoredTurn[]): Promise<Map<string, NonNullable<QueueTurn['stations']>>> {
  const turns = await turnsOfVisits(work.db, away.map(({ visitId }) => visitId));
  const { rooms } = await loadNames(work, turns);
  const found = new Map<string, NonNullable<QueueTurn['stations']>>();
  for (const { id } of away) {
    const sent = turns.filter(({ sentBy }) => sentBy === id);
    found.set(id, sent.map((one) => ({ turnId: one.id, kind: one.kind, roomId: one.roomId, roomName: rooms.get(one.roomId) ?? '', state: one.state })));
  }
  return found;
}

async function loadNames(work: Work, turns: readonly StoredTurn[]): Promise<{ rooms: Map<string, string> }> {
  const ids = [...new Set(turns.map(({ roomId }) => roomId))];
  if (ids.length === 0) return { rooms: new Map() };
  const { rooms } = await loadLines(work, turns[0]!.facility, ids);
  return { rooms: new Map(rooms.map(({ id, name }) => [id, name])) };
}

/** Lists the rooms of the facility with the state of their queues, in four statements. */
export async function listRooms(work: Work, { kind, mine }: { kind?: StationKind; mine?: boolean } = {}): Promise<{ rooms: RoomLine[]; at: string }> {
  const facility = await facilityOf(work);
  const { rooms, lines } = await loadLines(work, facility);
  const done = await countDone(work.db, facility, localDay(work.now));
  const list = rooms.map((room) => lineView(work, lines.get(room.id)!, done.get(room.id) ?? 0));
  return { rooms: list.filter((room) => (kind === undefined || room.kind === kind) && (mine !== true || room.mine)), at: new Date(work.now).toISOString() };
}

function lineView(work: Work, { room, turns, order, end }: Line, done: number): RoomLine {
  const hand = turns.filter(({ state }) => state === 'called' || state === 'inside').sort((a, b) => (b.calledAt?.getTime() ?? 0) - (a.calledAt?.getTime() ?? 0))[0];
  const oldest = Math.min(...order.map(({ turn }) => turn.waitingSince), work.now);
  return known({
    ...roomView(room),
    ...dayView(room, turns, work.now),
    waiting: order.length,
    away: turns.filter(({ state }) => state === 'away').length,
    done,
    ticket: hand === undefined ? undefined : ticketText(hand.letter, hand.number),
    longestWaitMinutes: Math.floor((work.now - oldest) / 60_000),
    wait: end,
    mine: room.doctors.some(({ id }) => id === work.actor.practitioner),
  });
}
