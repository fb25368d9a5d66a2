import type { Queryable } from '../../../platform/database.ts';

/**
 * Ends for good what orders have made of a relation between a person (`Practitioner/x`) and a patient: what was written while a record stood open in
 * an emergency must not keep it open. Visits and teams stay: nobody writes those in an emergency.
 */
export async function endOrderRelations(db: Queryable, patient: string, practitioner: string, now: number): Promise<void> {
  await db.query({
    name: 'security.end-order-relations',
    text: `WITH gone AS (
        DELETE FROM security.care_relation WHERE patient = $1 AND subject = ANY($2::text[]) AND source_type = 'ServiceRequest' RETURNING patient, subject, source_type, source_key
      )
      INSERT INTO security.ended_relation (patient, subject, source_type, source_key, ended_at) SELECT patient, subject, source_type, source_key, $3 FROM gone ON CONFLICT DO NOTHING`,
    values: [patient, [`Practitioner/${practitioner}`, `asks:Practitioner/${practitioner}`], new Date(now)],
  });
}
