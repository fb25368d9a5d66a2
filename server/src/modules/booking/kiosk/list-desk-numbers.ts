import type * as contracts from '@sen/contracts';
import type { ResponseOf } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { shownNumber } from './desk-number.ts';
import { openNumbers } from './kiosk-store.ts';

/** Gives the numbers of today that nobody has served yet. */
export async function listDeskNumbers(work: Work): Promise<ResponseOf<typeof contracts.listDeskNumbers>> {
  const facility = await findFacility(work);
  const open = await openNumbers(work.db, facility, localDay(work.now));
  return { facility, numbers: open.map(({ number, given, ...rest }) => ({ ...rest, number: shownNumber(number), given: given.toISOString() })) };
}
