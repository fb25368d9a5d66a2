import type * as contracts from '@sen/contracts';
import type { ResponseOf } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { facilityName } from '../appointments/show-appointments.ts';
import { findFacility } from '../seats/find-facility.ts';

/** Gives what stands on the screen of a kiosk. */
export async function readKiosk(work: Work): Promise<ResponseOf<typeof contracts.readKiosk>> {
  const name = await facilityName(work, await findFacility(work));
  return { ...(name !== '' && { facilityName: name }), name: work.actor.name, now: new Date(work.now).toISOString() };
}
