import type { Queryable } from '../../../platform/database.ts';
import type { Actor } from '../../../platform/work.ts';
import { careFacts, type Json } from './care-facts.ts';
import { relatedPatients } from './find-related-patients.ts';
import { careSubjects } from './subjects.ts';

/** Gives the patients (keys of the record) to whom contents would relate the actor by care, who is not so related yet: what one would make of oneself. */
export async function findSelfRelated(db: Queryable, actor: Actor, contents: readonly Json[], now: number): Promise<bigint[]> {
  const mine = new Set(careSubjects(actor));
  const patients = [...new Set(contents.flatMap(careFacts).filter(({ subject }) => mine.has(subject)).map(({ patient }) => patient))];
  if (patients.length === 0) return [];
  const [care, emergency] = [await relatedPatients(db, actor, 'care', patients, now), await relatedPatients(db, actor, 'emergency', patients, now)];
  return patients.filter((patient) => !care.has(patient) && !emergency.has(patient));
}
