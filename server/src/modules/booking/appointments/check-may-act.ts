import { systemActor } from '../../../platform/actors.ts';
import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { noSuchAppointment, notForYou } from '../refusals.ts';
import { loadAppointment, type StoredAppointment } from './appointment-store.ts';

/** May the actor book and see appointments of a patient: oneself and one's family, or those who operate booking or receive visits. */
export function mayActFor(work: Work, patientId: string): boolean {
  const { actor } = work;
  const access = accessOf(actor);
  if (actor.id === systemActor.id || access.permits('booking.operate') || access.permits('visit.receive') || actor.roles.includes('integration')) return true;
  return access.permits('booking.own') && actor.patients?.includes(patientId) === true;
}

/** Refuses with `booking.not-permitted`. */
export function checkMayActFor(work: Work, patientId: string): void {
  if (!mayActFor(work, patientId)) throw notForYou();
}

/** Loads an appointment that the actor may act on; one of somebody else is not there (`booking.no-such-appointment`). */
export async function loadOwn(work: Work, id: string, lock = false): Promise<StoredAppointment> {
  const found = await loadAppointment(work.db, id, lock);
  const foreign = found !== undefined && work.actor.facility !== undefined && work.actor.patients === undefined && found.facility !== work.actor.facility;
  if (found === undefined || foreign || !mayActFor(work, found.patientId)) throw noSuchAppointment();
  return found;
}
