// Who asks to act for a patient and waits for the desk.
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { spokenName } from '../fhir-registration.ts';
import { noSuchPatient } from '../registration/refusals.ts';
import { requestsFor, type FamilyRequest } from './store.ts';

/** The requests that wait for a patient at the desk. */
export async function listFamilyRequests(work: Work, patient: string): Promise<{ requests: { id: string; by: string; relation: FamilyRequest['relation']; asked: string }[] }> {
  const house = asHouse(work);
  if ((await readResource(work, 'Patient', patient)) === undefined) throw noSuchPatient();
  const requests = [];
  for (const { id, requester, relation, asked_at: asked } of await requestsFor(work.db, patient)) {
    const person = await readResource(house, 'Patient', requester);
    requests.push({ id, by: person === undefined ? '' : spokenName(person), relation, asked: asked.toISOString() });
  }
  return { requests };
}
