import { keyOf, typeCode } from '@sen/fhir';
import type { Queryable, Statement } from '../../../platform/database.ts';
import { everythingSeen, Parameters } from '../search/sql.ts';
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
  return pageOf(await historyRows(db, query), query.count);
}

/** The first `count` of the rows; there is a next page when there are more. */
export function pageOf(rows: readonly Placed[], count: number): HistoryPage {
  const page = rows.slice(0, count);
  const last = page.at(-1);
  const found = { versions: page.map(({ version }) => version) };
  return rows.length > count && last !== undefined ? { ...found, next: last.cursor } : found;
}

/** One version, and the place in the history behind which the next page begins. */
export interface Placed {
  readonly version: Version;
  readonly cursor: string;
}

/** A condition on the live row `r` of a resource: its history is told where it holds, and where there is no live row. */
export type LiveCondition = (parameters: Parameters) => string;

/** The rows of a page and one more. */
export async function historyRows(db: Queryable, query: HistoryQuery, live?: LiveCondition): Promise<Placed[]> {
  return query.type !== undefined && query.id !== undefined ? instancePage(db, query.type, query.id, query) : logPage(db, query, live);
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

/** Those of the log that a history of many resources tells, by `$1 … $n`. */
function logCondition(type: string | undefined, [since, until, from]: readonly [string, string, string]): string {
  return `updated >= ${since} and (${until}::bigint is null or updated < ${until}) ${type === undefined ? '' : `and type = ${typeCode(type)}`}
    and (${from}::bigint is null or not exists (
      select from record.change n where n.type = change.type and n.key = change.key and n.version = change.version + 1 and n.updated <= ${from}))`;
}

async function logPage(db: Queryable, query: HistoryQuery, live: LiveCondition | undefined): Promise<Placed[]> {
  const [change, position] = (query.before ?? '9223372036854775807.0').split('.');
  const parameters = new Parameters(everythingSeen, undefined, [change, position, query.since ?? 0, query.at?.[1] ?? null, query.at?.[0] ?? null, query.count + 1]);
  const row = 'from record.resource r where r.type = change.type and r.key = change.key';
  const seen = live === undefined ? '' : `and (exists (select ${row} and ${live(parameters)}) or not exists (select ${row}))`;
  const { rows } = await db.query<Row & { position: string }>({
    text: `select c.type, c.method, c.id, c.version, c.updated, c.change, c.position, c.patient, coalesce(v.content, r.content, '') as content
      from (
        select * from record.change
        where (change, position) < ($1::bigint, $2::bigint) and ${logCondition(query.type, ['$3', '$4', '$5'])} ${seen}
        order by change desc, position desc limit $6
      ) c
      left join record.version v on v.type = c.type and v.key = c.key and v.version = c.version
      left join record.resource r on v.type is null and r.type = c.type and r.key = c.key and r.version = c.version
      order by c.change desc, c.position desc`,
    values: parameters.values,
  });
  return rows.map((row) => ({ version: versionOf(row), cursor: `${row.change}.${row.position}` }));
}

/** How many versions there are of a resource, a type or everything, within the bounds of the query. */
export async function historyCount(db: Queryable, query: Pick<HistoryQuery, 'type' | 'id' | 'since' | 'at'>): Promise<number> {
  const { type, id, since, at } = query;
  const bounded = since !== undefined || at !== undefined;
  const { rows } = await db.query<{ count: string }>(
    type !== undefined && id !== undefined ? instanceCount(type, id, query) : bounded
      ? { text: `select count(*) from record.change where ${logCondition(type, ['$1', '$2', '$3'])}`, values: [since ?? 0, at?.[1] ?? null, at?.[0] ?? null] }
      : { text: `select count(*) from record.change ${type === undefined ? '' : `where type = ${typeCode(type)}`}` },
  );
  return Number(rows[0]?.count ?? 0);
}

function instanceCount(type: string, id: string, { since, at }: Pick<HistoryQuery, 'since' | 'at'>): Statement {
  return {
    text: `select count(*) from (
        select h.*, lead(h.updated) over (order by h.version) as until from (
          select version, updated from ${tableOf(type)} where type = $1 and key = $2 and id = $3
          union all select version, updated from record.version where type = $1 and key = $2 and id = $3) h) v
      where updated >= $4 and ($5::bigint is null or (updated < $6 and coalesce(until > $5, true)))`,
    values: [typeCode(type), String(keyOf(id)), id, since ?? 0, at?.[0] ?? null, at?.[1] ?? null],
  };
}
