// The words of resources, and how far the follower that gathers them lies behind the feed.
import { typeCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { int8Array } from './binary-arrays.ts';
import { feedStart } from './feed.ts';

export const fullTextFollower = 'record.full-text';

export interface TextRow {
  readonly type: string;
  readonly key: bigint;
  /** As PostgreSQL reads a tsvector; undefined where the resource is deleted. */
  readonly words: string | undefined;
}

/** Keeps the words of live resources and drops those of deleted ones. */
export async function keepTexts(db: Queryable, rows: readonly TextRow[]): Promise<void> {
  const gone = rows.filter((row) => row.words === undefined);
  const live = rows.filter((row) => row.words !== undefined);
  if (gone.length > 0) {
    await db.query({
      name: 'full-text-drop',
      text: 'delete from record.full_text f using unnest($1::smallint[], $2::bigint[]) as g(type, key) where f.type = g.type and f.key = g.key',
      values: [gone.map((row) => typeCode(row.type)), int8Array(gone.map((row) => row.key))],
    });
  }
  if (live.length === 0) return;
  await db.query({
    name: 'full-text-keep',
    text: `insert into record.full_text (type, key, words)
      select type, key, words::tsvector from unnest($1::smallint[], $2::bigint[], $3::text[]) as s(type, key, words)
      on conflict (type, key) do update set words = excluded.words where full_text.words <> excluded.words`,
    values: [live.map((row) => typeCode(row.type)), int8Array(live.map((row) => row.key)), live.map((row) => row.words)],
  });
}

export interface Unindexed {
  readonly type: number;
  readonly key: string;
  readonly version: number;
  /** Empty where the resource is deleted. */
  readonly content: Buffer;
}

/** Resources of the types (none: of all) that changed since the words were gathered; undefined when more than `most` changes did. */
export async function unindexedTexts(db: Queryable, types: readonly string[], most: number): Promise<Unindexed[] | undefined> {
  const { rows } = await db.query<{ type: number; key: string }>({
    name: types.length === 0 ? 'full-text-tail' : 'full-text-tail-of-types',
    text: `select type, key from record.change where (change, position) > ${position}${types.length === 0 ? '' : ' and type = any($3::smallint[])'} limit $2`,
    values: [fullTextFollower, most + 1, ...(types.length === 0 ? [] : [types.map(typeCode)])],
  });
  if (rows.length > most) return undefined;
  if (rows.length === 0) return [];
  const distinct = [...new Map(rows.map((row) => [`${row.type}/${row.key}`, row])).values()];
  const found = await db.query<Unindexed>({
    name: 'full-text-tail-contents',
    text: `select w.type, w.key, coalesce(r.version, 0) as version, coalesce(r.content, '') as content from unnest($1::smallint[], $2::bigint[]) as w(type, key)
      left join record.resource r on r.type = w.type and r.key = w.key`,
    values: [distinct.map((row) => row.type), int8Array(distinct.map((row) => BigInt(row.key)))],
  });
  return found.rows;
}

/** How many changes wait, counted up to a million. */
export async function countUnindexed(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    text: `select count(*)::int as count from (select from record.change where (change, position) > ${position} limit 1000000) c`,
    values: [fullTextFollower],
  });
  return rows[0]?.count ?? 0;
}

const [startChange, startPosition] = feedStart.split('.');
const at = (part: number, start: string | undefined): string => `coalesce((select split_part(cursor, '.', ${part}) from record.follower where name = $1), '${start}')::bigint`;
const position = `(${at(1, startChange)}, ${at(2, startPosition)})`;
