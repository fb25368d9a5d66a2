import { keyOf, typeCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { int8Array } from './binary-arrays.ts';
import { versionOf, type Row } from './load.ts';
import type { Version } from './types.ts';

export interface VersionRef {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

/** Loads versions, past or present, in the order of the references, in one round trip; undefined where there is none of that number. */
export async function loadVersions(db: Queryable, refs: readonly VersionRef[]): Promise<(Version | undefined)[]> {
  if (refs.length === 0) return [];
  const { rows } = await db.query<Row & { n: string }>({
    name: 'load-many-versions',
    text: `select w.n, f.type, f.method, f.id, f.version, f.updated, f.change, f.content
      from unnest($1::smallint[], $2::bigint[], $3::int[]) with ordinality as w(type, key, version, n)
      cross join lateral (
        select type, method, id, version, updated, change, content from record.resource where type = w.type and key = w.key and version = w.version
        union all
        select type, method, id, version, updated, change, content from record.version where type = w.type and key = w.key and version = w.version
      ) f`,
    values: [refs.map(({ type }) => typeCode(type)), int8Array(refs.map(({ id }) => keyOf(id))), refs.map(({ version }) => version)],
  });
  const found: (Version | undefined)[] = refs.map(() => undefined);
  for (const row of rows) found[Number(row.n) - 1] = versionOf(row);
  return found;
}
