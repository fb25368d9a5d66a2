// What people have chosen.
import type { MessagePreferences } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';
import { defaultPreferences } from '../preference.ts';

/** Preferences of several patients; the defaults for who has chosen nothing, or is no patient. */
export async function readPreferencesOf(db: Queryable, patients: readonly string[]): Promise<(patient: string | null) => MessagePreferences> {
  const { rows } = patients.length === 0 ? { rows: [] } : await db.query<{ patient: string; preferences: MessagePreferences }>({
    name: 'messages.preferences', text: 'SELECT patient, preferences FROM messages.preference WHERE patient = ANY ($1)', values: [patients],
  });
  const known = new Map(rows.map(({ patient, preferences }) => [patient, { ...defaultPreferences, ...preferences }]));
  return (patient) => known.get(patient ?? '') ?? defaultPreferences;
}

export async function writePreferences(db: Queryable, patient: string, preferences: MessagePreferences, by: string, now: number): Promise<void> {
  await db.query({
    name: 'messages.write-preferences',
    text: `INSERT INTO messages.preference (patient, preferences, changed_by, changed_at) VALUES ($1, $2, $3, to_timestamp($4::float8 / 1000))
      ON CONFLICT (patient) DO UPDATE SET preferences = EXCLUDED.preferences, changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at`,
    values: [patient, JSON.stringify(preferences), by, now],
  });
}
