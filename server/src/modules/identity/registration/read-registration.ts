// Who a patient is, to be changed on the form.
import type { Registration, RegistrationView } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { dayOf } from '../age.ts';
import { registrationOf } from '../fhir-registration.ts';
import { patientFacts } from '../fhir.ts';
import { systems } from '../systems.ts';
import { findingsOf } from './form.ts';
import { resolvePatient } from './resolve-patient.ts';

/** Reads the form of a patient whom the actor may see; of a merged record too, with the one that replaces it. */
export async function readRegistration(work: Work, patientId: string): Promise<RegistrationView> {
  const { patient, replacedBy } = await resolvePatient(work, patientId);
  const today = dayOf(work.now);
  const { hospitalNumber } = patientFacts(patient, today);
  const registration = await withNumbers(asHouse(work), patientId, registrationOf(patient));
  return {
    patientId, version: String(patient.meta?.versionId ?? ''), registration, findings: findingsOf(registration, today),
    ...(hospitalNumber !== undefined && { hospitalNumber }), ...(replacedBy !== undefined && { replacedBy }),
  };
}

/** Numbers and birth dates of relatives lie in their own resources. */
async function withNumbers(house: Work, patientId: string, registration: Registration): Promise<Registration> {
  const { relatives = [] } = registration;
  if (relatives.length === 0) return registration;
  const { resources } = await searchResources(house, 'RelatedPerson', `patient=Patient/${encodeURIComponent(patientId)}&_count=50`);
  const known = resources.map((one) => one as { name?: { text?: string }[]; birthDate?: string; identifier?: { system?: string; value?: string }[] });
  return {
    ...registration,
    relatives: relatives.map((relative) => {
      const found = known.find(({ name }) => name?.[0]?.text === relative.name);
      const citizenNumber = found?.identifier?.find(({ system }) => system === systems.citizen)?.value;
      return { ...relative, ...(citizenNumber !== undefined && { citizenNumber }), ...(found?.birthDate !== undefined && { birthDate: found.birthDate }) };
    }),
  };
}
