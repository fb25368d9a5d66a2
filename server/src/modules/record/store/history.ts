import { keyOf, typeCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { versionOf, type Row } from './load.ts';
import { tableOf } from './partitions.ts';
import type { Version } from './types.ts';

export interface HistoryQuery {
  readonly type?: string;
  /** With a type: the history of one resource. */
  readonly id?: string;
  /** Only versions made at or after this instant, ms since 1970. */
  readonly since?: number;
  /** Only versions that were current at some time within [from, to). */
  readonly at?: readonly [number, number];
  readonly count: number;
  /** Where the page before this one ended. */
  readonly before?: string;
}

export interface HistoryPage {
  readonly versions: Version[];
  readonly next?: string;
}

/** One page of the history of a resource, a type or everything, newest first. */
export async function historyPage(db: Queryable, query: HistoryQuery): Promise<HistoryPage> {
  const page = query.type !== undefined && query.id !== undefined ? await instancePage(db, query.type, query.id, query) : await logPage(db, query);
  const versions = page.slice(0, query.count);
  const last = versions.at(-1);
  return page.length > query.count && last !== undefined ? { versions: versions.map((v) => v.version), next: last.cursor } : { versions: versions.map((v) => v.version) };
}

interface Placed {
  readonly version: Version;
  readonly cursor: string;
}

async function instancePage(db: Queryable, type: string, id: string, query: HistoryQuery): Promise<Placed[]> {
  const columns = 'type, method, id, version, updated, change, content';
  const until = 'lead(h.updated) over (order by h.version)';
  const { rows } = await db.query<Row>({
    text: `select * from (
        select h.*, ${until} as until from (
          select ${columns} from ${tableOf(type)} where type = $1 and key = $2 and id = $3
          union all select ${columns} from record.version where type = $1 and key = $2 and id = $3) h) v
      where version < $4 and updated >= $5 and ($6::bigint is null or (updated < $7 and coalesce(until > $6, true)))
      order by version desc limit $8`,
    values: [typeCode(type), String(keyOf(id)), id, query.before ?? 2 ** 31 - 1, query.since ?? 0, query.at?.[0] ?? null, query.at?.[1] ?? null, query.count + 1],
  });
  return rows.map((row) => ({ version: versionOf(row), cursor: String(row.version) }));
}

async function logPage(db: Queryable, query: HistoryQuery): Promise<Placed[]> {
  const [change, position] = (query.before ?? '9223372036854775807.0').split('.');
  const { rows } = await db.query<Row & { position: string }>({
    text: `select c.type, c.method, c.id, c.version, c.updated, c.change, c.position, coalesce(v.content, r.content, '') as content
      from (
        select * from record.change
        where (change, position) < ($1::bigint, $2::bigint) ${query.type === undefined ? '' : `and type = ${typeCode(query.type)}`}
          and updated >= $3 and ($4::bigint is null or updated < $4)
          and ($5::bigint is null or not exists (
            select from record.change n where n.type = change.type and n.key = change.key and n.version = change.version + 1 and n.updated <= $5))
        order by change desc, position desc limit $6
      ) c
      left join record.version v on v.type = c.type and v.key = c.key and v.version = c.version
      left join record.resource r on v.type is null and r.type = c.type and r.key = c.key and r.version = c.version
      order by c.change desc, c.position desc`,
    values: [change, position, query.since ?? 0, query.at?.[1] ?? null, query.at?.[0] ?? null, query.count + 1],
  });
  return rows.map((row) => ({ version: versionOf(row), cursor: `${row.change}.${row.position}` }));
}

/** How many versions there are of a resource, a type or everything. */
export async function historyCount(db: Queryable, query: { type?: string; id?: string }): Promise<number> {
  const { type, id } = query;
  const { rows } = await db.query<{ count: string }>(
    type !== undefined && id !== undefined
      ? {
          text: `select (select count(*) from ${tableOf(type)} where type = $1 and key = $2) + (select count(*) from record.version where type = $1 and key = $2) as count`,
          values: [typeCode(type), String(keyOf(id))],
        }
      : { text: `select count(*) from record.change ${type === undefined ? '' : `where type = ${typeCode(type)}`}` },
  );
  return Number(rows[0]?.count ?? 0);
}
