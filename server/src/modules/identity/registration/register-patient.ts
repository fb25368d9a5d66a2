// Registers a person: in full, a newborn, an unknown person, a foreigner.
import type { Finding, Registration } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { createResource, readResource, searchResources } from '../../record/index.ts';
import { dayOf } from '../age.ts';
import { patientOf, spokenName } from '../fhir-registration.ts';
import { patientFacts } from '../fhir.ts';
import { findRegistered, keepRegistered, lockKeys, nextHospitalNumber } from '../store.ts';
import { systems } from '../systems.ts';
import { findingsOf, hospitalNumberText, missingIn, numbersOf, tidied } from './form.ts';
import { keepRelatives } from './keep-relatives.ts';
import { alreadyRegistered, formIncomplete, noSuchPatient } from './refusals.ts';
import { resolvePatient } from './resolve-patient.ts';

export interface Registered {
  readonly patientId: string;
  readonly hospitalNumber: string;
  readonly name: string;
  readonly findings: Finding[];
}

/**
 * Registers a person and gives the hospital number. Refuses a form that says too little (`identity.form-incomplete`) and a citizen number or passport that
 * somebody else has (`identity.already-registered`); anything else that looks wrong is told as findings. The same `onceKey` registers once.
 * Writes as the house: who may register is judged by `patient.register`, or by the caller (a visitor who books for the first time). Tells `identity.patient-registered`.
 */
export async function registerPatient(work: Work, given: Registration, onceKey?: string): Promise<Registered> {
  const missing = missingIn(given);
  if (missing !== undefined) throw formIncomplete(missing);
  const registration = tidied(given);
  return work.transact(async (inner) => {
    const house = asHouse(inner);
    await lockKeys(inner.db, [...numbersOf(registration), ...(onceKey === undefined ? [] : [`once|${onceKey}`])]);
    const before = onceKey === undefined ? undefined : await findRegistered(inner.db, onceKey);
    if (before !== undefined) return registeredBefore(house, before, registration);
    await refuseTaken(house, registration);
    const [hospitalNumber, name] = [await freeNumber(house, inner.actor.facility), await nameFor(house, registration)];
    const shown = name ?? `Chưa rõ tên ${hospitalNumber}`;
    const patient = patientOf({ registration, name: shown, hospitalNumber, facility: inner.actor.facility });
    const { id: patientId = '' } = await createResource(house, { type: 'Patient', resource: patient });
    await keepRelatives(house, patientId, registration.relatives ?? []);
    if (onceKey !== undefined) await keepRegistered(inner.db, onceKey, patientId, inner.now);
    await inner.tell({ name: 'identity.patient-registered', data: { patient: patientId } });
    return { patientId, hospitalNumber, name: shown, findings: findingsOf(registration, dayOf(inner.now)) };
  });
}

async function registeredBefore(house: Work, id: string, registration: Registration): Promise<Registered> {
  const { patient } = await resolvePatient(house, id);
  const { hospitalNumber = '' } = patientFacts(patient, dayOf(house.now));
  return { patientId: patient.id ?? id, hospitalNumber, name: spokenName(patient), findings: findingsOf(registration, dayOf(house.now)) };
}

async function refuseTaken(house: Work, registration: Registration): Promise<void> {
  const numbers = numbersOf(registration);
  if (numbers.length === 0) return;
  const { resources } = await searchResources(house, 'Patient', `identifier=${numbers.map((one) => encodeURIComponent(one)).join(',')}&_count=20`);
  if (resources.some((one) => one['active'] !== false)) throw alreadyRegistered();
}

/** Numbers brought from an older system are passed over. */
async function freeNumber(house: Work, facility: string | undefined): Promise<string> {
  const year = Number(dayOf(house.now).slice(0, 4));
  for (;;) {
    const number = hospitalNumberText(year, await nextHospitalNumber(house.db, facility ?? '', year));
    const { resources } = await searchResources(house, 'Patient', `identifier=${encodeURIComponent(`${systems.hospitalNumber}|${number}`)}&_count=1`);
    if (resources.length === 0) return number;
  }
}

/** A newborn without a name is named after the mother (decision 130/QĐ-BYT, HO_TEN); the second and third of a birth are counted. */
async function nameFor(house: Work, { kind, name, mother, birthDate }: Registration): Promise<string | undefined> {
  if (name !== undefined || kind !== 'newborn' || mother === undefined) return name;
  const record = await readResource(house, 'Patient', mother);
  if (record === undefined) throw noSuchPatient();
  const base = `Con bà ${spokenName(record)}`;
  const { resources } = await searchResources(house, 'Patient', `name=${encodeURIComponent(base)}&birthdate=${birthDate}&_count=10`);
  const siblings = resources.filter((one) => one['active'] !== false && spokenName(one).startsWith(base)).length;
  return siblings === 0 ? base : `${base} (bé thứ ${siblings + 1})`;
}
