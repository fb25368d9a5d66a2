// The last step of both ways: hold the seat, then book it or move to it. A seat that is gone leads back to the times.
import { ApiError } from '../../lib/api.ts';
import { dayTyped } from '../patient/pages/typed-day.ts';
import { bare, draft, visitorToken } from './draft.ts';
import { go, type Place } from './place.ts';
import { bookHeld, forgetLists, holdStart, moveByCode } from './requests.ts';
import { language } from './speak.ts';

/** A seat that somebody else took meanwhile, or that was held too long. */
const seatIsGone = new Set(['booking.seat-taken', 'booking.hold-ended', 'booking.no-such-session']);

export async function finishBooking(place: Place): Promise<void> {
  const phone = bare(draft.phone);
  const token = visitorToken(phone);
  if (draft.start === undefined || token === undefined) return go({ ...place, page: 'time' }, 'replace');
  try {
    draft.hold = await holdStart(draft.start, token, draft.isMoving ? draft.found?.appointment.visitType.id : undefined, draft.hold);
    draft.booked = draft.isMoving ? await moveByCode({ code: draft.found?.code ?? '', phone }, draft.hold) : await bookHeld(draft.hold, person(phone), draft.reason, token);
  } catch (error) {
    if (!(error instanceof ApiError) || !seatIsGone.has(error.code)) throw error;
    draft.told = error.text[language()];
    draft.hold = undefined;
    draft.start = undefined;
    return go({ ...place, page: 'time' }, 'replace');
  }
  draft.hold = undefined;
  draft.start = undefined;
  // The next one is for somebody else, told by the same telephone.
  Object.assign(draft, { name: '', birth: '', reason: '' });
  forgetLists();
  go({ page: 'booked' }, 'replace');
}

function person(phone: string): { name: string; birthDate: string; phone: string } {
  return { name: draft.name, birthDate: birthTyped(draft.birth) ?? '', phone };
}

/** A whole day, or a year alone as many elders know it. Neither after today nor 130 years ago. */
export function birthTyped(typed: string): string | undefined {
  const birth = /^\d{4}$/.test(typed.trim()) ? typed.trim() : dayTyped(typed);
  if (birth === undefined) return undefined;
  const thisYear = new Date().getFullYear();
  const year = Number(birth.slice(0, 4));
  return year > thisYear - 130 && birth <= new Date().toISOString().slice(0, birth.length) ? birth : undefined;
}
