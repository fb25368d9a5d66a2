// The index rows of resources that are there: read and corrected a batch at a time, without holding up those who write.
import { setImmediate } from 'node:timers/promises';
import { parseLossless, typeCode, type IndexEntry, type RangeRow, type Resource } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { guardMarks, marksOf } from '../../security/index.ts';
import { int8Array } from './binary-arrays.ts';
import { unpackContent } from './codec.ts';
import { indexOf } from './index-zone.ts';
import { hasOwnTable, shortName, tableOf } from './partitions.ts';
import { dateColumns, type SideRows } from './rows.ts';
import { sideDeletes, sideInserts } from './side-statements.ts';

export interface Indexed {
  readonly key: bigint;
  readonly version: number;
  readonly updated: number;
  /** As it should be. */
  readonly index: IndexEntry;
  /** Of the content alone. */
  readonly marks: number;
}

interface ContentRow {
  type: number;
  key: string;
  version: number;
  updated: string;
  content: Buffer;
}

/** Resources of a type after a key, in the order of keys, with the index rows they should have. */
export async function loadAfter(db: Queryable, type: string, after: bigint | undefined, limit: number): Promise<Indexed[]> {
  const table = tableOf(type);
  const { rows } = await db.query<ContentRow>({
    name: `reindex-after-${table}`,
    text: `select type, key, version, updated, content from ${table} where type = $1 and key > $2 order by key limit $3`,
    values: [typeCode(type), String(after ?? -(1n << 63n)), limit],
  });
  return indexedAll(rows);
}

/** The same for given keys; those that are gone are left out. */
export async function loadAgain(db: Queryable, type: string, keys: readonly bigint[]): Promise<Indexed[]> {
  const table = tableOf(type);
  const { rows } = await db.query<ContentRow>({
    name: `reindex-again-${table}`,
    text: `select type, key, version, updated, content from ${table} where type = $1 and key = any($2::bigint[]) order by key`,
    values: [typeCode(type), int8Array(keys)],
  });
  return indexedAll(rows);
}

const SLICE_MS = 5;

/** Computes for a few ms at a time: requests that this process serves do not wait for a whole batch. */
async function indexedAll(rows: readonly ContentRow[]): Promise<Indexed[]> {
  const all: Indexed[] = [];
  let began = performance.now();
  for (const row of rows) {
    all.push(indexed(row));
    if (performance.now() - began < SLICE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
  return all;
}

function indexed(row: ContentRow): Indexed {
  const { key, version, updated } = row;
  const resource = parseLossless(unpackContent(row).toString()) as Resource;
  return { key: BigInt(key), version, updated: Number(updated), index: indexOf(resource), marks: marksOf(resource) };
}

/** The side rows that stand under keys now. Resources of several types may share a key (keys.ts). */
export async function loadSideRows(db: Queryable, keys: readonly bigint[]): Promise<SideRows> {
  const texts = await db.query<{ text: string; key: string }>({ name: 'reindex-texts', text: 'select text, key from record.text_value where key = any($1::bigint[])', values: [int8Array(keys)] });
  const ranges = await db.query<{ place: string; low: number; high: number; key: string }>({
    name: 'reindex-ranges',
    text: 'select place, low, high, key from record.range_value where key = any($1::bigint[])',
    values: [int8Array(keys)],
  });
  return {
    texts: texts.rows.map(({ text, key }) => ({ text, key: BigInt(key) })),
    ranges: ranges.rows.map(({ place, low, high, key }) => ({ row: { place: BigInt(place), low, high } satisfies RangeRow, key: BigInt(key) })),
  };
}

/** Index rows that resources of other types with one of these keys should have. */
export async function loadNamesakes(db: Queryable, type: string, types: readonly string[], keys: readonly bigint[]): Promise<{ key: bigint; index: IndexEntry }[]> {
  const others = types.filter((other) => other !== type);
  if (others.length === 0 || keys.length === 0) return [];
  const { rows } = await db.query<ContentRow>({
    name: 'reindex-namesakes',
    text: 'select type, key, version, updated, content from record.resource where type = any($1::smallint[]) and key = any($2::bigint[])',
    values: [others.map(typeCode), int8Array(keys)],
  });
  return indexedAll(rows);
}

/** Types of which there are resources. */
export async function loadTypesThere(db: Queryable): Promise<number[]> {
  // one step of the primary key for each type, however many resources there are
  const { rows } = await db.query<{ type: number }>({
    text: `with recursive found as (
        (select type from record.resource order by type limit 1)
        union all select (select r.type from record.resource r where r.type > f.type order by r.type limit 1) from found f where f.type is not null
      ) select type from found where type is not null`,
  });
  return rows.map(({ type }) => type);
}

/** How many resources of a type there are: counted up to 200,000, estimated beyond. */
export async function countResources(db: Queryable, type: string): Promise<number> {
  const table = tableOf(type);
  if (hasOwnTable(type)) {
    const { rows } = await db.query<{ n: string }>({ text: 'select reltuples::bigint as n from pg_class where oid = $1::regclass', values: [table] });
    if (Number(rows[0]?.n) > 200_000) return Number(rows[0]?.n);
  }
  const { rows } = await db.query<{ n: string }>({ text: `select count(*) as n from ${table} where type = $1`, values: [typeCode(type)] });
  return Number(rows[0]?.n);
}

export interface Correction {
  readonly gone: SideRows;
  readonly come: SideRows;
}

export interface Corrected {
  /** Resources whose rows were written anew. */
  readonly changed: number;
  /** Keys of resources that somebody else wrote meanwhile: to be read again. */
  readonly again: readonly bigint[];
}

/** Writes what differs, where the resource is still of the version that was read. Locks and writes only rows that change. */
export async function correctRows(db: Queryable, type: string, batch: readonly Indexed[], { gone, come }: Correction): Promise<Corrected> {
  const table = tableOf(type);
  const touched = new Set([...gone.texts, ...come.texts, ...gone.ranges, ...come.ranges].map(({ key }) => key));
  const dates = batch.map(({ index, updated }) => dateColumns(index, updated));
  const columns: unknown[] = [
    typeCode(type),
    int8Array(batch.map(({ key }) => key)),
    batch.map(({ version }) => version),
    batch.map(({ key }) => touched.has(key)),
    int8Array(batch.map(({ index }) => index.patient)),
    int8Array(dates.map(([low]) => low)),
    int8Array(dates.map(([, high]) => high)),
    int8Array(batch.map(({ index }) => index.present)),
    batch.map(({ index }) => index.tokens.length),
    int8Array(batch.flatMap(({ index }) => index.tokens)),
    batch.map(({ marks }) => marks),
  ];
  const deletes = sideDeletes(gone, 'held', columns.length);
  const inserts = sideInserts(come, 'held', columns.length + deletes.values.length);
  const { rows } = await db.query<{ n: number; held: boolean }>({
    name: `reindex${shortName(table)}${deletes.name}${inserts.name}`,
    text: correctText(table, `${deletes.text}${inserts.text}`),
    values: [...columns, ...deletes.values, ...inserts.values],
  });
  return {
    changed: rows.filter(({ held }) => held).length,
    again: rows.filter(({ held }) => !held).map(({ n }) => (batch[n - 1] as Indexed).key),
  };
}

function correctText(table: string, sides: string): string {
  const differs = '(r.patient, r.date_low, r.date_high, r.present, r.marks, r.tokens) is distinct from (i.patient, i.date_low, i.date_high, i.present, i.marks, i.tokens)';
  return `
with input as materialized (
  select u.key, u.version, u.touched, u.patient, u.date_low, u.date_high, u.present, u.own | ${guardMarks('u.patient')} as marks, u.n,
    ($10::bigint[])[tokens_to - tokens_count + 1 : tokens_to] as tokens
  from (
    select *, (sum(tokens_count) over (order by n))::int as tokens_to
    from unnest($2::bigint[], $3::int[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[], $11::int[]) with ordinality
      as u(key, version, touched, patient, date_low, date_high, present, tokens_count, own, n)
  ) u
), held as materialized (
  select i.n, r.key from input i join ${table} r on r.type = $1 and r.key = i.key
  where r.version = i.version and (i.touched or ${differs})
  order by r.key for update of r
), renewed as (
  update ${table} r set patient = i.patient, date_low = i.date_low, date_high = i.date_high, present = i.present, marks = i.marks, tokens = i.tokens
  from input i join held h on h.n = i.n
  where r.type = $1 and r.key = i.key and ${differs}
)${sides}
select i.n::int as n, h.n is not null as held
from input i join ${table} r on r.type = $1 and r.key = i.key left join held h on h.n = i.n
where h.n is not null or r.version <> i.version or i.touched or ${differs}`;
}
