// Appointments that could be, and that are held, as the IHE Scheduling profile (ITI, 1.0.1) hands them about: proposed, pending, booked.
import type { Resource } from '@sen/fhir';
import type { BookingHold, BookingStart, NewBookingPerson } from '@sen/contracts';

/** A proposed appointment is named by what it would take: its session, its start and the kind of visit. It is never stored. */
export interface Proposal {
  readonly session: string;
  /** ms since 1970. */
  readonly start: number;
  readonly visitType?: string;
}

function proposalId({ session, start, visitType }: Proposal): string {
  return ['find', session, Math.round(start / 60_000).toString(36), ...(visitType === undefined ? [] : [visitType])].join('.');
}

const proposal = /^find\.([0-9a-f-]{36})\.([0-9a-z]{1,8})(?:\.([a-z][a-z0-9-]{0,15}))?$/;

/** Reads the reference of a proposed appointment, absolute or not. */
export function proposalOf(reference: string): Proposal | undefined {
  const [, session, start, visitType] = proposal.exec(idOf(reference)) ?? [];
  if (session === undefined || start === undefined) return undefined;
  return { session, start: Number.parseInt(start, 36) * 60_000, ...(visitType === undefined ? {} : { visitType }) };
}

/** A held appointment is named by the token of its hold, in the characters of an id. */
function heldId(token: string): string {
  return `hold.${token.replaceAll('_', '.')}`;
}

export function tokenOfHeld(reference: string): string | undefined {
  const id = idOf(reference);
  return id.startsWith('hold.') ? id.slice('hold.'.length).replaceAll('.', '_') : undefined;
}

function idOf(reference: string): string {
  return /(?:^|\/)Appointment\/([A-Za-z0-9.-]{1,64})$/.exec(reference)?.[1] ?? '';
}

interface Place {
  readonly doctor?: { readonly id: string; readonly name: string } | undefined;
  readonly room: { readonly id: string; readonly name: string };
  readonly specialty: { readonly id: string; readonly name: string };
}

export function proposedAppointment(start: BookingStart, visitType: string | undefined): Resource {
  const id = proposalId({ session: start.session, start: Date.parse(start.start), ...(visitType === undefined ? {} : { visitType }) });
  return { resourceType: 'Appointment', id, status: 'proposed', ...timesOf(start.start, start.minutes), ...placesOf(start, 'needs-action') } as Resource;
}

/** Pending: what is held until the instant that the comment and the requested period tell. */
export function heldAppointment(hold: BookingHold): Resource {
  return {
    resourceType: 'Appointment', id: heldId(hold.holdToken), status: 'pending', ...timesOf(hold.start, hold.minutes), ...placesOf(hold, 'tentative'),
    serviceType: [{ coding: [{ system: 'urn:sen:visit-type', code: hold.visitType.id, display: hold.visitType.name }] }],
    comment: `Held until ${hold.until}`,
  } as Resource;
}

function timesOf(start: string, minutes: number): object {
  const begins = Date.parse(start);
  return { start: new Date(begins).toISOString(), end: new Date(begins + minutes * 60_000).toISOString(), minutesDuration: minutes };
}

function placesOf({ doctor, room, specialty }: Place, status: string): object {
  const participant = (reference: string, display: string) => ({ actor: { reference, display }, required: 'required', status });
  return {
    specialty: [{ coding: [{ system: 'urn:sen:specialty', code: specialty.id, display: specialty.name }], text: specialty.name }],
    participant: [...(doctor === undefined ? [] : [participant(`Practitioner/${doctor.id}`, doctor.name)]), participant(`Location/${room.id}`, room.name)],
  };
}

export function appointmentBundle(appointments: readonly Resource[], base: string): object {
  return {
    resourceType: 'Bundle', type: 'searchset', total: appointments.length,
    ...(appointments.length === 0 ? {} : { entry: appointments.map((resource) => ({ fullUrl: `${base}/Appointment/${resource.id}`, resource, search: { mode: 'match' } })) }),
  };
}

interface GivenPatient {
  readonly resourceType?: string;
  readonly name?: readonly { readonly text?: string; readonly family?: string; readonly given?: readonly string[] }[];
  readonly birthDate?: string;
  readonly gender?: NewBookingPerson['sex'];
  readonly telecom?: readonly { readonly system?: string; readonly value?: string }[];
}

/** The person of a Patient that comes with a booking; what is missing is named. */
export function personOf(given: unknown): NewBookingPerson | { readonly missing: string } {
  const patient = (given ?? {}) as GivenPatient;
  const [name] = patient.name ?? [];
  const text = name?.text ?? [name?.family, ...(name?.given ?? [])].filter((part) => part !== undefined).join(' ');
  const phone = patient.telecom?.find(({ system, value }) => system === 'phone' && value !== undefined)?.value;
  if (patient.resourceType !== 'Patient' || text.length < 2) return { missing: 'a Patient with a name' };
  if (patient.birthDate === undefined) return { missing: 'a Patient with a birthDate' };
  if (phone === undefined) return { missing: 'a Patient with a telephone number' };
  return { name: text, birthDate: patient.birthDate, phone, ...(patient.gender === undefined ? {} : { sex: patient.gender }) };
}
