import type { AppointmentView } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { contactsOf } from '../../identity/index.ts';
import { appointmentsToCall, storeCalled } from '../appointments/appointment-store.ts';
import { findVisible, loadOwn } from '../appointments/check-may-act.ts';
import { showAppointments } from '../appointments/show-appointments.ts';
import { findFacility } from '../seats/find-facility.ts';

type ToCall = AppointmentView & { phone?: string; why: string; since: string };

/** Lists appointments the hospital changed and whose patients must be called, soonest first. */
export async function listToCall(work: Work): Promise<ToCall[]> {
  const found = await findVisible(work, await appointmentsToCall(work.db, await findFacility(work)));
  const views = await showAppointments(work, found);
  const contacts = await contactsOf(asHouse(work), [...new Set(found.map(({ patientId }) => patientId))]);
  return views.map((one, i) => {
    const { toCall, toCallSince, contactPhone, patientId } = found[i]!;
    const phone = contactPhone ?? contacts.get(patientId)?.phones[0];
    return { ...one, ...(phone !== undefined && { phone }), why: toCall ?? '', since: (toCallSince ?? new Date(work.now)).toISOString() };
  });
}

/** Notes that a patient was reached; who could not be stays on the list. */
export async function noteCalled(work: Work, id: string, reached: boolean): Promise<{ left: number }> {
  return work.transact(async (inner) => {
    const one = await loadOwn(inner, id, true);
    if (reached) await storeCalled(inner.db, one.id);
    return { left: (await appointmentsToCall(inner.db, one.facility)).length };
  });
}
