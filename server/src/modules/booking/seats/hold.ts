// A held seat as it is shown, and what to bring.
import type { BookingHold } from '@sen/contracts';
import { hours } from '../hours.ts';
import type { StoredSession } from './seat-store.ts';
import type { StoredVisitType } from './visit-type-store.ts';

type Language = 'vi' | 'en';

/** When people are asked to be there. */
export function arrivalOf(start: number): number {
  return start - hours().arriveMinutes * 60_000;
}

export function hold(session: StoredSession, type: StoredVisitType, held: { token: string; until: number; start: number; minutes: number }, language: Language): BookingHold {
  const { doctorId, doctorName } = session;
  return {
    holdToken: held.token,
    until: new Date(held.until).toISOString(),
    start: new Date(held.start).toISOString(),
    minutes: held.minutes,
    arriveAt: new Date(arrivalOf(held.start)).toISOString(),
    ...(doctorId !== null && { doctor: { id: doctorId, name: doctorName ?? doctorId } }),
    room: { id: session.roomId, name: session.roomName },
    specialty: { id: session.specialtyId, name: session.specialtyName },
    visitType: { id: type.code, name: language === 'vi' ? type.nameVi : type.nameEn },
    bring: bringFor(type.code, language),
  };
}

const always = { vi: ['Căn cước công dân', 'Thẻ bảo hiểm y tế (nếu có)'], en: ['Citizen identity card', 'Health insurance card, if you have one'] };
const papers: Readonly<Record<string, { vi: string[]; en: string[] }>> = {
  'first': { vi: ['Kết quả khám, đơn thuốc gần đây'], en: ['Recent results and prescriptions'] },
  'follow-up': { vi: ['Đơn thuốc đang dùng'], en: ['Your present prescription'] },
  'insurance-follow-up': { vi: ['Giấy hẹn khám lại', 'Đơn thuốc đang dùng'], en: ['The re-examination slip', 'Your present prescription'] },
};

export function bringFor(visitType: string, language: Language): string[] {
  return [...always[language], ...(papers[visitType]?.[language] ?? [])];
}
