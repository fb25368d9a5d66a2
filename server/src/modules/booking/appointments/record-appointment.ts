import { asHouse } from '../../../platform/as-house.ts';
import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { updateResource } from '../../record/index.ts';
import { tellAudit } from '../../security/index.ts';
import { appointmentResource } from '../fhir.ts';
import { noSuchAppointment } from '../refusals.ts';
import { loadAppointment, type StoredAppointment } from './appointment-store.ts';

/** Writes what the record says of an appointment, in the same transaction as the booking; tells screens and the audit. */
export async function recordAppointment(work: Work, id: string, action: 'C' | 'U'): Promise<StoredAppointment> {
  const stored = await loadAppointment(work.db, id);
  if (stored === undefined) throw noSuchAppointment();
  const house = asHouse(work);
  await updateResource(house, { type: 'Appointment', id, resource: appointmentResource(stored) });
  tellAudit(work, { patients: [stored.patientId] });
  work.trail.touches.push({ action, type: 'Appointment', id });
  await tellLive(work, `room/${stored.roomId}`, `desk/${stored.facility}`, `day/${stored.facility}`);
  return stored;
}
