// The record as it was at one place of its feed, read from live rows and, for what changed since, from past versions. No transaction is held
// open for it: a reader may stop, die and go on days later, and still reads the same state.
import { typeCode, typeOfCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { allOf, type Parameters } from '../search/sql.ts';
import { tableOf } from './partitions.ts';

/** The place in the feed below which every transaction has ended, and the one that every transaction begun by now is below. */
export async function feedHorizon(db: Queryable): Promise<{ settled: bigint; begun: bigint }> {
  const { rows } = await db.query<{ settled: string; begun: string }>({
    name: 'feed-horizon',
    text: `select base + pg_snapshot_xmin(s)::text::bigint as settled, base + pg_snapshot_xmax(s)::text::bigint as begun
      from (select max(base) as base from record.lineage) l, pg_current_snapshot() s`,
  });
  return { settled: BigInt(rows[0]!.settled), begun: BigInt(rows[0]!.begun) };
}

/** The types that have ever been written, by name. */
export async function writtenTypes(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ code: number }>({
    name: 'written-types',
    text: 'select code from generate_series(1, 160) code where exists (select from record.change where type = code)',
  });
  return rows.map(({ code }) => typeOfCode(code)).sort();
}

export interface SnapshotRow {
  key: string;
  version: number;
  content: Buffer;
  /** Read from a past version, whose index entries are gone: whom it concerns must be read from its content. */
  moved: boolean;
}

export interface SnapshotQuery {
  readonly type: string;
  /** Place in the feed: changes before it count, others do not. */
  readonly snapshot: string;
  /** Only states made at or after this place in the feed, or after this time (ms since 1970). */
  readonly since: { readonly feed: string } | { readonly updated: number } | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Stored bytes of one answer at most, so that documents of many megabytes do not meet in memory. */
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * The next resources of a type in the order of their keys. A key stands either in the live rows with a change before the snapshot, or in the log
 * with a change after it, never in both; so the two halves need no comparison. `condition` is judged on live rows `r`; of what changed since
 * the snapshot it is judged on today's row when `judged`, else left to the caller.
 */
export async function snapshotRows(db: Queryable, query: SnapshotQuery, condition: string, judged: string | undefined, parameters: Parameters): Promise<SnapshotRow[]> {
  const table = tableOf(query.type);
  const type = typeCode(query.type);
  const after = query.after === undefined ? '' : `and key > ${parameters.bigint(BigInt(query.after))}`;
  const before = `change < ${parameters.bigint(BigInt(query.snapshot))}`;
  const since = sinceCondition(query.since, parameters);
  const today = judged === undefined ? '' : `and exists (select from ${table} r where r.type = ${type} and r.key = m.key and ${judged})`;
  const { rows } = await db.query<SnapshotRow>({
    plan: 'custom',
    text: `select key, version, content, moved from (
        select *, sum(length(content)) over (order by key) - length(content) as before from (
          (select key, version, content, false as moved from ${table} r where ${allOf([`type = ${type}`, before, since])} ${after} and ${condition} order by key limit ${query.limit})
          union all
          (select m.key, v.version, v.content, true from (
              select distinct key from record.change where type = ${type} and not ${before} ${after} order by key) m,
            lateral (select * from record.version where type = ${type} and key = m.key and ${before} order by version desc limit 1) v
            where length(v.content) > 0 and ${since.replaceAll(/\b(change|updated)\b/g, 'v.$1')} ${today} order by key limit ${query.limit})
          order by key limit ${query.limit}) halves) counted
      where before < ${BATCH_BYTES} order by key`,
    values: parameters.values,
  });
  return rows;
}

export interface DeletionRow {
  key: string;
  id: string;
  /** Of what was deleted. */
  version: number | null;
  /** What was deleted. */
  content: Buffer | null;
}

/** Resources of a type that were deleted since, and still were at the snapshot, in the order of their keys. */
export async function snapshotDeletions(db: Queryable, query: SnapshotQuery, parameters: Parameters): Promise<DeletionRow[]> {
  const type = typeCode(query.type);
  const before = `change < ${parameters.bigint(BigInt(query.snapshot))}`;
  const after = query.after === undefined ? '' : `and key > ${parameters.bigint(BigInt(query.after))}`;
  const { rows } = await db.query<DeletionRow>({
    plan: 'custom',
    text: `select c.key, c.id, v.version, v.content from (
        select distinct key, id from record.change where type = ${type} and method = 4 and ${before} and ${sinceCondition(query.since, parameters)} ${after}
          and not exists (select from ${tableOf(query.type)} r where r.type = ${type} and r.key = record.change.key and r.${before})
        order by key limit ${query.limit}) c
      left join lateral (select version, content from record.version where type = ${type} and key = c.key and length(content) > 0 and ${before} order by version desc limit 1) v on true
      order by c.key`,
    values: parameters.values,
  });
  return rows;
}

function sinceCondition(since: SnapshotQuery['since'], parameters: Parameters): string {
  if (since === undefined) return 'true';
  return 'feed' in since ? `change >= ${parameters.bigint(BigInt(since.feed))}` : `updated > ${parameters.bigint(BigInt(since.updated))}`;
}
