import type { TrailNote } from '../../../platform/trail.ts';
import type { Work } from '../../../platform/work.ts';
import { patientKeyOf } from '../fhir-audit-keys.ts';
import type { AuditKind } from './kinds.ts';

export interface AuditNote extends Omit<TrailNote, 'kind'> {
  readonly kind?: AuditKind;
  /** Ids of Patients whom it concerns, beside those the record has seen. */
  readonly patients?: readonly string[];
}

/** Says more of the request under way than its address does; the edge tells one entry when the answer leaves. */
export function tellAudit(work: Work, { patients = [], ...note }: AuditNote): void {
  const { trail } = work;
  for (const id of patients) trail.patients.add(patientKeyOf(id));
  const detail = trail.note?.detail === undefined ? note.detail : { ...trail.note.detail, ...note.detail };
  trail.note = { ...trail.note, ...note, ...(detail === undefined ? {} : { detail }) };
}
