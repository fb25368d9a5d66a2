// Patient resource to the facts that tell one person from another.
import type { Resource } from '@sen/fhir';
import { ageOn, type Age } from './age.ts';
import { nameKey, phoneKey, type Description } from './likeness.ts';

export interface PatientFacts {
  readonly id: string;
  readonly name: string;
  readonly sex: 'male' | 'female' | 'other' | 'unknown';
  readonly birthDate?: string;
  readonly age?: Age;
  /** The date of death, or an empty text when only the fact is recorded. */
  readonly deceased?: string;
  readonly hospitalNumber?: string;
  readonly citizenNumber?: string;
  readonly phones: readonly string[];
}

/** Elements of Patient that `patientFacts` reads. */
export const patientElements = 'identifier,name,telecom,gender,birthDate,deceased';

interface HumanName {
  use?: string;
  text?: string;
  family?: string;
  given?: string[];
}
interface Identifier {
  use?: string;
  system?: string;
  value?: string;
  type?: { coding?: { code?: string }[]; text?: string };
}
interface ContactPoint {
  system?: string;
  value?: string;
}

/** Reads the facts of a Patient on a day (`yyyy-mm-dd`): the age of the dead is the age at death. */
export function patientFacts(patient: Resource, today: string): PatientFacts {
  const birthDate = textOf(patient['birthDate']);
  const deceased = deceasedOf(patient);
  const lastDay = deceased === undefined || deceased === '' ? today : deceased.slice(0, 10);
  const age = birthDate === undefined || deceased === '' ? undefined : ageOn(birthDate, lastDay);
  const hospitalNumber = identifierOf(patient, ['MR'], /hospital|mrn|ma-?benh-?nhan|patient-number/i);
  const citizenNumber = identifierOf(patient, ['NI', 'NNVNM', 'SS', 'CZ'], /cccd|citizen|can-?cuoc|ssn/i);
  return {
    id: patient.id ?? '',
    name: nameOf(patient),
    sex: sexOf(patient['gender']),
    ...(birthDate !== undefined && { birthDate }),
    ...(age !== undefined && { age }),
    ...(deceased !== undefined && { deceased }),
    ...(hospitalNumber !== undefined && { hospitalNumber }),
    ...(citizenNumber !== undefined && { citizenNumber }),
    phones: phonesOf(patient),
  };
}

/** Reads what tells a Patient from others, for likeness.ts. */
export function descriptionOf(patient: Resource): Description {
  const identifiers = listOf<Identifier>(patient['identifier']).filter(({ use, value }) => use !== 'old' && value !== undefined);
  const names = listOf<HumanName & { prefix?: string[] }>(patient['name']).flatMap(({ text, given, family }) => [text, [...(given ?? []), family ?? ''].join(' ')]);
  return {
    identifiers: identifiers.map(({ system, value }) => `${system ?? ''}|${value}`),
    names: [...new Set(names.map((name) => nameKey(name ?? '')))].filter((name) => name !== ''),
    birthDate: textOf(patient['birthDate']),
    gender: textOf(patient['gender']),
    phones: [...new Set(phonesOf(patient).map(phoneKey))].filter((phone) => phone !== ''),
  };
}

function nameOf(patient: Resource): string {
  const names = listOf<HumanName>(patient['name']);
  const name = names.find((one) => one.use === 'official') ?? names.find((one) => one.use === 'usual') ?? names[0];
  if (name === undefined) return '';
  if (name.text !== undefined && name.text !== '') return name.text;
  // Without a text only the parts are known; a name's order is its people's own, and R4 gives no rule: given names first unless Vietnamese text says otherwise.
  return [...(name.given ?? []), name.family ?? ''].join(' ').trim();
}

function identifierOf(patient: Resource, types: readonly string[], system: RegExp): string | undefined {
  const identifiers = listOf<Identifier>(patient['identifier']).filter((one) => one.value !== undefined && one.use !== 'old');
  const byType = identifiers.find((one) => one.type?.coding?.some((coding) => types.includes(coding.code ?? '')));
  const found = byType ?? identifiers.find((one) => one.type === undefined && system.test(one.system ?? ''));
  return found?.value;
}

function phonesOf(patient: Resource): string[] {
  return listOf<ContactPoint>(patient['telecom'])
    .filter((contact) => contact.system === 'phone' || contact.system === 'sms')
    .flatMap((contact) => (contact.value === undefined ? [] : [contact.value]));
}

function deceasedOf(patient: Resource): string | undefined {
  const when = textOf(patient['deceasedDateTime']);
  if (when !== undefined) return when;
  return patient['deceasedBoolean'] === true ? '' : undefined;
}

function sexOf(gender: unknown): PatientFacts['sex'] {
  return gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
