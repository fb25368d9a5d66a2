import { systemActor } from '../../../platform/actors.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource, searchResources } from '../../record/index.ts';
import { accessOf } from '../../security/index.ts';
import { noSuchAppointment, notForYou } from '../refusals.ts';
import { loadAppointment, type StoredAppointment } from './appointment-store.ts';

/** May the actor book and see appointments of a patient: oneself and one's family, or those who operate booking or receive visits. */
export function mayActFor(work: Work, patientId: string): boolean {
  return isStaff(work) || (accessOf(work.actor).permits('booking.own') && work.actor.patients?.includes(patientId) === true);
}

function isStaff({ actor }: Work): boolean {
  const access = accessOf(actor);
  return actor.id === systemActor.id || access.permits('booking.operate') || access.permits('visit.receive') || actor.roles.includes('integration');
}

/** Refuses with `booking.not-permitted`. */
export function checkMayActFor(work: Work, patientId: string): void {
  if (!mayActFor(work, patientId)) throw notForYou();
}

/** Loads an appointment that the actor may act on; one of somebody else is not there (`booking.no-such-appointment`). Staff see it as the policy lets them see the Appointment. */
export async function loadOwn(work: Work, id: string, lock = false): Promise<StoredAppointment> {
  const found = await loadAppointment(work.db, id, lock);
  const foreign = found !== undefined && work.actor.facility !== undefined && work.actor.patients === undefined && found.facility !== work.actor.facility;
  if (found === undefined || foreign || !mayActFor(work, found.patientId)) throw noSuchAppointment();
  if (isStaff(work) && (await readResource(work, 'Appointment', id)) === undefined) throw noSuchAppointment();
  return found;
}

/** Why people come is for those who see every Appointment, and for those who work in the room or its department. */
export function seesReasons({ actor }: Work, room?: { readonly id: string; readonly departmentId: string | null }): boolean {
  if (accessOf(actor).rules('Appointment', 'read').some(({ relation }) => relation === 'any')) return true;
  return room !== undefined && (actor.places ?? []).some((place) => place === `Location/${room.id}` || place === `Organization/${room.departmentId}`);
}

/** Those that the actor may see: all of one's own; of a patient at the desk, as the policy lets one see the Appointments. */
export async function findVisible(work: Work, found: readonly StoredAppointment[]): Promise<readonly StoredAppointment[]> {
  if (!isStaff(work) || work.actor.id === systemActor.id || found.length === 0) return found;
  const seen = new Set<string>();
  for (let at = 0; at < found.length; at += 100) {
    const ids = found.slice(at, at + 100).map(({ id }) => encodeURIComponent(id)).join(',');
    for (const { id = '' } of (await searchResources(work, 'Appointment', `_id=${ids}&_count=100&_elements=status`)).resources) seen.add(id);
  }
  return found.filter(({ id }) => seen.has(id));
}
