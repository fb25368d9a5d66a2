// Checking in oneself: who scans the code at the door today is at the door.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DeskTicket } from '@sen/contracts';
import { heldKeyring } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import { loadOwn } from '../appointments/check-may-act.ts';
import { tooEarly, wrongDoor } from '../refusals.ts';
import { findFacility } from '../seats/find-facility.ts';
import { addDays, instantOf, localDay } from '../seats/local-time.ts';
import { receiveArrival } from './receive-arrival.ts';

const earliestMs = 60 * 60_000;

/** What the QR at the door carries today. */
export async function readDoorCode(work: Work): Promise<{ door: string; validUntil: string }> {
  const [facility, day] = [await findFacility(work), localDay(work.now)];
  return { door: doorCode(facility, day), validUntil: new Date(instantOf(addDays(day, 1), 0)).toISOString() };
}

/** Checks in an own appointment of today, from 60 minutes before. Refuses with `booking.wrong-door-code`, `booking.too-early`. */
export async function checkInMyself(work: Work, appointmentId: string, door: string): Promise<DeskTicket> {
  const one = await loadOwn(work, appointmentId);
  const [right, given] = [Buffer.from(doorCode(one.facility, localDay(work.now))), Buffer.from(door.trim())];
  if (right.length !== given.length || !timingSafeEqual(right, given)) throw wrongDoor();
  if (one.start.getTime() - work.now > earliestMs && one.day === localDay(work.now)) throw tooEarly();
  return receiveArrival(work, { appointmentId });
}

function doorCode(facility: string, day: string): string {
  return `SEN:D:${createHmac('sha256', heldKeyring().derive('door-code')).update(`${facility} ${day}`).digest('base64url').slice(0, 22)}`;
}
