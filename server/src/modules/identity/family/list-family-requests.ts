// Who asks to act for a patient and waits for the desk.
import type { FamilyRequest } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { tellAudit } from '../../security/index.ts';
import { dayOf } from '../age.ts';
import { patientFacts } from '../fhir.ts';
import { spokenName } from '../fhir-registration.ts';
import { maskNumber } from '../mask.ts';
import { noSuchPatient } from '../registration/refusals.ts';
import { requestsFor } from './store.ts';

/** The requests that wait for a patient at the desk, each with what stands on the papers of who asks. */
export async function listFamilyRequests(work: Work, patient: string): Promise<{ requests: FamilyRequest[] }> {
  const house = asHouse(work);
  if ((await readResource(work, 'Patient', patient)) === undefined) throw noSuchPatient();
  const requests: FamilyRequest[] = [];
  for (const { id, requester, relation, asked_at: asked } of await requestsFor(work.db, patient)) {
    requests.push({ id, ...(await byOf(house, requester, dayOf(work.now))), relation, asked: asked.toISOString() });
  }
  tellAudit(work, { patients: [patient] });
  return { requests };
}

async function byOf(house: Work, requester: string, today: string): Promise<Omit<FamilyRequest, 'id' | 'relation' | 'asked'>> {
  const person = await readResource(house, 'Patient', requester);
  if (person === undefined) return { by: '' };
  const { sex, birthDate, citizenNumber, hospitalNumber } = patientFacts(person, today);
  return {
    by: spokenName(person), bySex: sex, ...(birthDate !== undefined && { byBirthDate: birthDate }), ...(hospitalNumber !== undefined && { byHospitalNumber: hospitalNumber }),
    ...(citizenNumber !== undefined && { byCitizenMasked: maskNumber(citizenNumber) }),
  };
}
