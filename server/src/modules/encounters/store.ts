// Every query of the module's own schema.
import type { Queryable } from '../../platform/database.ts';

// A reader who comes back within this time is still looking.
const lookPauseMinutes = 30;

/** Notes a look and returns when the look before this one ended; undefined at the first. */
export async function noteLook(db: Queryable, readerId: string, patientId: string, now: number): Promise<string | undefined> {
  const { rows } = await db.query<{ before_at: Date | null }>({
    name: 'encounters.note-look',
    text: `INSERT INTO encounters.chart_view AS held (reader_id, patient_id, seen_at) VALUES ($1, $2, $3)
      ON CONFLICT (reader_id, patient_id) DO UPDATE SET
        before_at = CASE WHEN excluded.seen_at > held.seen_at + make_interval(mins => $4) THEN held.seen_at ELSE held.before_at END,
        seen_at = greatest(held.seen_at, excluded.seen_at)
      RETURNING before_at`,
    values: [readerId, patientId, new Date(now), lookPauseMinutes],
  });
  return rows[0]?.before_at?.toISOString();
}

/** The charts a reader looked at last, newest first. */
export async function recentLooks(db: Queryable, readerId: string, limit: number): Promise<{ patientId: string; seenAt: string }[]> {
  const { rows } = await db.query<{ patient_id: string; seen_at: Date }>({
    name: 'encounters.recent-looks',
    text: 'SELECT patient_id, seen_at FROM encounters.chart_view WHERE reader_id = $1 ORDER BY seen_at DESC LIMIT $2',
    values: [readerId, limit],
  });
  return rows.map((row) => ({ patientId: row.patient_id, seenAt: row.seen_at.toISOString() }));
}
