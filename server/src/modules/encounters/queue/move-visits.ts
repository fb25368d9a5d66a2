// Visits go with a patient who is merged, and come back exactly when that is undone.
import type { Work } from '../../../platform/work.ts';
import type { PatientMove } from '../../identity/index.ts';
import { moveVisits, moveVisitsBack } from './visit-store.ts';

/** Answers identity.move-patient; gives how many visits moved. */
export function answerMovePatient(work: Work, { from, to, mergeId, undo }: PatientMove): Promise<number> {
  return undo ? moveVisitsBack(work.db, mergeId, to) : moveVisits(work.db, mergeId, from, to);
}
