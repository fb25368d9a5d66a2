// An appointment as it is shown to whoever may see it.
import type { AppointmentView } from '@sen/contracts';
import { arrivalOf, bringFor } from '../seats/hold.ts';
import type { StoredAppointment } from './appointment-store.ts';

export interface ViewContext {
  readonly language: 'vi' | 'en';
  readonly now: number;
  readonly patientName: string;
  readonly facilityName: string;
  readonly way?: string | undefined;
  /** A visitor who shows code and telephone sees no more than they need. */
  readonly sparse?: boolean;
}

export function view(one: StoredAppointment, context: ViewContext): AppointmentView {
  const { language, now, sparse = false } = context;
  const open = one.state === 'booked' && one.end.getTime() > now;
  return {
    id: one.id,
    state: one.state,
    code: `${one.code.slice(0, 4)} ${one.code.slice(4, 8)} ${one.code.slice(8)}`,
    qr: one.qr,
    start: one.start.toISOString(),
    end: one.end.toISOString(),
    arriveAt: new Date(arrivalOf(one.start.getTime())).toISOString(),
    ...(!sparse && { patientId: one.patientId }),
    patientName: sparse ? (context.patientName.split(' ').at(-1) ?? '') : context.patientName,
    facility: { id: one.facility, name: context.facilityName },
    specialty: { id: one.specialtyId, name: one.specialtyName },
    ...(one.doctorId !== null && { doctor: { id: one.doctorId, name: one.doctorName ?? one.doctorId } }),
    room: { id: one.roomId, name: one.roomName },
    ...(context.way !== undefined && { way: context.way }),
    visitType: { id: one.visitType, name: language === 'vi' ? one.visitTypeVi : one.visitTypeEn },
    ...(one.reason !== null && !sparse && { reason: one.reason }),
    channel: one.channel,
    confirmed: one.confirmedAt !== null,
    toCall: one.toCall !== null,
    canMove: open,
    canCancel: open,
    bring: bringFor(one.visitType, language),
    ...(one.visitId !== null && { visitId: one.visitId }),
  };
}
