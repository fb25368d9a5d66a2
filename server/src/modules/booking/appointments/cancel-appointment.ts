import type { Work } from '../../../platform/work.ts';
import { cannotChange } from '../refusals.ts';
import { freeSeat } from '../seats/seat-store.ts';
import { storeState, type StoredAppointment } from './appointment-store.ts';
import { recordAppointment } from './record-appointment.ts';
import { tellCancelled } from './tell-patient.ts';

export const seatFreed = 'booking.seat-freed';

/** Cancels an appointment the caller may act on and frees its seat. Cancelled twice, it stays cancelled. Tells `booking.seat-freed`. */
export async function cancelAppointment(work: Work, load: (inner: Work) => Promise<StoredAppointment>, reason = 'patient'): Promise<StoredAppointment> {
  return work.transact(async (inner) => {
    const before = await load(inner);
    if (before.state === 'cancelled') return before;
    if (before.state !== 'booked' || before.end.getTime() <= inner.now) throw cannotChange();
    await storeState(inner.db, before.id, 'cancelled', inner.now, reason);
    const session = await freeSeat(inner.db, before.id);
    const stored = await recordAppointment(inner, before.id, 'U');
    await tellCancelled(inner, stored);
    if (session !== undefined) await inner.tell({ name: seatFreed, data: { session } });
    return stored;
  });
}
