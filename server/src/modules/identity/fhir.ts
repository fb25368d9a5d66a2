// Patient resource to the facts that tell one person from another.
import { fold, type Resource } from '@sen/fhir';
import type { PersonLine } from '@sen/contracts';
import { canonical } from '@sen/vietnam';
import { ageOn, type Age } from './age.ts';
import { maskNumber, maskPhone } from './mask.ts';
import { phoneKey, type Description } from './likeness/description.ts';

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
  /** Merged into another record: its id. */
  readonly replacedBy?: string;
}

/** Elements of Patient that `patientFacts` reads. */
export const patientElements = 'identifier,name,telecom,gender,birthDate,deceased,link';

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
  const replacedBy = listOf<{ type?: string; other?: { reference?: string } }>(patient['link']).find(({ type }) => type === 'replaced-by')?.other?.reference?.replace('Patient/', '');
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
    ...(replacedBy !== undefined && { replacedBy }),
  };
}

/** Reads what tells a Patient from others, for likeness.ts. */
export function descriptionOf(patient: Resource): Description {
  const identifiers = listOf<Identifier>(patient['identifier']).filter(({ use, value }) => use !== 'old' && value !== undefined);
  const names = listOf<HumanName>(patient['name']).filter(({ use }) => use !== 'temp').map(({ text, given, family }) => text ?? [family ?? '', ...(given ?? [])].join(' ').trim());
  const mother = listOf<{ url?: string; valueReference?: { reference?: string } }>(patient['extension']).find(({ url }) => url === motherUrl)?.valueReference?.reference;
  const address = homeOf(patient);
  return {
    identifiers: identifiers.map(({ system, value }) => `${system ?? ''}|${value}`),
    names: [...new Set(names)].filter((name) => name !== ''),
    birthDate: textOf(patient['birthDate']),
    gender: textOf(patient['gender']),
    phones: [...new Set(phonesOf(patient).map(phoneKey))].filter((phone) => phone !== ''),
    ...(address !== undefined && { address }),
    ...(mother !== undefined && { mother: mother.replace('Patient/', '') }),
  };
}

const motherUrl = canonical('StructureDefinition', 'mother');

function homeOf(patient: Resource): Description['address'] {
  const home = listOf<{ use?: string; line?: string[]; city?: string; state?: string }>(patient['address']).find(({ use }) => use !== 'old');
  if (home === undefined) return undefined;
  const folded = (text: string | undefined) => (text === undefined || text === '' ? {} : { text: fold(text).replace(/^(?:thanh pho|tinh|phuong|xa|dac khu) /, '') });
  const [line, commune, province] = [folded(home.line?.join(' ')).text, folded(home.city).text, folded(home.state).text];
  return { ...(line !== undefined && { line }), ...(commune !== undefined && { commune }), ...(province !== undefined && { province }) };
}

/** A person in a list or beside another: numbers masked, the address in one line. */
export function personLine(patient: Resource, today: string): PersonLine {
  const { citizenNumber, phones, replacedBy: _replacedBy, ...facts } = patientFacts(patient, today);
  const home = listOf<{ use?: string; text?: string; line?: string[]; city?: string; state?: string }>(patient['address']).find(({ use }) => use !== 'old');
  const address = home === undefined ? '' : (home.text ?? [...(home.line ?? []), home.city, home.state].filter((part) => part !== undefined).join(', '));
  return {
    ...facts,
    ...(citizenNumber !== undefined && { citizenNumberMasked: maskNumber(citizenNumber) }),
    ...(phones[0] !== undefined && { phoneMasked: maskPhone(phones[0]) }),
    ...(address !== '' && { address }),
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
