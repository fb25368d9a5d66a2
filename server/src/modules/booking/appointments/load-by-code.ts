import type { Work } from '../../../platform/work.ts';
import { mobileOf } from '../../messages/index.ts';
import { noSuchAppointment } from '../refusals.ts';
import { codeIn } from '../seats/token.ts';
import { appointmentByCode, loadAppointment, type StoredAppointment } from './appointment-store.ts';

/** Loads an appointment by its code and the telephone it was booked with; which of the two is wrong is not told. */
export async function loadByCode(work: Work, code: string, phone: string, lock = false): Promise<StoredAppointment> {
  const by = codeIn(code);
  const found = by === undefined ? undefined : await appointmentByCode(work.db, by);
  const mobile = mobileOf(phone);
  if (found === undefined || mobile === undefined || found.contactPhone === null || mobileOf(found.contactPhone) !== mobile) throw noSuchAppointment();
  return lock ? (await loadAppointment(work.db, found.id, true))! : found;
}
