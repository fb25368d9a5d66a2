import { typeCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { unpackContent } from './codec.ts';
import { tableOf } from './partitions.ts';

/** A few resources of a type after a key, in the order of their keys: to go through all of them, large ones too, without holding them all. */
export async function loadStored(db: Queryable, type: number, after?: string, limit = 20): Promise<{ key: string; id: string; json: Buffer }[]> {
  const { rows } = await db.query<{ key: string; id: string; version: number; content: Buffer }>({
    text: 'select key, id, version, content from record.resource where type = $1 and ($2::bigint is null or key > $2::bigint) order by key limit $3',
    values: [type, after, limit],
  });
  return rows.map(({ key, id, version, content }) => ({ key, id, json: unpackContent({ type, key, version, content }) }));
}

/** Ids by key, of those of a type that are there. */
export async function idsOfKeys(db: Queryable, type: string, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ key: string; id: string }>({
    name: `ids-of-keys-${type}`, text: `select key, id from ${tableOf(type)} where type = $1 and key = any($2::bigint[])`, values: [typeCode(type), keys],
  });
  return new Map(rows.map(({ key, id }) => [key, id]));
}
