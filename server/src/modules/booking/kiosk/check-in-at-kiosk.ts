// The machine at the door has read something: who has an appointment today is received, everybody else gets a number for the desk.
import type { DeskTicket, KioskOutcome, KioskTicket } from '@sen/contracts';
import { readScan } from '@sen/vietnam/cards';
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findByCard } from '../../identity/index.ts';
import { appointmentByCode } from '../appointments/appointment-store.ts';
import { receiveArrival, type AtTheDoor } from '../desk/receive-arrival.ts';
import { localDay } from '../seats/local-time.ts';
import { codeIn } from '../seats/token.ts';
import { takeDeskNumber } from './take-desk-number.ts';

export interface KioskAnswer {
  outcome: KioskOutcome;
  givenName?: string;
  ticket?: KioskTicket;
  day?: string;
}

/** Checks in by what was read. Received twice, the same number. Names are given names only: others stand behind. */
export async function checkInAtKiosk(work: Work, scanned: string): Promise<KioskAnswer> {
  const code = codeIn(scanned);
  if (code !== undefined) return checkInByCode(work, scanned, code);
  const scan = readScan(scanned, localDay(work.now));
  if (scan.kind === 'unknown' || scan.kind === 'booking-code') return { outcome: 'unreadable' };
  const patients = await findByCard(asHouse(work), 'card' in scan ? { ...scan.card } : { code: scan.code }, scan.kind);
  const [only] = patients;
  if (only?.id === undefined || patients.length > 1) return { outcome: 'unknown', ticket: await takeDeskNumber(work) };
  return (await received(work, { patientId: only.id })) ?? { outcome: 'desk', ticket: await takeDeskNumber(work) };
}

async function checkInByCode(work: Work, scanned: string, code: NonNullable<ReturnType<typeof codeIn>>): Promise<KioskAnswer> {
  const booked = await appointmentByCode(work.db, code);
  if (booked === undefined) return { outcome: 'unknown', ticket: await takeDeskNumber(work) };
  if (booked.day !== localDay(work.now)) return { outcome: 'another-day', day: booked.day, ticket: await takeDeskNumber(work) };
  return (await received(work, { code: scanned })) ?? { outcome: 'desk', ticket: await takeDeskNumber(work) };
}

/** Undefined where the desk has to look: no appointment today, a cancelled one, a room that takes nobody. */
async function received(work: Work, person: AtTheDoor): Promise<KioskAnswer | undefined> {
  try {
    const ticket = await receiveArrival(work, person);
    return { outcome: 'arrived', givenName: ticket.patientName.split(' ').at(-1) ?? '', ticket: shown(ticket) };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function shown({ ticket, room, way, start, ahead, waitFromMinutes: from, waitToMinutes: to }: DeskTicket): KioskTicket {
  return {
    number: ticket, room: room.name, ...(way !== undefined && { way }), ...(start !== undefined && { at: clockOf(start) }),
    ...(ahead !== undefined && { ahead }), ...(from !== undefined && to !== undefined && { waitMinutes: { from, to } }),
  };
}

/** `09:30`, local. */
function clockOf(start: string): string {
  return new Date(start).toLocaleTimeString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });
}
