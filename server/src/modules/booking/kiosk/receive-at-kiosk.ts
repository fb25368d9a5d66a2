// Who has an appointment today is received by the machine; everybody else gets a number for the desk.
import type { DeskTicket, KioskAnswer, KioskTicket } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { receiveArrival, type AtTheDoor } from '../desk/receive-arrival.ts';
import { takeDeskNumber } from './take-desk-number.ts';

const minute = 60_000;
/** Who comes sooner is told so: the room may not have opened. */
const earlyFrom = 60;
const lateFrom = 10;

/** Receives, and received twice gives the same number. Names are given names only: others stand behind. */
export async function receiveAtKiosk(work: Work, person: AtTheDoor): Promise<KioskAnswer> {
  const ticket = await unlessRefused(() => receiveArrival(work, person));
  // The desk has to look: no appointment today, a cancelled one, a room that takes nobody.
  if (ticket === undefined) return { outcome: 'desk', ticket: await takeDeskNumber(work) };
  return { outcome: 'arrived', givenName: ticket.patientName.split(' ').at(-1) ?? '', ticket: shown(ticket) };
}

async function unlessRefused(receive: () => Promise<DeskTicket>): Promise<DeskTicket | undefined> {
  try {
    return await receive();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function shown({ ticket, room, way, start, ahead, waitFromMinutes: from, waitToMinutes: to, arrivedAt, already }: DeskTicket): KioskTicket {
  return {
    number: ticket, room: room.name, ...(way !== undefined && { way }), ...(start !== undefined && { at: clockOf(start), ...punctuality(start, arrivedAt) }),
    ...(ahead !== undefined && { ahead }), ...(from !== undefined && to !== undefined && { waitMinutes: { from, to } }), ...(already && { again: true }),
  };
}

function punctuality(start: string, arrivedAt: string): { early?: number; late?: number } {
  const before = Math.round((Date.parse(start) - Date.parse(arrivedAt)) / minute);
  if (before >= earlyFrom) return { early: before };
  return before <= -lateFrom ? { late: -before } : {};
}

/** `09:30`, local. */
function clockOf(start: string): string {
  return new Date(start).toLocaleTimeString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });
}
