// Visits go with a patient who is merged, and come back exactly when that is undone.
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { readPatients, type PatientMove } from '../../identity/index.ts';
import { lockPatient, moveVisits, moveVisitsBack, roomsOfBoth, storePeople } from './visit-store.ts';

/**
 * Answers identity.move-patient; gives how many visits moved. Refuses with `encounters.waits-twice` while the two have open visits in one room today: which
 * ticket stands is for people to say, and undoing gives back exactly what went.
 */
export async function answerMovePatient(work: Work, { from, to, mergeId, undo, stayed = [] }: PatientMove): Promise<number> {
  for (const id of [from, to].toSorted()) await lockPatient(work.db, id);
  if (undo) {
    const back = await moveVisitsBack(work.db, mergeId, to, stayed.flatMap((one) => (one.startsWith('Encounter/') ? [one.slice(10)] : [])));
    await showAs(work, to, back);
    return back;
  }
  const rooms = await roomsOfBoth(work.db, from, to);
  if (rooms.length > 0) throw waitsTwice(rooms);
  const moved = await moveVisits(work.db, mergeId, from, to);
  await showAs(work, to, moved);
  return moved;
}

/** Lines show the name and the birth date of the patient whose visit it is now. */
async function showAs(work: Work, patientId: string, visits: number): Promise<void> {
  if (visits > 0) await storePeople(work.db, [...(await readPatients(asHouse(work), [patientId])).values()]);
}

function waitsTwice(rooms: readonly string[]): Refusal {
  return new Refusal('conflict', 'encounters.waits-twice', {
    vi: `Người này đang có hai lượt chờ ở ${rooms.join(', ')}. Hãy kết thúc một lượt rồi mới gộp hồ sơ.`,
    en: `This person waits twice in ${rooms.join(', ')}. End one of the visits before merging the files.`,
  });
}
