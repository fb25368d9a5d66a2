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
  /** Who wrote it, in which request; unknown for what was written before these were kept. */
  readonly actor?: string;
  readonly request?: string;
  /** Key of the patient it is about; 0: of none. */
  readonly patient?: string;
}

interface FeedRow {
  change: string;
  position: string;
  type: number;
  id: string;
  version: number;
  updated: string;
  method: number;
  actor: string | null;
  request: string | null;
  patient: string | null;
}

/** The cursor before the first change. */
export const feedStart = '0.0';

/**
 * Committed changes after a cursor, oldest first. Stops short of the oldest transaction that still runs: a change that commits later can then
 * never take a place that a follower has passed (decision record 0005), and before the first change written at `before` (ms since 1970) or later.
 */
export async function changesAfter(db: Queryable, cursor: string, limit: number, before = Infinity): Promise<{ changes: FeedChange[]; cursor: string }> {
  const [change, position] = cursor.split('.');
  const { rows: read } = await db.query<FeedRow>({
    name: 'changes-after',
    text: `select change, position, type, id, version, updated, method, actor, request, patient from record.change
      where (change, position) > ($1::bigint, $2::bigint)
        and change < (select max(base) from record.lineage) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      order by change, position limit $3`,
    values: [change, position, limit],
  });
  const late = read.findIndex(({ updated }) => Number(updated) >= before);
  const rows = late < 0 ? read : read.slice(0, late);
  const last = rows.at(-1);
  return {
    changes: rows.map(changeOf),
    cursor: last === undefined ? cursor : `${last.change}.${last.position}`,
  };
}

function changeOf({ type, id, version, updated, method, actor, request, patient }: FeedRow): FeedChange {
  const change = { type: typeOfCode(type), id, version, updated: Number(updated), method: methodOf(method) };
  return actor === null ? change : { ...change, actor, request: request ?? '', patient: patient ?? '0' };
}

/** Keeps the feed rising in a database that was restored into another cluster, whose transaction numbers start anew. Call at start. */
export async function continueLineage(db: Queryable): Promise<void> {
  await db.query({
    text: `insert into record.lineage (system_identifier, base)
      select system_identifier, coalesce((select max(change) from record.change), 0) from pg_control_system() on conflict do nothing`,
  });
}
