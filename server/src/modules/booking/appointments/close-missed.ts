import type { Work } from '../../../platform/work.ts';
import { hours } from '../hours.ts';
import { freeSeat } from '../seats/seat-store.ts';
import { expectedStill, loadAppointment, storeState } from './appointment-store.ts';
import { seatFreed } from './cancel-appointment.ts';
import { missedBy } from './missed-rule.ts';
import { recordAppointment } from './record-appointment.ts';

/** Notes those who have not come as no-shows, by the rule in force, and frees their seats. Run twice, the same. Gives how many. */
export async function closeMissed(work: Work): Promise<number> {
  const { missedMinutes } = hours();
  let closed = 0;
  for (const id of await expectedStill(work.db, work.now, missedMinutes)) if (await work.transact((inner) => close(inner, id, missedMinutes))) closed++;
  return closed;
}

async function close(work: Work, id: string, minutes: number): Promise<boolean> {
  const one = await loadAppointment(work.db, id, true);
  if (one?.state !== 'booked' || missedBy(one, minutes, work.now) === undefined) return false;
  await storeState(work.db, id, 'no-show', work.now);
  const session = await freeSeat(work.db, id);
  await recordAppointment(work, id, 'U');
  if (session !== undefined && one.end.getTime() > work.now) await work.tell({ name: seatFreed, data: { session } });
  return true;
}
