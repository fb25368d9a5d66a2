// What the page asks the server for. Lists are kept while the page is open: going back costs nothing on a slow line.
import type * as contracts from '@sen/contracts';
import type { AppointmentView, BookingDay, BookingDoctor, BookingStart, NewBookingPerson, ResponseOf } from '@sen/contracts';
import { call } from '../../lib/api.ts';
import { language } from './speak.ts';

export type Specialties = ResponseOf<typeof contracts.listBookingSpecialties>;

export interface Where {
  readonly specialty: string;
  readonly doctor?: string;
  readonly visitType?: string;
}

const kept = new Map<string, Promise<unknown>>();

/** Free starts are asked for anew when a page is opened; names and lists are not. */
function keeping<T>(name: string, ask: () => Promise<T>): Promise<T> {
  const key = `${language()} ${name}`;
  const before = kept.get(key) as Promise<T> | undefined;
  if (before !== undefined) return before;
  const asked = ask();
  kept.set(key, asked);
  asked.catch(() => kept.delete(key));
  return asked;
}

export function specialtiesNow(): Promise<Specialties> {
  return keeping('specialties', () => call<typeof contracts.listBookingSpecialties>('GET', '/api/booking/specialties', {}));
}

export function doctorsOf(specialty: string): Promise<BookingDoctor[]> {
  return keeping(`doctors ${specialty}`, async () => (await call<typeof contracts.listBookingDoctors>('GET', '/api/booking/doctors', { specialty })).doctors);
}

export async function daysOf(where: Where, from: string, days: number): Promise<BookingDay[]> {
  return (await call<typeof contracts.listBookingDays>('GET', '/api/booking/days', { ...where, from, days })).days;
}

export async function startsOf(where: Where, date: string): Promise<BookingStart[]> {
  return (await call<typeof contracts.listBookingStarts>('GET', '/api/booking/starts', { ...where, date })).starts;
}

/** After something was booked, moved or cancelled, what is free is no longer what it was. */
export function forgetLists(): void {
  kept.clear();
}

export function sendCode(phone: string): Promise<{ waitSeconds: number }> {
  return call<typeof contracts.sendVisitorCode>('POST', '/api/public/booking/codes', { phone });
}

export function verifyCode(phone: string, code: string): Promise<{ visitorToken: string; until: string }> {
  return call<typeof contracts.verifyVisitorCode>('POST', '/api/public/booking/verify', { phone, code });
}

export async function holdStart(start: BookingStart, token: string, visitType: string | undefined, instead: string | undefined): Promise<string> {
  const held = await call<typeof contracts.holdSeat>('POST', '/api/booking/holds', {
    session: start.session, start: start.start, visitorToken: token, ...(visitType !== undefined && { visitType }), ...(instead !== undefined && { instead }),
  });
  return held.holdToken;
}

export function bookHeld(holdToken: string, person: NewBookingPerson, reason: string, token: string): Promise<AppointmentView> {
  return call<typeof contracts.bookAppointment>('POST', '/api/booking/appointments', { holdToken, person, visitorToken: token, ...(reason !== '' && { reason }) });
}

interface ByCode { readonly code: string; readonly phone: string }

export function readByCode(by: ByCode): Promise<AppointmentView> {
  return call<typeof contracts.readPublicAppointment>('POST', '/api/public/booking/appointments/read', by);
}

export function moveByCode(by: ByCode, holdToken: string): Promise<AppointmentView> {
  return call<typeof contracts.movePublicAppointment>('POST', '/api/public/booking/appointments/move', { ...by, holdToken });
}

export function cancelByCode(by: ByCode): Promise<AppointmentView> {
  return call<typeof contracts.cancelPublicAppointment>('POST', '/api/public/booking/appointments/cancel', by);
}

export function confirmByCode(by: ByCode): Promise<AppointmentView> {
  return call<typeof contracts.confirmPublicAppointment>('POST', '/api/public/booking/appointments/confirm', by);
}
