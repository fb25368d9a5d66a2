// Who is written about from now on: no merge takes the record away before this transaction ends.
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { dayOf } from '../age.ts';
import { patientFacts, type PatientFacts } from '../fhir.ts';
import { shareKey } from '../store.ts';
import { resolvePatient } from './resolve-patient.ts';

/** Gives the record that stands: of one that was merged, the one that replaces it. The caller judges rights. Refuses `identity.no-such-patient`. */
export async function holdPatient(work: Work, id: string): Promise<PatientFacts> {
  await shareKey(work.db, `merge|${id}`);
  const { patient, replacedBy } = await resolvePatient(asHouse(work), id);
  return replacedBy === undefined ? patientFacts(patient, dayOf(work.now)) : holdPatient(work, replacedBy);
}
