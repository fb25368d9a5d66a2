// What is free, a held seat, a booking: one way for the desk and the operator.
import type * as contracts from '@sen/contracts';
import type { BodyOf } from '@sen/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

/** Where to look; empty fields are left out. */
export interface SeatQuestion {
  readonly specialty: string;
  readonly doctor: string;
  readonly visitType: string;
  readonly date: string;
}

export function useSpecialties() {
  return useQuery({ queryKey: ['booking-specialties'], queryFn: ({ signal }) => call<typeof contracts.listBookingSpecialties>('GET', '/api/booking/specialties', {}, signal), staleTime: 60_000 });
}

export function useDoctors(specialty: string) {
  return useQuery({
    queryKey: ['booking-doctors', specialty],
    queryFn: ({ signal }) => call<typeof contracts.listBookingDoctors>('GET', '/api/booking/doctors', specialty === '' ? {} : { specialty }, signal),
    staleTime: 60_000, placeholderData: keepPreviousData,
  });
}

export function useDays(question: SeatQuestion, from: string) {
  return useQuery({
    queryKey: ['booking-days', where(question), from],
    queryFn: ({ signal }) => call<typeof contracts.listBookingDays>('GET', '/api/booking/days', { ...where(question), from, days: 14 }, signal),
    enabled: isAsked(question), staleTime: 5_000, placeholderData: keepPreviousData,
  });
}

export function useStarts(question: SeatQuestion) {
  return useQuery({
    queryKey: ['booking-starts', where(question), question.date],
    queryFn: ({ signal }) => call<typeof contracts.listBookingStarts>('GET', '/api/booking/starts', { ...where(question), date: question.date, only: 'free' }, signal),
    enabled: isAsked(question) && question.date !== '', staleTime: 3_000,
  });
}

export function isAsked({ specialty, doctor }: SeatQuestion): boolean {
  return specialty !== '' || doctor !== '';
}

function where({ specialty, doctor, visitType }: SeatQuestion) {
  return { ...(specialty !== '' && { specialty }), ...(doctor !== '' && { doctor }), ...(visitType !== '' && { visitType }) };
}

type Seat = BodyOf<typeof contracts.holdSeat>;

export function useHold() {
  const refresh = useRefreshSeats();
  return useMutation({ mutationFn: (seat: Seat) => call<typeof contracts.holdSeat>('POST', '/api/booking/holds', seat), onSettled: refresh });
}

export function useRelease() {
  const refresh = useRefreshSeats();
  return useMutation({ mutationFn: (holdToken: string) => call<typeof contracts.releaseHold>('DELETE', '/api/booking/holds/:holdToken', { holdToken }), onSettled: refresh });
}

export function useBook() {
  const refresh = useRefreshSeats();
  return useMutation({ mutationFn: (booking: BodyOf<typeof contracts.bookAppointment>) => call<typeof contracts.bookAppointment>('POST', '/api/booking/appointments', booking), onSettled: refresh });
}

export function useMove() {
  const refresh = useRefreshSeats();
  return useMutation({ mutationFn: (to: { appointmentId: string; holdToken: string }) => call<typeof contracts.moveAppointment>('POST', '/api/appointments/:appointmentId/move', to), onSettled: refresh });
}

export function useCancel() {
  const refresh = useRefreshSeats();
  return useMutation({ mutationFn: (appointmentId: string) => call<typeof contracts.cancelAppointment>('POST', '/api/appointments/:appointmentId/cancel', { appointmentId, reason: 'patient' }), onSettled: refresh });
}

export function useConfirmComing() {
  const refresh = useRefreshSeats();
  return useMutation({ mutationFn: (appointmentId: string) => call<typeof contracts.confirmAppointment>('POST', '/api/appointments/:appointmentId/confirm', { appointmentId }), onSettled: refresh });
}

export function usePatientAppointments(patientId: string | undefined) {
  return useQuery({
    queryKey: ['patient-appointments', patientId],
    queryFn: ({ signal }) => call<typeof contracts.listPatientAppointments>('GET', '/api/patients/:patientId/appointments', { patientId: patientId ?? '' }, signal),
    enabled: patientId !== undefined, staleTime: 5_000,
  });
}

/** All that a seat taken or given back makes untrue. */
function useRefreshSeats(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const key of ['booking-days', 'booking-starts', 'patient-appointments', 'desk-day', 'to-call', 'waiting-entries']) void queries.invalidateQueries({ queryKey: [key] });
  };
}
