// The walk through all contents that seals what was stored before documents were sealed.
import { typeOfCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { tableOf } from './partitions.ts';

export interface Sealing {
  readonly walked: 'resource' | 'version';
  /** The last row done. */
  readonly type: number;
  readonly key: string;
  readonly version: number;
  /** Rows looked at, and sealed. */
  readonly seen: number;
  readonly sealed: number;
  readonly ended: boolean;
}

export interface UnsealedRow {
  type: number;
  key: string;
  version: number;
  /** Null where it is sealed already, or a deletion. */
  content: Buffer | null;
}

const ROWS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Takes the walk until the transaction ends; undefined when another process has it. */
export async function lockSealing(db: Queryable): Promise<Sealing | undefined> {
  const { rows } = await db.query<Omit<Sealing, 'seen' | 'sealed'> & { seen: string; sealed: string }>({
    text: 'select walked, type, key, version, seen, sealed, ended_at is not null as ended from record.sealing for update skip locked',
  });
  return rows[0] === undefined ? undefined : { ...rows[0], seen: Number(rows[0].seen), sealed: Number(rows[0].sealed) };
}

export async function moveSealing(db: Queryable, to: Sealing, now: number): Promise<void> {
  await db.query({
    text: 'update record.sealing set walked = $1, type = $2, key = $3, version = $4, seen = $5, sealed = $6, ended_at = $7',
    values: [to.walked, to.type, to.key, to.version, to.seen, to.sealed, to.ended ? new Date(now) : null],
  });
}

/** Begins anew after a walk that ended. */
export async function restartSealing(db: Queryable): Promise<void> {
  await db.query({
    text: `update record.sealing set walked = 'resource', type = 0, key = -9223372036854775808, version = 0, seen = 0, sealed = 0, ended_at = null where ended_at is not null`,
  });
}

/** The next rows of the walk: a few hundred of them, and no more than some MB of what is still to be looked into. */
export async function unsealedAfter(db: Queryable, { walked, type, key, version }: Sealing): Promise<UnsealedRow[]> {
  // of a large content only the first byte is fetched
  const done = `(length(content) = 0 or substring(content from 1 for 1) = '\\xc1')`;
  const [place, after] = walked === 'resource' ? ['type, key', '($1::smallint, $2::bigint)'] : ['type, key, version', '($1::smallint, $2::bigint, $3::int)'];
  const { rows } = await db.query<UnsealedRow>({
    plan: 'custom',
    text: `select type, key, version, case when done then null else content end as content from (
        select *, sum(bytes) over (order by ${place}) - bytes as before from (
          select type, key, version, content, done, case when done then 0 else length(content) end as bytes from (
            select type, key, version, content, ${done} as done from record.${walked} where (${place}) > ${after} order by ${place} limit ${ROWS}) next) counted) bounded
      where before < ${BATCH_BYTES} order by ${place}`,
    values: walked === 'resource' ? [type, key] : [type, key, version],
  });
  return rows;
}

/** Puts the same content in another form in its place; false when the row moved on meanwhile. */
export async function replaceContent(db: Queryable, walked: Sealing['walked'], row: { type: number; key: string; version: number }, content: Buffer): Promise<boolean> {
  const table = walked === 'resource' ? tableOf(typeOfCode(row.type)) : 'record.version';
  const { rowCount } = await db.query({
    name: `seal-${table}`, text: `update ${table} set content = $4 where type = $1 and key = $2 and version = $3`, values: [row.type, row.key, row.version, content],
  });
  return rowCount === 1;
}
