// What stands on the left of the desk, and how one gets from one to the other.
import type { Age, CardKind, DeskRow, DeskTicket, DuplicateCandidate, Finding, PatientMatch, readCard, Registration, ResponseOf, Sex } from '@sen/contracts';

export type Reading = ResponseOf<typeof readCard>;

export interface DeskPerson {
  readonly id: string;
  readonly name: string;
  readonly sex: Sex;
  readonly age?: Age | undefined;
  readonly birthDate?: string | undefined;
  readonly hospitalNumber?: string | undefined;
  readonly phoneMasked?: string | undefined;
  readonly citizenNumberMasked?: string | undefined;
  readonly address?: string | undefined;
}

export interface Subject {
  readonly person: DeskPerson;
  readonly by: CardKind | 'list' | 'search' | 'new';
  readonly findings: readonly Finding[];
  /** As the card tells them; absent: to be asked. */
  readonly candidates?: readonly DuplicateCandidate[];
  /** The booking that was scanned. */
  readonly code?: string;
  readonly row?: DeskRow;
}

export type Pane =
  | { readonly kind: 'idle' }
  | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] }
  | { readonly kind: 'none'; readonly draft: Partial<Registration>; readonly findings: readonly Finding[] }
  | { readonly kind: 'several'; readonly people: readonly DeskPerson[]; readonly by: CardKind | 'search'; readonly draft: Partial<Registration> }
  | { readonly kind: 'person'; readonly subject: Subject }
  | { readonly kind: 'rooms'; readonly subject: Subject }
  | { readonly kind: 'move'; readonly subject: Subject; readonly appointmentId: string }
  | { readonly kind: 'register'; readonly draft: Partial<Registration>; readonly patientId?: string }
  | { readonly kind: 'received'; readonly subject: Subject; readonly ticket: DeskTicket };

/** Where a reading leads: one person, several, nobody yet, or nothing legible. Whose card's number was typed has shown no card. */
export function paneOfReading(reading: Reading, byHand = false): Pane {
  const { kind, fields, patients, candidates, findings } = reading;
  const [only] = patients;
  if (only !== undefined && patients.length === 1) {
    const code = kind === 'booking-code' ? fields.code : undefined;
    return { kind: 'person', subject: { person: only.patient, by: byHand && kind.endsWith('-card') ? 'search' : kind, findings: [...findings, ...only.differs], candidates: candidates.filter(({ patient }) => patient.id !== only.patient.id), ...(code !== undefined && { code }) } };
  }
  const likely = [...patients, ...candidates].map(({ patient }) => patient);
  const draft = draftOf(reading);
  if (likely.length > 0) return { kind: 'several', people: likely, by: kind, draft };
  if (kind === 'unknown' || kind === 'booking-code' || kind === 'patient-code' || kind === 'visit-code') return { kind: 'unreadable', findings };
  return { kind: 'none', draft, findings };
}

/** The form as far as the card fills it. */
function draftOf({ fields, address }: Reading): Partial<Registration> {
  const known = { name: fields.name, sex: fields.sex, birthDate: fields.birthDate, citizenNumber: fields.citizenNumber, oldIdentityCard: fields.oldIdentityCard, insuranceNumber: fields.insuranceNumber, address };
  return { kind: 'full', ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== '')) };
}

export function paneOfRow(row: DeskRow): Pane {
  return { kind: 'person', subject: { person: personOfRow(row), by: 'list', findings: [], row } };
}

function personOfRow(row: DeskRow): DeskPerson {
  return { id: row.patientId, name: row.name, sex: row.sex, age: row.age, hospitalNumber: row.hospitalNumber, phoneMasked: row.phoneMasked };
}

export function paneOfMatches(matches: readonly PatientMatch[], typed: string): Pane {
  const [only] = matches;
  if (only === undefined) return { kind: 'none', draft: /^\d/.test(typed) ? { kind: 'full', ...(/^0\d{9}$/.test(typed.replace(/\D/g, '')) && { phone: typed.replace(/\D/g, '') }) } : { kind: 'full', name: typed }, findings: [] };
  if (matches.length === 1) return { kind: 'person', subject: { person: only, by: 'search', findings: [] } };
  return { kind: 'several', people: matches, by: 'search', draft: { kind: 'full', name: typed } };
}

/** Cards and codes, not names: digits, bars and our own prefix. */
export function looksScanned(text: string): boolean {
  return text.includes('|') || /^SEN:/i.test(text) || /^[A-Z]{2}\d{13}/i.test(text) || /^\d{12}$/.test(text);
}

/** Nine digits: the code of a booking as it is read out, or an old identity card. */
export function mayBeSpokenCode(text: string): boolean {
  return /^\d{9}$/.test(text.replace(/[ .-]/g, ''));
}
