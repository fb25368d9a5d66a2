// Changes who a patient is; also gives an unknown person or a newborn their name.
import type { Registration, RegistrationView } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources, updateResource } from '../../record/index.ts';
import { patientOf, spokenName } from '../fhir-registration.ts';
import { patientFacts } from '../fhir.ts';
import { dayOf } from '../age.ts';
import { lockKeys } from '../store.ts';
import { missingIn, numbersOf, tidied } from './form.ts';
import { keepRelatives } from './keep-relatives.ts';
import { readRegistration } from './read-registration.ts';
import { alreadyRegistered, changedMeanwhile, formIncomplete, recordMerged } from './refusals.ts';
import { resolvePatient } from './resolve-patient.ts';

/** Changes the registration of a patient whom the actor may see and write. Refuses a version that is no longer the last (`identity.changed-meanwhile`). Tells `identity.patient-changed`. */
export async function changeRegistration(work: Work, input: { patientId: string; version: string; registration: Registration }): Promise<RegistrationView> {
  const missing = missingIn(input.registration);
  if (missing !== undefined) throw formIncomplete(missing);
  const { patientId, version } = input;
  const registration = tidied(input.registration);
  return work.transact(async (inner) => {
    await lockKeys(inner.db, numbersOf(registration));
    const { patient, replacedBy } = await resolvePatient(inner, patientId);
    if (replacedBy !== undefined) throw recordMerged();
    if (String(patient.meta?.versionId) !== version) throw changedMeanwhile();
    await refuseTaken(asHouse(inner), patientId, registration);
    const { hospitalNumber = '' } = patientFacts(patient, dayOf(inner.now));
    const resource = patientOf({ registration, name: registration.name ?? spokenName(patient), hospitalNumber, facility: inner.actor.facility }, patient);
    await updateResource(inner, { type: 'Patient', id: patientId, resource, ifMatch: `W/"${version}"` });
    await keepRelatives(asHouse(inner), patientId, registration.relatives ?? []);
    await inner.tell({ name: 'identity.patient-changed', data: { patient: patientId } });
    return readRegistration(inner, patientId);
  });
}

async function refuseTaken(house: Work, patientId: string, registration: Registration): Promise<void> {
  const numbers = numbersOf(registration);
  if (numbers.length === 0) return;
  const { resources } = await searchResources(house, 'Patient', `identifier=${numbers.map((one) => encodeURIComponent(one)).join(',')}&_count=20`);
  if (resources.some(({ id, active }) => active !== false && id !== patientId)) throw alreadyRegistered();
}
