// Reads who one patient, or several, are.
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { readResource, searchResources } from '../record/index.ts';
import { dayOf } from './age.ts';
import { patientElements, patientFacts, type PatientFacts } from './fhir.ts';

/** Reads the facts of one patient. Refuses with `identity.no-such-patient`. */
export async function readPatient(work: Work, patientId: string): Promise<PatientFacts> {
  const patient = await readResource(work, 'Patient', patientId);
  if (patient === undefined) {
    throw new Refusal('not-found', 'identity.no-such-patient', {
      vi: 'Không có hồ sơ người bệnh này.',
      en: 'There is no record of this patient.',
    });
  }
  return patientFacts(patient, dayOf(work.now));
}

/** Reads the facts of several patients by id; those that are not in the record are left out. At most 100. */
export async function readPatients(work: Work, patientIds: readonly string[]): Promise<Map<string, PatientFacts>> {
  if (patientIds.length === 0) return new Map();
  const query = `_id=${patientIds.slice(0, 100).join(',')}&_count=100&_elements=${patientElements}`;
  const found = await searchResources(work, 'Patient', query);
  const today = dayOf(work.now);
  return new Map(found.resources.map((patient) => [patient.id ?? '', patientFacts(patient, today)]));
}
