// How patients are reached, for the house: messages, reminders, the switchboard.
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { dayOf } from '../age.ts';
import { registrationOf, spokenName } from '../fhir-registration.ts';
import { patientFacts } from '../fhir.ts';
import { phoneKey } from '../likeness/description.ts';

export interface Contact {
  readonly name: string;
  /** Digits from 0, the one to be used first at the head. */
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly language?: 'vi' | 'en';
}

const batch = 100;

/** Gives the contacts of patients by id, whoever asks: for house use alone, never as an answer. Of a child without a telephone, that of the first relative who has one. */
export async function contactsOf(work: Work, patientIds: readonly string[]): Promise<Map<string, Contact>> {
  const found = new Map<string, Contact>();
  const ids = [...new Set(patientIds)];
  for (let at = 0; at < ids.length; at += batch) {
    const { resources } = await searchResources(asHouse(work), 'Patient', `_id=${ids.slice(at, at + batch).map((id) => encodeURIComponent(id)).join(',')}&_count=${batch}`);
    for (const patient of resources) found.set(patient.id ?? '', contactOf(patient, dayOf(work.now)));
  }
  return found;
}

function contactOf(patient: Parameters<typeof registrationOf>[0], today: string): Contact {
  const { email, language, relatives = [] } = registrationOf(patient);
  const own = patientFacts(patient, today).phones.map(phoneKey);
  const phones = own.length > 0 ? own : relatives.flatMap(({ phone }) => (phone === undefined ? [] : [phoneKey(phone)])).slice(0, 1);
  return { name: spokenName(patient), phones, emails: email === undefined ? [] : [email], ...(language === undefined ? {} : { language: language.startsWith('vi') ? ('vi' as const) : ('en' as const) }) };
}
