// A number for the reception desk, for who cannot be received by the machine.
import type { KioskTicket } from '@sen/contracts';
import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { shownNumber } from './desk-number.ts';
import { giveNumber } from './kiosk-store.ts';

/** Gives the next number of the day; with `help`, it stands before the others at the desk. */
export async function takeDeskNumber(work: Work, help = false): Promise<KioskTicket> {
  const facility = await findFacility(work);
  return work.transact(async (inner) => {
    const number = await giveNumber(inner.db, { facility, day: localDay(work.now), help, kiosk: work.actor.name, now: work.now });
    await tellLive(inner, `desk/${facility}`);
    return { number: shownNumber(number) };
  });
}
