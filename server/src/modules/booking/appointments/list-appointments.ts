import type { AppointmentView } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { appointmentsOfPatients } from './appointment-store.ts';
import { checkMayActFor, findVisible } from './check-may-act.ts';
import { showAppointments } from './show-appointments.ts';

/** Appointments of some patients: those to come, soonest first, then those of the last year, latest first. */
export async function listAppointments(work: Work, patientIds: readonly string[]): Promise<{ coming: AppointmentView[]; past: AppointmentView[] }> {
  for (const id of patientIds) checkMayActFor(work, id);
  const today = localDay(work.now);
  const found = await findVisible(work, await appointmentsOfPatients(work.db, patientIds, addDays(today, -366), addDays(today, 366)));
  const isComing = ({ state, day, end }: (typeof found)[number]) => (state === 'booked' && end.getTime() > work.now) || (state === 'arrived' && day === today);
  const coming = found.filter(isComing);
  const past = found.filter((one) => !isComing(one)).reverse().slice(0, 100);
  return { coming: await showAppointments(work, coming), past: await showAppointments(work, past) };
}
