import type { Work } from '../../../platform/work.ts';
import { mobileOf } from '../../messages/index.ts';
import { noSuchAppointment, tooManyTries } from '../refusals.ts';
import { codeIn } from '../seats/token.ts';
import { wrongTries } from '../visitors/wrong-tries.ts';
import { appointmentByCode, loadAppointment, type StoredAppointment } from './appointment-store.ts';

const tries = wrongTries();

/** Loads an appointment by its code and the telephone it was booked with; which of the two is wrong is not told. Refuses with `booking.no-such-appointment`, `booking.too-many-tries`. */
export async function loadByCode(work: Work, code: string, phone: string, lock = false): Promise<StoredAppointment> {
  const by = codeIn(code);
  const mobile = mobileOf(phone);
  if (by === undefined || mobile === undefined) throw noSuchAppointment();
  const keys = [`phone ${mobile}`, 'qr' in by ? by.qr : by.code];
  if (tries.isOver(keys, work.now)) throw tooManyTries();
  const found = await appointmentByCode(work.db, by);
  if (found === undefined || found.contactPhone === null || mobileOf(found.contactPhone) !== mobile) {
    tries.note(keys, work.now);
    throw noSuchAppointment();
  }
  return lock ? (await loadAppointment(work.db, found.id, true))! : found;
}
