// Finds rooms, and keeps what the record says of them.
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource, searchResources } from '../../record/index.ts';
import { practitionerName, roomOf } from '../fhir-visits.ts';
import { localDay } from './local-day.ts';
import { findRooms, largestFacility, roomsOf, upsertRooms, type RoomWithDay } from './room-store.ts';

/** Gives a room with its day of today. Refuses with `encounters.no-such-room`, also for a room of another facility than the actor's. */
export async function findRoom(work: Work, roomId: string): Promise<RoomWithDay> {
  const [room] = await findRooms(work.db, [roomId], localDay(work.now));
  if (room !== undefined && (work.actor.facility === undefined || work.actor.facility === room.facility)) return room;
  throw new Refusal('not-found', 'encounters.no-such-room', { vi: 'Không có phòng này.', en: 'There is no such room.' });
}

/** The facility the actor works for; of who belongs to none (an in-house system) the one with the most rooms. Refuses with `encounters.no-facility`. */
export async function facilityOf(work: Work): Promise<string> {
  const facility = work.actor.facility ?? (await largestFacility(work.db));
  if (facility !== undefined) return facility;
  throw new Refusal('rule', 'encounters.no-facility', { vi: 'Chưa có cơ sở nào có phòng khám.', en: 'There is no facility with rooms yet.' });
}

/** The rooms of a facility in which patients are seen. */
export async function findExamRooms(work: Work, facility: string): Promise<{ id: string; name: string; specialty?: string }[]> {
  const rooms = (await roomsOf(work.db, facility, localDay(work.now))).filter(({ kind }) => kind === 'exam');
  return rooms.map(({ id, name, departmentId }) => ({ id, name, ...(departmentId !== null && { specialty: departmentId }) }));
}

/** Title and name of a practitioner as the record has them. Refuses with `encounters.no-such-doctor`. */
export async function findDoctor(work: Work, id: string): Promise<{ id: string; name: string }> {
  const practitioner = await readResource(asHouse(work), 'Practitioner', id);
  if (practitioner !== undefined) return { id, name: practitionerName(practitioner) };
  throw new Refusal('not-found', 'encounters.no-such-doctor', { vi: 'Không có bác sĩ này.', en: 'There is no such doctor.' });
}

/** Reads all rooms of the record once and keeps them for the queue. */
export async function loadRooms(work: Work): Promise<void> {
  const house = asHouse(work);
  const organizations = new Map((await all(house, 'Organization', 'type,name,partOf')).map((one) => [one.id ?? '', one]));
  const locations = await all(house, 'Location', 'status,name,description,type,physicalType,managingOrganization');
  const rooms = locations.flatMap((location) => roomOf(location, organizations) ?? []);
  if (rooms.length > 0) await upsertRooms(work.db, rooms);
}

async function all(work: Work, type: string, elements: string) {
  const first = `_count=500&_elements=${elements}`;
  const page = await searchResources(work, type, first);
  const found = [...page.resources];
  for (let { next } = page; next !== undefined; ) {
    const more = await searchResources(work, type, `${first}&_page=${encodeURIComponent(next)}`);
    found.push(...more.resources);
    next = more.next;
  }
  return found;
}
