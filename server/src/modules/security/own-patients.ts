// Whose record is one's own: of patients, and of relatives who act for them.
import { Refusal } from '../../platform/refusal.ts';
import type { Actor } from '../../platform/work.ts';

/** Ids of the patients whom the actor is or may act for; an app never speaks for more than its launch patient. */
export function ownPatients({ patients = [], grant }: Actor): readonly string[] {
  return grant?.patient === undefined ? patients : patients.filter((id) => id === grant.patient);
}

/** Refuses anybody else's record as one that is not there. */
export function checkOwn(actor: Actor, patientId: string): void {
  if (!ownPatients(actor).includes(patientId)) throw new Refusal('not-found', 'security.no-such-patient', { vi: 'Không có hồ sơ người bệnh này.', en: 'There is no record of this patient.' });
}
