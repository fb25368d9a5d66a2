// The Encounter of a visit at the clinic, and the rooms that the record knows (Location, Organization).
import type { Resource } from '@sen/fhir';
import type { PriorityClass, PriorityReason } from '@sen/contracts';
import { listOf, textOf, type Coding, type Concept, type Reference } from './fhir.ts';
import { shortRoomName, stationKindOf } from './queue/stations.ts';

export interface ArrivedVisit {
  readonly patientId: string;
  readonly patientName: string;
  readonly facility: string;
  readonly room: { readonly id: string; readonly name: string; readonly departmentId: string | null; readonly departmentName: string | null };
  readonly doctor?: { readonly id: string; readonly name: string } | undefined;
  readonly appointmentId?: string | undefined;
  readonly ticket: string;
  readonly day: string;
  readonly class: PriorityClass;
  readonly reasons: readonly PriorityReason[];
  readonly reason?: string | undefined;
  readonly at: number;
}

const visitNumbers = 'urn:sen:sid:visit-number';
/** v3-ActPriority: emergency, urgent, routine. */
const priorityCodes: Readonly<Record<PriorityClass, readonly [string, string]>> = { emergency: ['EM', 'emergency'], urgent: ['UR', 'urgent'], priority: ['R', 'routine'], normal: ['R', 'routine'] };

/** Writes the Encounter of somebody who has arrived (R4 Encounter: status arrived). */
export function arrivedEncounter(visit: ArrivedVisit): Resource {
  const { room, doctor } = visit;
  const start = new Date(visit.at).toISOString();
  const [code, display] = priorityCodes[visit.class];
  return {
    resourceType: 'Encounter',
    identifier: [{ system: visitNumbers, value: `${visit.facility}.${visit.day.replaceAll('-', '')}.${visit.ticket}` }],
    status: 'arrived',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    type: [{ text: 'Khám bệnh ngoại trú' }],
    ...(room.departmentName !== null && { serviceType: { text: room.departmentName } }),
    priority: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority', code, display }], ...(visit.reasons.length > 0 && { text: visit.reasons.join(', ') }) },
    subject: { reference: `Patient/${visit.patientId}`, display: visit.patientName },
    ...(doctor !== undefined && { participant: [attender(doctor)] }),
    ...(visit.appointmentId !== undefined && { appointment: [{ reference: `Appointment/${visit.appointmentId}` }] }),
    period: { start },
    ...(visit.reason !== undefined && { reasonCode: [{ text: visit.reason }] }),
    location: [{ location: { reference: `Location/${room.id}`, display: room.name }, status: 'active', period: { start } }],
    serviceProvider: { reference: `Organization/${room.departmentId ?? visit.facility}` },
  } as Resource;
}

/** The Encounter with how soon it must be seen. */
export function prioritizedEncounter(encounter: Resource, priority: PriorityClass, reasons: readonly PriorityReason[]): Resource {
  const [code, display] = priorityCodes[priority];
  return { ...encounter, priority: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority', code, display }], ...(reasons.length > 0 && { text: reasons.join(', ') }) } };
}

interface Attendance {
  readonly status: 'in-progress' | 'finished' | 'cancelled';
  readonly at: number;
  readonly doctor?: { readonly id: string; readonly name: string } | undefined;
  /** Rooms in the order in which the patient was there. */
  readonly rooms?: readonly { readonly id: string; readonly name: string; readonly from: number; readonly until?: number | undefined }[];
}

/** The Encounter in its next status; what it was is kept in statusHistory. Other elements stay as they are. */
export function movedEncounter(encounter: Resource, { status, at, doctor, rooms }: Attendance): Resource {
  const now = new Date(at).toISOString();
  const period = encounter['period'] as { start?: string } | undefined;
  const history = listOf<{ status: string; period: { start?: string; end?: string } }>(encounter['statusHistory']);
  const since = history.at(-1)?.period.end ?? period?.start;
  const participants = listOf<{ individual?: Reference }>(encounter['participant']);
  const isKnown = doctor === undefined || participants.some((one) => one.individual?.reference === `Practitioner/${doctor.id}`);
  return {
    ...encounter,
    status,
    statusHistory: [...history, { status: encounter['status'], period: { ...(since !== undefined && { start: since }), end: now } }],
    ...(isKnown ? {} : { participant: [...participants, attender(doctor)] }),
    ...(status !== 'in-progress' && { period: { ...period, end: now } }),
    ...(rooms !== undefined && rooms.length > 0 && { location: rooms.map((room) => placeOf(room, status, now)) }),
  };
}

function placeOf(room: NonNullable<Attendance['rooms']>[number], status: Attendance['status'], now: string) {
  const end = room.until === undefined ? (status === 'in-progress' ? undefined : now) : new Date(room.until).toISOString();
  return {
    location: { reference: `Location/${room.id}`, display: room.name },
    status: end === undefined ? 'active' : 'completed',
    period: { start: new Date(room.from).toISOString(), ...(end !== undefined && { end }) },
  };
}

function attender(doctor: { readonly id: string; readonly name: string }) {
  return {
    type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'ATND', display: 'attender' }] }],
    individual: { reference: `Practitioner/${doctor.id}`, display: doctor.name },
  };
}

/** A room of a Location, with its department and facility out of the Organizations; undefined when it is no room, or belongs to no facility. */
export function roomOf(location: Resource, organizations: ReadonlyMap<string, Resource>) {
  const physical = (location['physicalType'] as Concept | undefined)?.coding?.[0]?.code;
  const owner = organizations.get(idIn(location['managingOrganization']) ?? '');
  if (owner?.id === undefined || (physical !== 'ro' && physical !== 'area')) return undefined;
  const facility = idIn(owner['partOf']) ?? owner.id;
  const isDepartment = facility !== owner.id;
  const name = textOf(location['name']) ?? location.id ?? '';
  return {
    id: location.id ?? '',
    facility,
    name,
    short: shortRoomName(name),
    kind: stationKindOf(listOf<Concept>(location['type']).flatMap(({ coding }) => coding ?? []), departmentCodeOf(owner)),
    departmentId: isDepartment ? owner.id : null,
    departmentName: isDepartment ? (textOf(owner['name']) ?? null) : null,
    way: textOf(location['description']) ?? null,
    active: location['status'] !== 'inactive' && location['status'] !== 'suspended',
  };
}

function departmentCodeOf(organization: Resource): string | undefined {
  const codings = listOf<Concept>(organization['type']).flatMap(({ coding }): readonly Coding[] => coding ?? []);
  return codings.find(({ code }) => /^K\d\d/.test(code ?? ''))?.code?.slice(0, 3);
}

function idIn(value: unknown): string | undefined {
  return (value as Reference | undefined)?.reference?.split('/').at(-1);
}

/** The words of a practitioner: title and name. */
export function practitionerName(practitioner: Resource): string {
  const name = listOf<{ text?: string; prefix?: string[] }>(practitioner['name'])[0];
  return [...(name?.prefix ?? []), name?.text ?? ''].join(' ').trim();
}

