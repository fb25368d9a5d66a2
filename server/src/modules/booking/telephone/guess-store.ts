// Queries of the wrong birth dates.
import type { Queryable } from '../../../platform/database.ts';

/** A birth date has some 30,000 answers. */
const wrongMax = 6;
const countedMs = 24 * 3_600_000;

/** Counts a try for each patient before it is judged, so that many at once are not one; gives those who have one left. */
export async function takeTries(db: Queryable, patientIds: readonly string[], now: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'booking.take-tries',
    text: `INSERT INTO booking.birth_guess AS g (patient_id, wrong, until) SELECT id, 1, $2 FROM unnest($1::text[]) AS id ORDER BY id
           ON CONFLICT (patient_id) DO UPDATE SET wrong = CASE WHEN g.until <= $3 THEN 1 ELSE g.wrong + 1 END, until = CASE WHEN g.until <= $3 THEN excluded.until ELSE g.until END
           WHERE g.until <= $3 OR g.wrong < $4 RETURNING patient_id AS id`,
    values: [[...new Set(patientIds)], new Date(now + countedMs), new Date(now), wrongMax],
  });
  return rows.map(({ id }) => id);
}

export async function returnTries(db: Queryable, patientIds: readonly string[]): Promise<void> {
  await db.query({ name: 'booking.return-tries', text: 'UPDATE booking.birth_guess SET wrong = wrong - 1 WHERE patient_id = ANY ($1) AND wrong > 0', values: [patientIds] });
}
