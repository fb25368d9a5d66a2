// Every query of the module's own tables.
import type { Queryable } from '../../platform/database.ts';

/** The next number of a facility in a year; the row stays locked until the registration ends, so none is skipped or given twice. */
export async function nextHospitalNumber(db: Queryable, facility: string, year: number): Promise<number> {
  const { rows } = await db.query<{ last: number }>({
    name: 'identity.next-number',
    text: `INSERT INTO identity.hospital_number (facility, year, last) VALUES ($1, $2, 1)
      ON CONFLICT (facility, year) DO UPDATE SET last = identity.hospital_number.last + 1 RETURNING last`,
    values: [facility, year],
  });
  return rows[0]!.last;
}

/** Keys of numbers and forms, locked until the transaction ends, in one order for all. */
export async function lockKeys(db: Queryable, keys: readonly string[]): Promise<void> {
  for (const key of [...new Set(keys)].sort()) await db.query({ name: 'identity.lock-key', text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', values: [key] });
}

/** Shares a key of `lockKeys` until the transaction ends: others may share it, nobody may lock it. */
export async function shareKey(db: Queryable, key: string): Promise<void> {
  await db.query({ name: 'identity.share-key', text: 'SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 7))', values: [key] });
}

export async function findRegistered(db: Queryable, key: string): Promise<string | undefined> {
  const { rows } = await db.query<{ patient: string }>({ name: 'identity.find-registered', text: 'SELECT patient FROM identity.registration_key WHERE key = $1', values: [key] });
  return rows[0]?.patient;
}

export async function keepRegistered(db: Queryable, key: string, patient: string, now: number): Promise<void> {
  await db.query({ name: 'identity.keep-registered', text: 'INSERT INTO identity.registration_key (key, patient, registered_at) VALUES ($1, $2, $3)', values: [key, patient, new Date(now)] });
}
