// What the queue needs at start: the rooms, who may follow which topic, and to be told of people and rooms that change in the record.
import { allowTopic } from '../../../platform/live.ts';
import type { House } from '../../../platform/module.ts';
import type { Work } from '../../../platform/work.ts';
import { asHouse } from '../../../platform/as-house.ts';
import { readPatients } from '../../identity/index.ts';
import { keepWrites } from '../../record/index.ts';
import { accessOf } from '../../security/index.ts';
import { loadRooms } from './find-room.ts';
import { localDay } from './local-day.ts';
import { findRooms, learnLengths } from './room-store.ts';
import { presentTurn } from './read-ticket.ts';
import { turnsOfVisits } from './turn-store.ts';
import { storePeople } from './visit-store.ts';
export { reportLateRooms } from './report-late-rooms.ts';

/** A doctor's way of working changes slowly; two months hold a few hundred visits of each. */
const learnedDays = 60;

export async function startQueue(house: House): Promise<void> {
  keepWrites(['Patient'], { keep: keepPeople });
  keepWrites(['Location'], { keep: loadRooms });
  allowTopic('room', judgeRoom);
  allowTopic('visit', judgeVisit);
  allowTopic('desk', judgeFacility('visit.receive', 'desk'));
  allowTopic('day', judgeFacility('day.read', 'day'));
  await loadRooms(house.systemWork());
}

export async function learnTurnLengths(work: Work): Promise<void> {
  await learnLengths(work.db, localDay(work.now - learnedDays * 86_400_000), work.now);
}

/** Only a version after the first can change what a visit shows. */
async function keepPeople(work: Work, changes: readonly { readonly id: string; readonly version: number; readonly after: unknown }[]): Promise<void> {
  const changed = changes.filter(({ version, after }) => version > 1 && after !== undefined).map(({ id }) => id);
  if (changed.length === 0) return;
  const people = await readPatients(asHouse(work), changed);
  await storePeople(work.db, [...people.values()]);
}

async function judgeRoom(work: Work, roomId: string): Promise<readonly string[] | undefined> {
  if (!accessOf(work.actor).permits('queue.work')) return undefined;
  const [room] = await findRooms(work.db, [roomId], localDay(work.now));
  return room !== undefined && (work.actor.facility === undefined || work.actor.facility === room.facility) ? [`room/${roomId}`] : undefined;
}

/** One's own visit changes with everything that happens in the room where one waits. */
async function judgeVisit(work: Work, visitId: string): Promise<readonly string[] | undefined> {
  const turn = presentTurn(await turnsOfVisits(work.db, [visitId]));
  if (turn === undefined) return undefined;
  const access = accessOf(work.actor);
  const isOwn = access.permits('visit.own') && work.actor.patients?.includes(turn.patientId) === true;
  const isStaff = access.permits('queue.work') && (work.actor.facility === undefined || work.actor.facility === turn.facility);
  return isOwn || isStaff ? [`visit/${visitId}`, `room/${turn.roomId}`] : undefined;
}

function judgeFacility(needs: 'visit.receive' | 'day.read', kind: string) {
  return async (work: Work, facility: string): Promise<readonly string[] | undefined> => {
    const isHere = work.actor.facility === undefined || work.actor.facility === facility;
    return isHere && accessOf(work.actor).permits(needs) ? [`${kind}/${facility}`] : undefined;
  };
}
