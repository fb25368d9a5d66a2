import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { numberServed } from '../refusals.ts';
import { findFacility } from '../seats/find-facility.ts';
import { shownNumber } from './desk-number.ts';
import { storeServed } from './kiosk-store.ts';

/** Takes up a number; refuses with `booking.number-served` when another desk was faster. */
export async function serveDeskNumber(work: Work, id: string): Promise<{ number: string }> {
  const facility = await findFacility(work);
  return work.transact(async (inner) => {
    const number = await storeServed(inner.db, id, facility, work.actor.id, work.now);
    if (number === undefined) throw numberServed();
    await tellLive(inner, `desk/${facility}`);
    return { number: shownNumber(number) };
  });
}
