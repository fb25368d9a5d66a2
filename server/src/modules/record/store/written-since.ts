import { typeCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';

/** An instant (ms since 1970) since which some of the newest changes of the types (none: all) were made; undefined when there are fewer changes. */
export async function writtenSince(db: Queryable, types: readonly string[], newest: number): Promise<number | undefined> {
  const [only] = types;
  const where = only === undefined ? '' : types.length === 1 ? 'where type = $2' : 'where type = any($2::smallint[])';
  const { rows } = await db.query<{ since: string | null; found: number }>({
    name: `written-since-${Math.min(types.length, 2)}`,
    text: `select min(updated) as since, count(*)::int as found from (select updated from record.change ${where} order by change desc, position desc limit $1) c`,
    values: [newest, ...(only === undefined ? [] : [types.length === 1 ? typeCode(only) : types.map(typeCode)])],
  });
  return rows[0]?.found === newest ? Number(rows[0].since) : undefined;
}
