import type { Work } from '../../../platform/work.ts';
import { findFacility } from '../seats/find-facility.ts';
import { localDay } from '../seats/local-time.ts';
import { shownNumber } from './desk-number.ts';
import { openNumbers } from './kiosk-store.ts';

/** Gives the numbers of today that nobody has served yet. */
export async function listDeskNumbers(work: Work): Promise<{ numbers: { id: string; number: string; given: string; help: boolean; kiosk: string }[] }> {
  const open = await openNumbers(work.db, await findFacility(work), localDay(work.now));
  return { numbers: open.map(({ number, given, ...rest }) => ({ ...rest, number: shownNumber(number), given: given.toISOString() })) };
}
