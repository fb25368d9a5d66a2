// A doctor comes back early, or was never away: what is still closed for it is open again.
import type { ResponseOf, endLeave as contract } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { bookedIn, storeCalled } from '../appointments/appointment-store.ts';
import { recordAppointment } from '../appointments/record-appointment.ts';
import { layReminders } from '../appointments/tell-patient.ts';
import { findFacility } from '../seats/find-facility.ts';
import { lockLeave, openSessionsOf, shortenLeave } from './leave-store.ts';

/** Ends a leave now. Who was moved or taken over stays so: they were told. Who was still to be called keeps the time. Refuses with `booking.no-such-leave`. */
export async function endLeave(work: Work, id: string): Promise<ResponseOf<typeof contract>> {
  return work.transact(async (inner) => {
    const facility = await findFacility(inner);
    const leave = await lockLeave(inner.db, facility, id, inner.now);
    if (leave === undefined) throw noSuchLeave();
    await shortenLeave(inner.db, id, inner.now);
    const opened = await openSessionsOf(inner.db, { ...leave, facility }, inner.now);
    let kept = 0;
    for (const session of opened) {
      for (const one of await bookedIn(inner.db, session, inner.now)) {
        if (one.toCall !== 'leave') continue;
        await storeCalled(inner.db, one.id);
        await layReminders(inner, await recordAppointment(inner, one.id, 'U'));
        kept++;
      }
    }
    return { opened: opened.length, kept };
  });
}

function noSuchLeave(): Refusal {
  return new Refusal('not-found', 'booking.no-such-leave', { vi: 'Không có lần nghỉ này, hoặc đã hết.', en: 'There is no such leave, or it is over.' });
}
