import type { Work } from '../../../platform/work.ts';
import { findLength } from '../../encounters/index.ts';
import { wrongVisitType } from '../refusals.ts';
import { localDay } from './local-time.ts';
import { usualVisitType, visitTypesOn, type StoredVisitType } from './visit-type-store.ts';

/** Turns from which what was learned of a doctor counts more than what the hospital set. */
const enoughTurns = 30;

export interface AskedVisit extends StoredVisitType {
  /** Minutes with this doctor: what 60 of 100 visits need, once enough were seen; never less than a third or more than three times what was set. */
  readonly minutes: number;
}

/** Finds the kind of visit and how long it takes with a doctor. */
export async function findMinutes(work: Work, code: string = usualVisitType, doctor?: string | null): Promise<AskedVisit> {
  const found = (await visitTypesOn(work.db, localDay(work.now))).find((one) => one.code === code);
  if (found === undefined) throw wrongVisitType();
  if (doctor === undefined || doctor === null) return found;
  const known = await findLength(work, doctor, code);
  if (known.from !== 'doctor-type' || known.turns < enoughTurns) return found;
  return { ...found, minutes: Math.round(Math.min(found.minutes * 3, Math.max(found.minutes / 3, known.p60))) };
}
