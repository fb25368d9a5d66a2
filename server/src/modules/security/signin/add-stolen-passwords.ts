import type { Work } from '../../../platform/work.ts';
import { stolenHash } from './check-new-password.ts';

/** Adds passwords known to thieves, as SHA-1; gives how many were new. */
export async function addStolenPasswords(work: Work, sha1: readonly Buffer[]): Promise<number> {
  const { rowCount } = await work.db.query({
    name: 'security.add-stolen-passwords',
    text: 'INSERT INTO security.breached_password (hash) SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING',
    values: [sha1.map(stolenHash)],
  });
  return rowCount;
}
