import type { Work } from '../../../platform/work.ts';
import { codeIn } from '../seats/token.ts';
import { appointmentByCode } from './appointment-store.ts';

/** Answers identity.patient-of-code: whose booking of this hospital carries the code, typed or scanned. */
export async function findCodedPatient({ db, actor }: Work, text: string): Promise<string | undefined> {
  const code = codeIn(text);
  const found = code === undefined ? undefined : await appointmentByCode(db, code);
  return found === undefined || (actor.facility !== undefined && actor.facility !== found.facility) ? undefined : found.patientId;
}
