// The Appointment of the record (R4): what others read of a booking.
import type { Resource } from '@sen/fhir';
import type { AppointmentState } from '@sen/contracts';
import { slotId } from './fhir-slots.ts';
import type { StoredAppointment } from './appointments/appointment-store.ts';

const statuses: Readonly<Record<AppointmentState, string>> = { 'booked': 'booked', 'arrived': 'arrived', 'fulfilled': 'fulfilled', 'cancelled': 'cancelled', 'no-show': 'noshow' };
/** Number of a booking as people read it aloud; given by this hospital. */
const bookingCodes = 'urn:sen:sid:booking-code';

/** Writes an appointment as a resource (R4 appointment.html); its id is that of the booking. */
export function appointmentResource(one: StoredAppointment): Resource {
  return {
    resourceType: 'Appointment',
    id: one.id,
    identifier: [{ system: bookingCodes, value: one.code }],
    status: statuses[one.state],
    ...(one.state === 'cancelled' && { cancelationReason: { text: 'cancelled' } }),
    serviceType: [{ coding: [{ system: 'urn:sen:visit-type', code: one.visitType, display: one.visitTypeVi }], text: one.visitTypeVi }],
    specialty: [{ text: one.specialtyName }],
    ...(one.reason !== null && { reasonCode: [{ text: one.reason }] }),
    start: one.start.toISOString(),
    end: one.end.toISOString(),
    minutesDuration: (one.end.getTime() - one.start.getTime()) / 60_000,
    created: one.bookedAt.toISOString(),
    slot: [{ reference: `Slot/${slotId(one.sessionId, one.start.getTime())}` }],
    participant: [
      participant(`Patient/${one.patientId}`, one.personName),
      ...(one.doctorId === null ? [] : [participant(`Practitioner/${one.doctorId}`, one.doctorName ?? one.doctorId)]),
      participant(`Location/${one.roomId}`, one.roomName),
    ],
  } as Resource;
}

function participant(reference: string, display: string) {
  return { actor: { reference, display }, required: 'required', status: 'accepted' };
}

export interface HeldTime {
  readonly from: string;
  readonly until: string;
  readonly doctors: string[];
  readonly rooms: string[];
}

const holding = new Set(['pending', 'booked', 'arrived', 'checked-in']);

/** The time that an Appointment of somebody else says is taken, and of whom; undefined for one that takes none: proposed, over, cancelled. */
export function heldTimeOf(resource: Resource): HeldTime | undefined {
  const { status, start, end, participant = [] } = resource as { status?: string; start?: string; end?: string; participant?: readonly { actor?: { reference?: string } }[] };
  if (status === undefined || !holding.has(status) || typeof start !== 'string' || typeof end !== 'string') return undefined;
  const named = (type: string) => participant.flatMap(({ actor }) => new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})$`).exec(actor?.reference ?? '')?.[1] ?? []);
  return { from: start, until: end, doctors: named('Practitioner'), rooms: named('Location') };
}
