// The Appointment of the record (R4): what others read of a booking.
import type { Resource } from '@sen/fhir';
import type { AppointmentState } from '@sen/contracts';
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

/** Names a Slot by its session and start: it is never stored. */
function slotId(sessionId: string, start: number): string {
  return `${sessionId}.${Math.round(start / 60_000).toString(36)}`;
}

function participant(reference: string, display: string) {
  return { actor: { reference, display }, required: 'required', status: 'accepted' };
}
