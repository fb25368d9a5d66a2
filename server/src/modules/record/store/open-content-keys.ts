import { randomBytes } from 'node:crypto';
import type { Database, Queryable } from '../../../platform/database.ts';
import { sealSecret } from '../../../platform/seal.ts';
import { holdContentKeys, keyContext, type SealedKey } from './content-keys.ts';

/**
 * Holds the content keys of a database for this process; makes the first one where there is none. Gives the ids of those that no master key opens:
 * what lies under them is refused when it is asked for, and the rest of the hospital works.
 */
export async function openContentKeys(database: Database): Promise<string[]> {
  const known = await loadKeys(database);
  return holdContentKeys(known.length > 0 ? known : await database.transaction(makeFirst));
}

async function loadKeys(db: Queryable): Promise<SealedKey[]> {
  const { rows } = await db.query<SealedKey>({ text: 'select id, key_sealed from record.content_key order by made_at, id' });
  return rows;
}

/** Two processes may start at once: the second waits, and finds the key of the first. */
async function makeFirst(db: Queryable): Promise<SealedKey[]> {
  await db.query({ text: 'lock table record.content_key in exclusive mode' });
  const id = randomBytes(8).toString('hex');
  await db.query({
    text: 'insert into record.content_key (id, key_sealed, made_at) select $1, $2, now() where not exists (select from record.content_key)',
    values: [id, sealSecret(randomBytes(32).toString('base64'), keyContext(id))],
  });
  return loadKeys(db);
}
