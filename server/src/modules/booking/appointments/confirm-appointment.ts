import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { cannotChange } from '../refusals.ts';
import { loadAppointment, storeConfirmed, type StoredAppointment } from './appointment-store.ts';

/** Notes that the patient will come. */
export async function confirmAppointment(work: Work, load: (inner: Work) => Promise<StoredAppointment>): Promise<StoredAppointment> {
  return work.transact(async (inner) => {
    const before = await load(inner);
    if (before.state === 'cancelled' || before.state === 'no-show') throw cannotChange();
    await storeConfirmed(inner.db, before.id, inner.now);
    await tellLive(inner, `room/${before.roomId}`, `desk/${before.facility}`);
    return (await loadAppointment(inner.db, before.id))!;
  });
}
