import type { Work } from '../../../platform/work.ts';
import { visitIn } from './ticket.ts';
import { findVisit } from './visit-store.ts';

/** Answers identity.patient-of-code: whose visit of this hospital a scanned ticket names. */
export async function findTicketedPatient({ db, actor }: Work, text: string): Promise<string | undefined> {
  const visitId = visitIn(text);
  const found = visitId === undefined ? undefined : await findVisit(db, visitId);
  return found === undefined || (actor.facility !== undefined && actor.facility !== found.facility) ? undefined : found.patientId;
}
