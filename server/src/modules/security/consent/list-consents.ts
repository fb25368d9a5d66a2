import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findResources } from '../ask-record.ts';
import { consentSeen } from '../fhir-consent-view.ts';
import { findPerson } from '../find-people.ts';
import type { ConsentSeen } from './sharing.ts';

/** What a patient has shared and restricted about access to the record, latest first: at most 100, those in force before the others. */
export async function listConsents(work: Work, patientId: string): Promise<{ patient: { id: string; name: string }; consents: ConsentSeen[] }> {
  const { id, name } = await findPerson(work, patientId);
  const [found = []] = await findResources.ask(asHouse(work), { type: 'Consent', query: `patient=Patient/${id}&scope=patient-privacy&_sort=-date&_count=100` });
  const seen = found.map((consent) => consentSeen(consent, work.now));
  return { patient: { id, name }, consents: [...seen.filter(({ active }) => active), ...seen.filter(({ active }) => !active)] };
}
