import { hash64 } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { int8Array } from './binary-arrays.ts';

/** Holds many texts as lockQuery does, in one round trip and one order, so that two transactions never wait for each other. */
export async function lockQueries(db: Queryable, texts: readonly string[]): Promise<void> {
  const keys = texts.map(hash64).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  await db.query({ name: 'lock-queries', text: 'select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as key', values: [int8Array(keys)] });
}
