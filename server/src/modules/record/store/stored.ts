import type { Queryable } from '../../../platform/database.ts';
import { unpackContent } from './codec.ts';

/** A few resources of a type after a key, in the order of their keys: to go through all of them, large ones too, without holding them all. */
export async function loadStored(db: Queryable, type: number, after?: string): Promise<{ key: string; id: string; json: Buffer }[]> {
  const { rows } = await db.query<{ key: string; id: string; content: Buffer }>({
    text: 'select key, id, content from record.resource where type = $1 and ($2::bigint is null or key > $2::bigint) order by key limit 20',
    values: [type, after],
  });
  return rows.map(({ key, id, content }) => ({ key, id, json: unpackContent(content) }));
}
