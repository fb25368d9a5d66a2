// Where the making anew of index rows stands: record.index_form and record.index_state (migration 0003).
import type { Queryable } from '../../../platform/database.ts';

/** Channel of NOTIFY: a walk was asked for or has ended. */
export const reindexChannel = 'sen_reindex';

export interface IndexState {
  readonly type: string;
  /** Custom parameters that do not find all there is yet; `*`: no parameter does. */
  readonly codes: readonly string[];
  /** Resources of the type when the walk began; 0 before. An estimate for large types. */
  readonly total: number;
  readonly done: number;
  /** Resources whose rows were not as they should be. */
  readonly changed: number;
  /** ms since 1970 */
  readonly requestedAt: number;
  readonly beganAt: number | undefined;
  readonly endedAt: number | undefined;
}

interface StateRow {
  type: string;
  codes: string[];
  total: string;
  done: string;
  changed: string;
  requested_at: Date;
  began_at: Date | null;
  ended_at: Date | null;
}

/** The last or present walk of each type, those to come included. */
export async function loadIndexStates(db: Queryable): Promise<IndexState[]> {
  const { rows } = await db.query<StateRow>({ name: 'index-states', text: 'select type, codes, total, done, changed, requested_at, began_at, ended_at from record.index_state order by type' });
  return rows.map((row) => ({
    type: row.type, codes: row.codes, total: Number(row.total), done: Number(row.done), changed: Number(row.changed),
    requestedAt: row.requested_at.getTime(), beganAt: row.began_at?.getTime(), endedAt: row.ended_at?.getTime(),
  }));
}

/** Asks for walks through types, from the start; codes not whole by an unfinished walk stay so until the new one ends. */
export async function requestWalks(db: Queryable, types: readonly string[], codes: readonly string[], graceMs: number): Promise<void> {
  await db.query({
    text: `insert into record.index_state as s (type, codes, grace_ms, requested_at) select type, $2, $3, clock_timestamp() from unnest($1::text[]) as type order by type
      on conflict (type) do update set requested_at = excluded.requested_at, seen_at = null, began_at = null, ended_at = null, cursor = null, total = 0, done = 0, changed = 0,
        codes = case when s.ended_at is null then array(select distinct c from unnest(s.codes || excluded.codes) c order by c) else excluded.codes end,
        grace_ms = case when s.ended_at is null then greatest(s.grace_ms, excluded.grace_ms) else excluded.grace_ms end`,
    values: [types, codes, graceMs],
  });
  await db.query({ text: 'select pg_notify($1, $2)', values: [reindexChannel, ''] });
}

/** Begins the grace of walks just asked for: from now on every process may know of them. True when a walk is still to be made. */
export async function seeWalks(db: Queryable): Promise<boolean> {
  await db.query({ name: 'see-walks', text: 'update record.index_state set seen_at = clock_timestamp() where ended_at is null and seen_at is null' });
  const { rows } = await db.query<{ left: boolean }>({ name: 'walks-left', text: 'select exists (select from record.index_state where ended_at is null) as left' });
  return rows[0]?.left === true;
}

/** Types whose walk for new parameters has begun: it may have passed what was written without them. */
export async function typesWalkedThrough(db: Queryable, types: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ type: string }>({ text: 'select type from record.index_state where type = any($1) and grace_ms > 0 and began_at is not null', values: [types] });
  return rows.map(({ type }) => type);
}

export interface Walk {
  readonly type: string;
  /** The last key done; undefined at the start. */
  readonly cursor: bigint | undefined;
}

/**
 * Takes a walk that may go on, until the transaction ends; undefined when there is none that another process does not hold. One that waits for
 * others to learn of parameters begins when its grace is over and no transaction writes that began before.
 */
export async function takeWalk(db: Queryable): Promise<Walk | undefined> {
  const { rows } = await db.query<{ type: string; cursor: string | null }>({
    name: 'take-walk',
    text: `select type, cursor from record.index_state s where ended_at is null and seen_at is not null
        and (cursor is not null or grace_ms = 0 or (clock_timestamp() > seen_at + grace_ms * interval '1 ms' and not exists (
          select from pg_stat_activity where datname = current_database() and backend_xid is not null and xact_start < s.seen_at + s.grace_ms * interval '1 ms')))
      order by cursor is null, requested_at, type limit 1 for update skip locked`,
  });
  const row = rows[0];
  return row === undefined ? undefined : { type: row.type, cursor: row.cursor === null ? undefined : BigInt(row.cursor) };
}

/** Notes that a walk begins, and how many resources it will meet. */
export async function beginWalk(db: Queryable, type: string, total: number): Promise<void> {
  await db.query({ text: 'update record.index_state set began_at = clock_timestamp(), total = $2 where type = $1', values: [type, total] });
}

/** Notes a step of a walk that the transaction holds. */
export async function moveWalk(db: Queryable, type: string, cursor: bigint, done: number, changed: number): Promise<void> {
  await db.query({
    name: 'move-walk',
    text: 'update record.index_state set cursor = $2, done = done + $3, changed = changed + $4, total = greatest(total, done + $3) where type = $1',
    values: [type, String(cursor), done, changed],
  });
}

/** Notes that a walk has met every resource, and tells all processes. */
export async function endWalk(db: Queryable, type: string): Promise<void> {
  await db.query({ text: "update record.index_state set ended_at = clock_timestamp(), codes = '{}', total = done where type = $1", values: [type] });
  await db.query({ text: 'select pg_notify($1, $2)', values: [reindexChannel, type] });
}

export interface IndexForm {
  readonly form: number;
  readonly zone: string | undefined;
}

/** What the index rows were made by; held until the transaction ends. */
export async function lockIndexForm(db: Queryable): Promise<IndexForm> {
  const { rows } = await db.query<{ form: number; zone: string | null }>({ text: 'select form, zone from record.index_form for update' });
  return { form: rows[0]?.form ?? 1, zone: rows[0]?.zone ?? undefined };
}

/** Says what index rows are made by from now on. */
export async function setIndexForm(db: Queryable, { form, zone }: IndexForm): Promise<void> {
  await db.query({ text: 'update record.index_form set form = $1, zone = $2', values: [form, zone] });
}
