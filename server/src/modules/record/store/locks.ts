import { hash64 } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { int8Array } from './binary-arrays.ts';

/**
 * Holds texts until the transaction ends, so that two writers who ask the same question wait for each other: in one round trip, and in one
 * order, so that two transactions never wait in a circle.
 */
export async function lockQueries(db: Queryable, texts: readonly string[]): Promise<void> {
  const keys = texts.map(hash64).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  await db.query({ name: 'lock-queries', text: 'select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as key', values: [int8Array(keys)] });
}
