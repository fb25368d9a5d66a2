import { typeOfCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { methodOf, type Method } from './types.ts';

export interface FeedChange {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** ms since 1970 */
  readonly updated: number;
  readonly method: Method;
}

interface FeedRow {
  change: string;
  position: string;
  type: number;
  id: string;
  version: number;
  updated: string;
  method: number;
}

/** The cursor before the first change. */
export const feedStart = '0.0';

/**
 * Committed changes after a cursor, oldest first. Stops short of the oldest transaction that still runs: a change that commits later can then
 * never take a place that a follower has passed (decision record 0005).
 */
export async function changesAfter(db: Queryable, cursor: string, limit: number): Promise<{ changes: FeedChange[]; cursor: string }> {
  const [change, position] = cursor.split('.');
  const { rows } = await db.query<FeedRow>({
    name: 'changes-after',
    text: `select change, position, type, id, version, updated, method from record.change
      where (change, position) > ($1::bigint, $2::bigint)
        and change < (select max(base) from record.lineage) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      order by change, position limit $3`,
    values: [change, position, limit],
  });
  const last = rows.at(-1);
  return {
    changes: rows.map((row) => ({ type: typeOfCode(row.type), id: row.id, version: row.version, updated: Number(row.updated), method: methodOf(row.method) })),
    cursor: last === undefined ? cursor : `${last.change}.${last.position}`,
  };
}

/** Keeps the feed rising in a database that was restored into another cluster, whose transaction numbers start anew. Call at start. */
export async function continueLineage(db: Queryable): Promise<void> {
  await db.query({
    text: `insert into record.lineage (system_identifier, base)
      select system_identifier, coalesce((select max(change) from record.change), 0) from pg_control_system() on conflict do nothing`,
  });
}
