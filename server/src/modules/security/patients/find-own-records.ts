// Whose records a person may open: of the patient the person is, and of those whose relative the person is in the record.
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findResources, type Json } from '../ask-record.ts';
import { nameOf } from '../find-people.ts';
import { phoneOf } from './phone.ts';

export interface Proven {
  /** Personal identification number (số định danh cá nhân), 12 digits. */
  readonly citizenNumber: string;
  /** `1968-03-14`; absent where the number was verified by the state. */
  readonly birthDate?: string | undefined;
  /** The phone the person holds; absent likewise. */
  readonly phone?: string | undefined;
}

export interface OwnRecords {
  readonly name: string;
  /** Patients the person is: more than one where the hospital has registered somebody twice. */
  readonly self: readonly string[];
  /** Patients for whom the person acts. */
  readonly others: readonly string[];
  /** Where this stands: `Patient/x`, `RelatedPerson/y`. */
  readonly sources: readonly string[];
}

/** Finds them by the number, and by birth date and phone as far as they are given: all must stand in the same record. */
export async function findOwnRecords(work: Work, { citizenNumber, birthDate, phone }: Proven): Promise<OwnRecords | undefined> {
  if (!/^\d{12}$/.test(citizenNumber)) return undefined;
  const isPerson = (one: Json) => (birthDate === undefined || one['birthDate'] === birthDate) && (phone === undefined || phonesOf(one).includes(phone));
  const [patients, relatives] = [await ask(work, 'Patient', `identifier=${citizenNumber}`), await ask(work, 'RelatedPerson', `identifier=${citizenNumber}`)];
  return ownRecords(patients.filter(isPerson), await representing(work, relatives.filter(isPerson)), work.now);
}

/** Looks again at where a person was found: a relation may have ended, a record been merged or closed. */
export async function findSameRecords(work: Work, sources: readonly string[]): Promise<OwnRecords | undefined> {
  const idsOf = (type: string) => sources.filter((source) => source.startsWith(`${type}/`)).map((source) => source.slice(type.length + 1)).join(',');
  const found = async (type: 'Patient' | 'RelatedPerson') => (idsOf(type) === '' ? [] : ask(work, type, `_id=${idsOf(type)}`));
  return ownRecords(await found('Patient'), await representing(work, await found('RelatedPerson')), work.now);
}

async function ask(work: Work, type: 'Patient' | 'RelatedPerson', query: string): Promise<Json[]> {
  const [found = []] = await findResources.ask(asHouse(work), { type, query: `${query}&_count=100` });
  return found.filter((one) => one['active'] !== false);
}

/** v3-RoleCode: guardians and those with a power of attorney act for the patient whatever the age; parents while the child is under 18. */
const appointed = new Set(['GUARD', 'POWATT', 'DPOWATT', 'HPOWATT', 'SPOWATT']);
const parents = new Set(['PRN', 'MTH', 'FTH', 'NMTH', 'NFTH', 'NPRN', 'GESTM', 'ADOPTP', 'ADOPTM', 'ADOPTF']);

/** Civil Code 91/2015/QH13, art. 21 and 136: parents represent those under 18, guardians their wards. Other relatives act for nobody by being named in a record. */
async function representing(work: Work, relatives: readonly Json[]): Promise<Json[]> {
  const named = relatives.map((relative) => ({ relative, roles: rolesOf(relative), patient: patientOf(relative) }));
  const ids = [...new Set(named.map(({ patient }) => patient).filter((id) => id !== undefined))];
  const births = new Map(ids.length === 0 ? [] : (await ask(work, 'Patient', `_id=${ids.join(',')}`)).map(({ id, birthDate }) => [String(id), birthDate]));
  return named.filter(({ roles, patient }) => roles.some((role) => appointed.has(role) || (parents.has(role) && isMinor(births.get(patient ?? ''), work.now)))).map(({ relative }) => relative);
}

function rolesOf({ relationship }: Json): string[] {
  const concepts = (Array.isArray(relationship) ? relationship : []) as { coding?: { code?: string }[] }[];
  return concepts.flatMap(({ coding = [] }) => coding.map(({ code = '' }) => code));
}

/** A year alone counts as its last day: a child is a child until it is sure that it is none. */
function isMinor(birthDate: unknown, now: number): boolean {
  const [, year, month = '12', day = month === '02' ? '28' : '30'] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(String(birthDate ?? '')) ?? [];
  return year !== undefined && now < Date.parse(`${Number(year) + 18}-${month}-${day}T00:00:00+07:00`);
}

function ownRecords(patients: readonly Json[], relatives: readonly Json[], now: number): OwnRecords | undefined {
  const [own, acting] = [patients.filter((patient) => !isReplaced(patient)), relatives.filter((relative) => isCurrent(relative, now))];
  const self = own.map(({ id }) => String(id));
  const others = [...new Set(acting.map(patientOf).filter((id) => id !== undefined))].filter((id) => !self.includes(id));
  const first = own[0] ?? acting[0];
  if (first === undefined || self.length + others.length === 0) return undefined;
  const sources = [...own.map(({ id }) => `Patient/${String(id)}`), ...acting.map(({ id }) => `RelatedPerson/${String(id)}`)];
  return { name: nameOf(first), self, others, sources };
}

/** Tells whether anybody in the record has this phone: others are sent nothing. */
export async function isKnownPhone(work: Work, phone: string): Promise<boolean> {
  const forms = [phone, `+84${phone.slice(1)}`, `84${phone.slice(1)}`].map((form) => encodeURIComponent(form));
  const house = asHouse(work);
  const [patients = []] = await findResources.ask(house, { type: 'Patient', query: `find=${phone}&_count=100&_elements=telecom,active` });
  if (patients.some((patient) => patient['active'] !== false && phonesOf(patient).includes(phone))) return true;
  const [relatives = []] = await findResources.ask(house, { type: 'RelatedPerson', query: `phone=${forms.join(',')}&_count=1&_elements=telecom` });
  return relatives.length > 0;
}

function phonesOf({ telecom }: Json): (string | undefined)[] {
  const contacts = (Array.isArray(telecom) ? telecom : []) as { system?: string; use?: string; value?: string }[];
  return contacts.filter(({ system, use }) => (system === 'phone' || system === 'sms') && use !== 'old').map(({ value = '' }) => phoneOf(value));
}

/** Merged into another record: that one is opened. */
function isReplaced({ link }: Json): boolean {
  return Array.isArray(link) && link.some((one: { type?: string }) => one.type === 'replaced-by');
}

function isCurrent({ period }: Json, now: number): boolean {
  const { start, end } = (period ?? {}) as { start?: string; end?: string };
  return (start === undefined || Date.parse(start) <= now) && (end === undefined || Date.parse(end) >= now);
}

function patientOf({ patient }: Json): string | undefined {
  return /^Patient\/([A-Za-z0-9.-]{1,64})$/.exec((patient as { reference?: string } | undefined)?.reference ?? '')?.[1];
}
