// What a scanned text is, and whom in the record it names.
import type { CardFields, CardKind, DuplicateCandidate, Finding, HomeAddress, PersonLine } from '@sen/contracts';
import { readScan, type Scan } from '@sen/vietnam/cards';
import type { Work } from '../../../platform/work.ts';
import { readResource, searchResources } from '../../record/index.ts';
import { addressOf } from '../addresses/address-text.ts';
import { dayOf } from '../age.ts';
import { findDuplicates } from '../duplicates/find-duplicates.ts';
import { fold } from '../fhir-fold.ts';
import { patientFacts, personLine } from '../fhir.ts';
import { systems } from '../systems.ts';
import { resolveCode } from './resolve-code.ts';

export interface CardReading {
  kind: CardKind;
  fields: CardFields;
  findings: Finding[];
  patients: { patient: PersonLine; differs: Finding[] }[];
  candidates: DuplicateCandidate[];
  address?: HomeAddress;
}

/** Reads a card or a code at the desk: those who have its number, with what differs; else those who are alike. */
export async function readCard(work: Work, text: string): Promise<CardReading> {
  const scan = readScan(text, dayOf(work.now));
  const fields = fieldsOf(scan);
  const [patients, kind] = await findScanned(work, scan, text);
  const address = fields.address === undefined ? undefined : addressOf(fields.address);
  const shown = patients.map((patient) => ({ patient: personLine(patient, dayOf(work.now)), differs: differences(fields, patient, dayOf(work.now)) }));
  const candidates = shown.length === 0 && fields.name !== undefined ? await findDuplicates(work, draftOf(fields)) : [];
  return { kind, fields, findings: [...scan.findings], patients: shown, candidates, ...(address !== undefined && { address }) };
}

type Patient = NonNullable<Awaited<ReturnType<typeof readResource>>>;

/** Nine digits alone may be the code of a booking that somebody reads out; a number of another kind is nobody's code. */
async function findScanned(work: Work, scan: Scan, text: string): Promise<[Patient[], CardKind]> {
  const isSpoken = scan.kind === 'unknown' && /^[\d .-]{9,13}$/.test(text.trim());
  if (scan.kind !== 'booking-code' && scan.kind !== 'visit-code' && !isSpoken) return [await findByCard(work, fieldsOf(scan), scan.kind), scan.kind];
  const [id] = (await resolveCode.ask(work, text.trim())).filter((one) => one !== undefined);
  const patient = id === undefined ? undefined : await readResource(work, 'Patient', id);
  return patient === undefined ? [[], scan.kind] : [[patient], isSpoken ? 'booking-code' : scan.kind];
}

/** Patients in use who have the number of a card, or whose code it is. */
export async function findByCard(work: Work, fields: CardFields, kind: CardKind): Promise<Patient[]> {
  if (kind === 'patient-code' && fields.code !== undefined) {
    const patient = await readResource(work, 'Patient', fields.code);
    return patient === undefined || patient['active'] === false ? [] : [patient];
  }
  const insurance = fields.insuranceNumber;
  const numbers = [
    ...(fields.citizenNumber === undefined ? [] : [`${systems.citizen}|${fields.citizenNumber}`]),
    ...(insurance === undefined ? [] : [`${systems.insuranceCard}|${insurance}`, `${systems.insuranceCard}|${insurance.slice(-10)}`, `${systems.socialInsurance}|${insurance.slice(-10)}`]),
  ];
  if (numbers.length === 0) return [];
  const { resources } = await searchResources(work, 'Patient', `identifier=${numbers.map((one) => encodeURIComponent(one)).join(',')}&_count=10`);
  return resources.filter((one) => one['active'] !== false);
}

function fieldsOf(scan: Scan): CardFields {
  if (scan.kind === 'citizen-card' || scan.kind === 'insurance-card') return { ...scan.card };
  return scan.kind === 'unknown' ? {} : { code: scan.code };
}

function draftOf({ name, birthDate, sex, citizenNumber, insuranceNumber }: CardFields): Parameters<typeof findDuplicates>[1] {
  return {
    ...(name !== undefined && { name }), ...(birthDate !== undefined && { birthDate }), ...(sex !== undefined && { sex }),
    ...(citizenNumber !== undefined && { citizenNumber }), ...(insuranceNumber !== undefined && { insuranceNumber }),
  };
}

function differences(fields: CardFields, patient: Patient, today: string): Finding[] {
  const facts = patientFacts(patient, today);
  const found: Finding[] = [];
  if (fields.name !== undefined && fold(fields.name) !== fold(facts.name)) found.push({ code: 'name-differs-from-card', text: { vi: 'Họ tên trên thẻ khác hồ sơ.', en: 'The name on the card differs from the record.' } });
  if (fields.birthDate !== undefined && fields.birthDate !== facts.birthDate) found.push({ code: 'birth-date-differs-from-card', text: { vi: 'Ngày sinh trên thẻ khác hồ sơ.', en: 'The birth date on the card differs from the record.' } });
  if (fields.sex !== undefined && fields.sex !== facts.sex) found.push({ code: 'sex-differs-from-card', text: { vi: 'Giới tính trên thẻ khác hồ sơ.', en: 'The sex on the card differs from the record.' } });
  return found;
}
