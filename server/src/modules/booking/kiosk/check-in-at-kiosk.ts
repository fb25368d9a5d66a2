// The machine at the door has read something.
import type { KioskAnswer } from '@sen/contracts';
import { readScan } from '@sen/vietnam/cards';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findByCard } from '../../identity/index.ts';
import { appointmentByCode } from '../appointments/appointment-store.ts';
import { localDay } from '../seats/local-time.ts';
import { codeIn } from '../seats/token.ts';
import { receiveAtKiosk } from './receive-at-kiosk.ts';
import { takeDeskNumber } from './take-desk-number.ts';

/** Checks in by what was read: who has an appointment today is received, everybody else gets a number for the desk. */
export async function checkInAtKiosk(work: Work, scanned: string): Promise<KioskAnswer> {
  const code = codeIn(scanned);
  if (code !== undefined) return checkInByCode(work, scanned, code);
  const scan = readScan(scanned, localDay(work.now));
  if (scan.kind === 'unknown' || scan.kind === 'booking-code') return { outcome: 'unreadable' };
  const patients = await findByCard(asHouse(work), 'card' in scan ? { ...scan.card } : { code: scan.code }, scan.kind);
  const [only] = patients;
  if (only?.id === undefined || patients.length > 1) return { outcome: 'unknown', ticket: await takeDeskNumber(work) };
  return receiveAtKiosk(work, { patientId: only.id });
}

async function checkInByCode(work: Work, scanned: string, code: NonNullable<ReturnType<typeof codeIn>>): Promise<KioskAnswer> {
  const booked = await appointmentByCode(work.db, code);
  if (booked === undefined) return { outcome: 'unknown', ticket: await takeDeskNumber(work) };
  if (booked.day !== localDay(work.now)) return { outcome: 'another-day', day: booked.day, ticket: await takeDeskNumber(work) };
  return receiveAtKiosk(work, { code: scanned });
}
