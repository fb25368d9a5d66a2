// Everything in the record that names a patient: what is about the patient, and what only mentions the patient.
import { compartmentPlace, keyOf, typeCode, typeOfCode } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';

export interface Referring {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

/**
 * Lists the live resources of a patient's compartment (R4 compartmentdefinition-patient.html), in the order of type and key; the Patient itself is left out.
 * For the house: it looks past rights.
 */
export async function findReferring(work: Work, patientId: string): Promise<Referring[]> {
  const key = keyOf(patientId);
  const { rows } = await work.db.query<{ type: number; id: string; version: number }>({
    text: `select r.type, r.id, r.version from (
        select type, key, id, version from record.resource where patient = $1 and patient <> 0
        union
        select type, key, id, version from record.resource where tokens @> $2::bigint[]
      ) r where not (r.type = ${typeCode('Patient')} and r.key = $1) order by r.type, r.key`,
    values: [String(key), [String(key ^ compartmentPlace)]],
    plan: 'custom',
  });
  return rows.map(({ type, id, version }) => ({ type: typeOfCode(type), id, version }));
}
