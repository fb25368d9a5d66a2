// The number on the ticket: a letter for the kind and a number of the day.
import type { PriorityClass } from '@sen/contracts';

/** `U` goes first, `A` has a slot, `B` came without one. */
export function letterOf(priority: PriorityClass, booked: boolean): 'U' | 'A' | 'B' {
  return priority !== 'normal' ? 'U' : booked ? 'A' : 'B';
}

/** `A0042`; a day with more than 9,999 of a kind has five digits. */
export function ticketText(letter: string, number: number): string {
  return `${letter}${String(number).padStart(4, '0')}`;
}

/** What the QR of a ticket carries. */
export function ticketCode(visitId: string): string {
  return `SEN:V:${visitId}`;
}

/** The visit that a scanned ticket names. */
export function visitIn(scanned: string): string | undefined {
  return /^SEN:V:([A-Za-z0-9.-]{1,64})$/.exec(scanned.trim())?.[1];
}
