import type { Work } from '../../../platform/work.ts';
import { keyOf } from '../fhir-types.ts';
import { marks } from '../policy/marks.ts';
import { patientMarksOf } from '../policy/marks-of.ts';
import type { StoredChange } from './changes.ts';

/** Bits of a patient, which every resource about them carries. */
export interface Guard {
  readonly patient: bigint;
  readonly marks: number;
}

/**
 * Keeps the guards of changed Patients (famous, works here), in the transaction that stores them. Gives those that changed: the marks of everything
 * stored about these patients must follow. The bit of their consents stays (consent/keep-consents.ts).
 */
export async function keepGuards(work: Work, changes: readonly StoredChange[]): Promise<Guard[]> {
  const wanted = new Map(changes.map(({ id, after }) => [id, after === undefined ? 0 : patientMarksOf(after.resource)]));
  for (const { id, current } of changes) if (current === undefined && wanted.get(id) === 0) wanted.delete(id);
  if (wanted.size === 0) return [];
  const { rows } = await work.db.query<{ patient: string; marks: number }>({
    name: 'security.keep-guards',
    text: keepText,
    values: [[...wanted.keys()].map((id) => String(keyOf(id))), [...wanted.values()]],
  });
  return rows.map(({ patient, marks: bits }) => ({ patient: BigInt(patient), marks: bits }));
}

const keepText = `
with input as (select * from unnest($1::bigint[], $2::int[]) as u(patient, marks)),
found as materialized (
  select i.patient, g.marks as before, i.marks | (coalesce(g.marks, 0) & ${marks.consented}) as marks
  from input i left join security.patient_guard g on g.patient = i.patient
),
gone as (delete from security.patient_guard g using found f where g.patient = f.patient and f.marks = 0 returning g.patient, 0 as marks),
changed as (update security.patient_guard g set marks = f.marks from found f where g.patient = f.patient and f.marks <> 0 and f.marks <> g.marks returning g.patient, g.marks),
added as (
  insert into security.patient_guard as g (patient, marks) select patient, marks from found where before is null and marks <> 0
  on conflict (patient) do update set marks = g.marks | excluded.marks returning g.patient, g.marks
)
select patient::text as patient, marks from gone union all select patient::text, marks from changed union all select patient::text, marks from added`;
