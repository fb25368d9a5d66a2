// Somebody has no card with them and types a number. The birth date proves it, and says which one of a family with one telephone.
import type { KioskAnswer } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findPatient } from '../../identity/index.ts';
import { checkBirth } from '../telephone/check-birth.ts';
import { receiveAtKiosk } from './receive-at-kiosk.ts';
import { takeDeskNumber } from './take-desk-number.ts';

/** Checks in by a number and a birth date. A number that nobody has and a wrong birth date are answered alike, so that nobody learns who is a patient here. */
export async function checkInByNumber(work: Work, { number, born }: { number: string; born: string }): Promise<KioskAnswer> {
  const { matches } = await findPatient(asHouse(work), number);
  const people = matches.filter(({ matchedBy }) => matchedBy === 'phone' || matchedBy === 'citizen-number').map(({ id }) => id);
  const [only, ...others] = await checkBirth(asHouse(work), people, born);
  if (only === undefined) return { outcome: 'not-matched' };
  if (others.length > 0) return { outcome: 'desk', ticket: await takeDeskNumber(work) };
  return receiveAtKiosk(work, { patientId: only });
}
