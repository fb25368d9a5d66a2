// A registration to a Patient and back. What the form does not know of an existing Patient stays.
import type { Resource } from '@sen/fhir';
import type { HomeAddress, Registration } from '@sen/contracts';
import { canonical, codeSystems } from '@sen/vietnam';
import { contactOf, nameOf, relativeOfContact, type Contact } from './fhir-relative.ts';
import { systems } from './systems.ts';

export interface PatientForm {
  readonly registration: Registration;
  /** As the hospital names the person: of a newborn and of who is unknown it is a name for the time being. */
  readonly name: string;
  readonly hospitalNumber: string;
  readonly facility: string | undefined;
}

type Json = Record<string, unknown>;
interface Extension {
  url: string;
  extension?: Extension[];
  [value: string]: unknown;
}

const urls = {
  mother: canonical('StructureDefinition', 'mother'),
  unknown: canonical('StructureDefinition', 'unknown-person'),
  newborn: canonical('StructureDefinition', 'newborn-without-name'),
  ethnicity: canonical('StructureDefinition', 'dan-toc'),
  occupation: canonical('StructureDefinition', 'nghe-nghiep'),
  nationality: 'http://hl7.org/fhir/StructureDefinition/patient-nationality',
  birthTime: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
  province: canonical('StructureDefinition', 'ma-tinh'),
  commune: canonical('StructureDefinition', 'ma-xa'),
};
const ownExtensions: readonly string[] = [urls.mother, urls.unknown, urls.newborn, urls.ethnicity, urls.occupation, urls.nationality];
const typeOf = (code: string, display: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code, display }] });

/** The Patient of a form; over the one before, where there is one. */
export function patientOf(form: PatientForm, before?: Resource): Resource {
  const { registration: given } = form;
  const birthDate = given.birthDate ?? (given.kind === 'unknown' ? undefined : textOf(before?.['birthDate']));
  const patient: Json = {
    ...before,
    resourceType: 'Patient',
    active: true,
    extension: [...listOf<Extension>(before?.['extension']).filter(({ url }) => !ownExtensions.includes(url)), ...extensionsOf(given)],
    identifier: identifiersOf(form, before),
    name: [{ use: isTemporary(given) ? 'temp' : 'official', ...nameOf(form.name) }, ...listOf<{ use?: string }>(before?.['name']).filter(({ use }) => use !== 'official' && use !== 'temp' && use !== undefined)],
    telecom: telecomOf(given, before),
    gender: given.sex,
    birthDate,
    _birthDate: given.birthTime === undefined || birthDate?.length !== 10 ? undefined : { extension: [{ url: urls.birthTime, valueDateTime: `${birthDate}T${given.birthTime}:00+07:00` }] },
    address: addressesOf(given.address, before),
    contact: (given.relatives ?? []).map((one) => contactOf(one, listOf<Contact>(before?.['contact']))),
    communication: given.language === undefined ? before?.['communication'] : [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: given.language }] }, preferred: true }],
    managingOrganization: before?.['managingOrganization'] ?? (form.facility === undefined ? undefined : { reference: `Organization/${form.facility}` }),
  };
  return withoutEmpty(patient) as unknown as Resource;
}

/** What the form shows of a Patient. */
export function registrationOf(patient: Resource): Registration {
  const numbers = new Map(listOf<{ system?: string; value?: string; use?: string }>(patient['identifier']).filter(({ use }) => use !== 'old').map(({ system = '', value = '' }) => [system, value]));
  const passport = [...numbers].find(([system]) => system.startsWith(systems.passport))?.[1];
  const extensions = listOf<Extension>(patient['extension']);
  const find = (url: string) => extensions.find((one) => one.url === url);
  const unknown = find(urls.unknown);
  const temporary = listOf<{ use?: string }>(patient['name'])[0]?.use === 'temp';
  const nationality = codeIn(find(urls.nationality)?.extension?.[0]?.['valueCodeableConcept']);
  const contacts = listOf<{ system?: string; value?: string }>(patient['telecom']);
  const mother = (find(urls.mother)?.['valueReference'] as { reference?: string } | undefined)?.reference?.replace('Patient/', '');
  const age = unknown?.extension?.find(({ url }) => url === 'approximateAge')?.['valueInteger'];
  const birthTime = /T(\d\d:\d\d)/.exec(String((patient['_birthDate'] as { extension?: Extension[] } | undefined)?.extension?.[0]?.['valueDateTime'] ?? ''))?.[1];
  return withoutEmpty({
    kind: unknown !== undefined ? 'unknown' : find(urls.newborn) !== undefined ? 'newborn' : nationality !== undefined && nationality !== 'VN' ? 'foreigner' : 'full',
    name: temporary ? undefined : textIn(listOf<Json>(patient['name'])[0]),
    sex: ['male', 'female', 'other'].includes(String(patient['gender'])) ? patient['gender'] : 'unknown',
    birthDate: patient['birthDate'], birthTime,
    citizenNumber: numbers.get(systems.citizen), oldIdentityCard: numbers.get(systems.oldIdentityCard), insuranceNumber: numbers.get(systems.insuranceCard), passport, nationality,
    phone: contacts.find(({ system }) => system === 'phone')?.value, email: contacts.find(({ system }) => system === 'email')?.value,
    language: codeIn((listOf<Json>(patient['communication'])[0] as { language?: unknown } | undefined)?.language),
    ethnicity: codeIn(find(urls.ethnicity)?.['valueCodeableConcept']), occupation: codeIn(find(urls.occupation)?.['valueCodeableConcept']),
    address: addressIn(patient),
    mother,
    relatives: listOf<Contact>(patient['contact']).flatMap(relativeOfContact),
    foundAt: unknown?.extension?.find(({ url }) => url === 'foundAt')?.['valueString'],
    approximateAge: age === undefined ? undefined : Number(age),
  }) as unknown as Registration;
}

/** The name of a Patient as it is said, also one for the time being. */
export function spokenName(patient: Resource): string {
  return textIn(listOf<Json>(patient['name'])[0]) ?? '';
}

function isTemporary({ kind, name }: Registration): boolean {
  return name === undefined && (kind === 'newborn' || kind === 'unknown');
}

function extensionsOf(given: Registration): Extension[] {
  const coded = (url: string, system: string, code: string | undefined): Extension[] => (code === undefined ? [] : [{ url, valueCodeableConcept: { coding: [{ system, code }] } }]);
  const unknown: Extension[] = [
    ...(given.foundAt === undefined ? [] : [{ url: 'foundAt', valueString: given.foundAt }]),
    ...(given.approximateAge === undefined ? [] : [{ url: 'approximateAge', valueInteger: given.approximateAge }]),
  ];
  return [
    ...(given.mother === undefined ? [] : [{ url: urls.mother, valueReference: { reference: `Patient/${given.mother}` } }]),
    ...(given.kind === 'unknown' ? [{ url: urls.unknown, extension: unknown.length > 0 ? unknown : [{ url: 'foundAt', valueString: '—' }] }] : []),
    ...(given.kind === 'newborn' ? [{ url: urls.newborn, valueBoolean: true }] : []),
    ...coded(urls.ethnicity, codeSystems.ethnicities, given.ethnicity),
    ...coded(urls.occupation, codeSystems.occupations, given.occupation),
    ...(given.nationality === undefined ? [] : [{ url: urls.nationality, extension: [{ url: 'code', valueCodeableConcept: { coding: [{ system: 'urn:iso:std:iso:3166', code: given.nationality }] } }] }]),
  ];
}

function identifiersOf({ registration: given, hospitalNumber, facility }: PatientForm, before: Resource | undefined): Json[] {
  const old = listOf<{ system?: string; use?: string; value?: string }>(before?.['identifier']);
  const managed = ({ system = '', use }: { system?: string; use?: string }) =>
    use !== 'old' && (([systems.hospitalNumber, systems.citizen, systems.oldIdentityCard, systems.insuranceCard] as string[]).includes(system) || system.startsWith(systems.passport));
  const one = (system: string, value: string | undefined, use: string, type: Json | undefined, more: Json = {}): Json[] =>
    value === undefined ? [] : [old.find((had) => had.system === system && had.value === value && had.use !== 'old') ?? { use, ...(type && { type }), system, value, ...more }];
  return [
    ...one(systems.hospitalNumber, hospitalNumber, 'usual', typeOf('MR', 'Medical record number'), facility === undefined ? {} : { assigner: { reference: `Organization/${facility}` } }),
    ...one(systems.citizen, given.citizenNumber, 'official', typeOf('NI', 'National unique individual identifier')),
    ...one(systems.insuranceCard, given.insuranceNumber, 'official', typeOf('MB', 'Member Number')),
    ...one(systems.oldIdentityCard, given.oldIdentityCard, 'secondary', undefined),
    ...one(`${systems.passport}${given.nationality ?? 'VN'}`, given.passport, 'official', typeOf('PPN', 'Passport number')),
    ...old.filter((had) => !managed(had)),
  ];
}

function telecomOf(given: Registration, before: Resource | undefined): Json[] {
  const old = listOf<{ system?: string; value?: string }>(before?.['telecom']);
  const first = (system: string) => old.find((one) => one.system === system);
  const replaced = [first('phone'), first('email')];
  return [
    ...(given.phone === undefined ? [] : [{ ...(first('phone')?.value === given.phone ? first('phone') : { use: 'mobile', rank: 1 }), system: 'phone', value: given.phone }]),
    ...(given.email === undefined ? [] : [{ ...(first('email')?.value === given.email ? first('email') : {}), system: 'email', value: given.email }]),
    ...old.filter((one) => !replaced.includes(one)),
  ];
}

function addressesOf(home: HomeAddress | undefined, before: Resource | undefined): Json[] {
  const old = listOf<{ use?: string; text?: string }>(before?.['address']);
  const rest = old.filter(({ use }) => use !== 'home' && use !== undefined && use !== 'old');
  if (home === undefined) return rest;
  const coded = (url: string, system: string, code: string | undefined, display: string | undefined) => (code === undefined ? [] : [{ url, valueCoding: { system, code, ...(display !== undefined && { display }) } }]);
  const extension = [...coded(urls.province, codeSystems.provinces, home.provinceCode, home.province), ...coded(urls.commune, codeSystems.communes, home.communeCode, home.commune)];
  const text = [home.line, home.commune, home.province].filter((part) => part !== undefined && part !== '').join(', ');
  const now = { ...(extension.length > 0 && { extension }), use: 'home', ...(text !== '' && { text }), ...(home.line && { line: [home.line] }), city: home.commune, state: home.province, country: 'VN' };
  return [...(text === '' ? [] : [withoutEmpty(now)]), ...(home.former ? [{ use: 'old', text: home.former }] : []), ...rest];
}

function addressIn(patient: Resource): HomeAddress | undefined {
  const all = listOf<{ use?: string; text?: string; line?: string[]; city?: string; state?: string; extension?: Extension[] }>(patient['address']);
  const [home, former] = [all.find(({ use }) => use === 'home' || use === undefined), all.find(({ use }) => use === 'old')?.text];
  const code = (url: string) => (home?.extension?.find((one) => one.url === url)?.['valueCoding'] as { code?: string } | undefined)?.code;
  const address = withoutEmpty({ line: home?.line?.join(', ') ?? (home?.city === undefined ? home?.text : undefined), commune: home?.city, communeCode: code(urls.commune), province: home?.state, provinceCode: code(urls.province), former });
  return Object.keys(address).length === 0 ? undefined : (address as HomeAddress);
}

function codeIn(concept: unknown): string | undefined {
  return (concept as { coding?: { code?: string }[] } | undefined)?.coding?.[0]?.code;
}

function textIn(name: Json | undefined): string | undefined {
  const { text, given = [], family = '' } = (name ?? {}) as { text?: string; given?: string[]; family?: string };
  const whole = text ?? [family, ...given].join(' ').trim();
  return whole === '' ? undefined : whole;
}

function withoutEmpty(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
