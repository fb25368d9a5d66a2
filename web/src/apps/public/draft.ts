// What is being booked. Held in memory only: a public computer keeps neither a name nor a number once the page is closed.
import type { AppointmentView, BookingStart } from '@sen/contracts';

interface Draft {
  /** The time chosen; it is held once the telephone is confirmed. */
  start?: BookingStart | undefined;
  name: string;
  birth: string;
  phone: string;
  reason: string;
  /** What a right code gave, and for which number. */
  visitor?: { readonly phone: string; readonly token: string; readonly until: number } | undefined;
  codeSent?: { readonly phone: string; readonly again: number } | undefined;
  hold?: string | undefined;
  /** What went wrong on the way back to the times. */
  told?: string | undefined;
  /** An appointment looked up by its code, and the code. */
  found?: { readonly appointment: AppointmentView; readonly code: string; readonly phone: string } | undefined;
  isMoving: boolean;
  booked?: AppointmentView | undefined;
}

export const draft: Draft = { name: '', birth: '', phone: '', reason: '', isMoving: false };

/** The token for a number, when it still serves. */
export function visitorToken(phone: string): string | undefined {
  const { visitor } = draft;
  return visitor !== undefined && visitor.phone === bare(phone) && visitor.until > Date.now() + 30_000 ? visitor.token : undefined;
}

export function bare(phone: string): string {
  return phone.replace(/[^\d+]/g, '').replace(/^\+?84/, '0');
}
