// Whether who types a birth date knows it. By telephone and at the kiosk it stands for the card of a patient, so it may not be found by trying.
import type { Work } from '../../../platform/work.ts';
import { readPatients } from '../../identity/index.ts';
import { returnTries, takeTries } from './guess-store.ts';

/** Gives those of the patients who were born then: `14031968`, or `1968` where the record knows no more than the year. Six wrong ones of a day, and nobody is. */
export async function checkBirth(work: Work, patientIds: readonly string[], digits: string): Promise<string[]> {
  const open = await takeTries(work.db, patientIds, work.now);
  if (open.length === 0) return [];
  const patients = await readPatients(work, open);
  const born = open.filter((id) => isBirth(patients.get(id)?.birthDate, digits));
  if (born.length > 0) await returnTries(work.db, open); // a family with one telephone: the birth date of one is no guess at the others
  return born;
}

function isBirth(birthDate: string | undefined, digits: string): boolean {
  if (birthDate === undefined) return false;
  const [year = '', month = '', day = ''] = birthDate.split('-');
  return digits === (day === '' ? year : `${day}${month}${year}`);
}
