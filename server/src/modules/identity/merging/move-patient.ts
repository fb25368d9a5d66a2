// Modules that keep rows of patients in tables of their own move them with the merge, in its transaction.
import { declareQuestion } from '../../../platform/ports.ts';

export interface PatientMove {
  readonly from: string;
  readonly to: string;
  /** Stable name of the merge: what is moved is kept under it, so that undoing it moves exactly that back. */
  readonly mergeId: string;
  /** True when the merge is undone: `from` is then the kept record, `to` the one that stands again. */
  readonly undo: boolean;
  /** Of an undoing: `Type/id` of what was changed since the merge and stays with the kept record; rows behind it stay too. */
  readonly stayed?: readonly string[];
}

/** Asked within the transaction of a merge and of its undoing. Answers how many rows were moved. */
export const movePatient = declareQuestion<PatientMove, number>('identity.move-patient', () => 0);
