// Waiting-room screens: made by the staff, read by whoever has the key, with numbers and masked names only.
import type { BoardLink, BoardRoom } from '@sen/contracts';
import { randomId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { actAs } from '../../../platform/act-as.ts';
import { asHouse } from '../../../platform/as-house.ts';
import { readFacility } from '../../identity/index.ts';
import { facilityOf, findRoom } from './find-room.ts';
import { loadLines, type Line } from './load-lines.ts';
import { localDay } from './local-day.ts';
import { maskedName } from './masked-name.ts';
import { dayView, roomView } from './room-line.ts';
import { findRooms } from './room-store.ts';
import { ticketText } from './ticket.ts';
import type { StoredTurn } from './turn-store.ts';
import { boardsOf, findBoard, insertBoard, removeBoard, type StoredBoard } from './visit-store.ts';

const calledShown = 3;
const nextShown = 5;

/** Makes the link of a screen for some rooms of the facility. */
export async function createBoard(work: Work, { name, roomIds }: { name: string; roomIds: readonly string[] }): Promise<BoardLink> {
  const facility = await facilityOf(work);
  for (const id of roomIds) await findRoom(work, id);
  const board: StoredBoard = { key: `${randomId()}${randomId()}`, facility, name, roomIds: [...new Set(roomIds)], madeAt: new Date(work.now), madeBy: work.actor.name };
  await insertBoard(work.db, board);
  return linkOf(work, board);
}

export async function listBoards(work: Work): Promise<{ boards: BoardLink[] }> {
  const boards: BoardLink[] = [];
  for (const board of await boardsOf(work.db, await facilityOf(work))) boards.push(await linkOf(work, board));
  return { boards };
}

/** Withdraws a link; a screen that shows it goes dark at its next heartbeat. Refuses with `encounters.no-such-board`. */
export async function deleteBoard(work: Work, { key }: { key: string }): Promise<{ key: string }> {
  if (!(await removeBoard(work.db, await facilityOf(work), key))) throw noSuchBoard();
  return { key };
}

/** Reads what a screen shows. Refuses with `encounters.no-such-board`. */
export async function readBoard(work: Work, { key }: { key: string }): Promise<{ name: string; facilityName: string; rooms: BoardRoom[]; at: string }> {
  const board = await findBoard(work.db, key);
  if (board === undefined) throw noSuchBoard();
  const { lines } = await loadLines(work, board.facility, board.roomIds);
  const house = asHouse(work);
  const facility = await readFacility(actAs(house, { ...house.actor, facility: board.facility }));
  const rooms = board.roomIds.flatMap((id) => lines.get(id) ?? []).map((line) => boardRoom(line, work.now));
  return { name: board.name, facilityName: facility.name ?? '', rooms, at: new Date(work.now).toISOString() };
}

/** What the stream of a screen listens to; undefined when there is no such screen. */
export async function followBoard(work: Work, key: string): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const board = await findBoard(work.db, key);
  return board && new Map([[`board/${key}`, board.roomIds.map((id) => `room/${id}`)]]);
}

function boardRoom({ room, turns, order }: Line, now: number): BoardRoom {
  const called = turns.filter(({ state }) => state === 'called' || state === 'inside').sort((a, b) => (b.calledAt?.getTime() ?? 0) - (a.calledAt?.getTime() ?? 0));
  const { state, doctors, lateMinutes } = dayView(room, turns, now);
  return {
    ...roomView(room), state, lateMinutes,
    doctors: doctors.map(({ name }) => name),
    called: called.slice(0, calledShown).map((turn) => ({ ...lineOf(turn), ...(turn.calledAt && { calledAt: turn.calledAt.toISOString() }), calls: turn.calls })),
    next: order.slice(0, nextShown).map(({ turn }) => lineOf(turn.stored)),
    waiting: order.length,
  };
}

function lineOf(turn: StoredTurn) {
  return { turn: turn.id, ticket: ticketText(turn.letter, turn.number), maskedName: maskedName(turn.name) };
}

async function linkOf(work: Work, { key, name, roomIds, madeAt, madeBy }: StoredBoard): Promise<BoardLink> {
  const rooms = await findRooms(work.db, roomIds, localDay(work.now));
  return { key, name, rooms: roomIds.flatMap((id) => rooms.filter((room) => room.id === id)).map(roomView), madeAt: madeAt.toISOString(), madeBy };
}

function noSuchBoard(): Refusal {
  return new Refusal('not-found', 'encounters.no-such-board', { vi: 'Không có màn hình này.', en: 'There is no such screen.' });
}
