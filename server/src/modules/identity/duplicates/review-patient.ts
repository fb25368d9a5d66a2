// Looks for doubles of a record that was made or changed, and keeps the uncertain ones for a person to judge.
import type { HospitalEvent, Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { descriptionOf } from '../fhir.ts';
import { findAlike } from './find-alike.ts';
import { dropPairs, keepPair } from './store.ts';

const mostPairs = 10;

/** Hears `identity.patient-registered` and `identity.patient-changed`. Safe to run twice: a pair stands once, and a judged one stays judged. */
export async function reviewPatient(work: Work, { data }: HospitalEvent): Promise<void> {
  const id = String(data['patient']);
  const patient = await readResource(work, 'Patient', id);
  if (patient === undefined || patient['active'] === false) return;
  const alike = (await findAlike(work, descriptionOf(patient))).filter((match) => match.patient.id !== id).slice(0, mostPairs);
  await work.transact(async (inner) => {
    await dropPairs(inner.db, id, alike.map((match) => match.patient.id ?? ''));
    for (const match of alike) await keepPair(inner.db, id, match.patient.id ?? '', match, inner.now);
  });
}
