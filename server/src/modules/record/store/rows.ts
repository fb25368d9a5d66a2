// The rows of a batch of changes as arrays, one a column, so that a batch is one statement whatever its size.
import { keyOf, parseLossless, typeCode, type IndexEntry, type RangeRow, type Resource, type StringRow } from '@sen/fhir';
import { placePrefix } from './place-prefix.ts';
import { int8Array } from './binary-arrays.ts';
import { packContent } from './codec.ts';
import { indexOf } from './index-zone.ts';
import { marksOf } from '../../security/index.ts';
import { methodCode, type Change } from './types.ts';

/** Bounds of a main date: beyond what FHIR dates reach, within bigint. The low one in date_high says "no date". */
export const NO_DATE = -9_000_000_000_000_000;
const OPEN_END = 9_000_000_000_000_000;

export interface Prepared {
  readonly change: Change;
  readonly key: bigint;
  readonly index: IndexEntry;
  /** Of the content alone; those of the patient are added by the statement that stores it. */
  readonly marks: number;
}

const nothing: IndexEntry = { tokens: [], strings: [], ranges: [], date: undefined, patient: 0n, present: 0n, spellings: [] };

/** Index entry of what a change leaves behind. */
export function prepare(change: Change): Prepared {
  return { change, key: keyOf(change.id), index: change.after === undefined ? nothing : indexOf(change.after.resource), marks: change.after === undefined ? 0 : marksOf(change.after.resource) };
}

/** The columns of record.resource that every write gives; the statement reads them with `resourceInput`. */
export function resourceColumns(batch: readonly Prepared[]): unknown[] {
  const contents = batch.map(({ change }) => (change.after === undefined ? Buffer.alloc(0) : packContent(change.after.json, change)));
  const dates = batch.map(({ change, index }) => dateColumns(index, change.updated));
  return [
    batch.map(({ change }) => typeCode(change.type)),
    int8Array(batch.map((p) => p.key)),
    batch.map(({ change }) => change.id),
    batch.map(({ change }) => methodCode(change.method)),
    batch.map(({ change }) => change.version),
    int8Array(batch.map(({ change }) => BigInt(change.updated))),
    int8Array(batch.map(({ change }) => BigInt(change.current?.feed ?? '0'))),
    int8Array(batch.map((p) => p.index.patient)),
    int8Array(dates.map((d) => d[0])),
    int8Array(dates.map((d) => d[1])),
    batch.map((p) => p.index.tokens.length),
    int8Array(batch.flatMap((p) => p.index.tokens)),
    contents.map((c) => c.length),
    Buffer.concat(contents),
    int8Array(batch.map((p) => p.index.present)),
    batch.map((p) => p.marks),
  ];
}

/** A FROM item that turns the 16 parameters of resourceColumns back into rows, numbered from 1. */
export const resourceInput = `(
  select i.*, ($12::bigint[])[i.tokens_to - i.tokens_count + 1 : i.tokens_to] as tokens,
    substring($14::bytea from i.content_to - i.content_length + 1 for i.content_length) as content
  from (
    select *, (sum(tokens_count) over (order by n))::int as tokens_to, (sum(content_length) over (order by n))::int as content_to
    from unnest($1::smallint[], $2::bigint[], $3::text[], $4::smallint[], $5::int[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
      $10::bigint[], $11::int[], $13::int[], $15::bigint[], $16::int[]) with ordinality
      as u(type, key, id, method, version, updated, after, patient, date_low, date_high, tokens_count, content_length, present, marks, n)
  ) i
)`;

/** date_low and date_high. */
export function dateColumns(index: IndexEntry, updated: number): [bigint, bigint] {
  if (index.date === undefined) return [BigInt(updated), BigInt(NO_DATE)];
  return [BigInt(Math.max(index.date.low, NO_DATE)), BigInt(Math.min(index.date.high, OPEN_END))];
}

export interface SideRows {
  readonly texts: { readonly text: string; readonly key: bigint }[];
  readonly ranges: { readonly row: RangeRow; readonly key: bigint }[];
}

/** All side rows of new resources. */
export function sideRowsOf(batch: readonly Prepared[]): SideRows {
  return {
    texts: batch.flatMap(({ key, index }) => index.strings.map((row) => ({ text: placedText(row), key }))),
    ranges: batch.flatMap(({ key, index }) => index.ranges.map((row) => ({ row, key }))),
  };
}

/** The side rows that changes take away and add, by comparison with what stood before. */
export function sideDifference(batch: readonly Prepared[]): { gone: SideRows; come: SideRows } {
  const gone: SideRows = { texts: [], ranges: [] };
  const come: SideRows = { texts: [], ranges: [] };
  for (const { change, key, index } of batch) {
    const before = change.current?.json === undefined ? nothing : indexOf(parseLossless(change.current.json.toString()) as Resource);
    differ(before.strings.map(placedText), index.strings.map(placedText), String, (text) => gone.texts.push({ text, key }), (text) => come.texts.push({ text, key }));
    differ(before.ranges, index.ranges, rangeName, (row) => gone.ranges.push({ row, key }), (row) => come.ranges.push({ row, key }));
  }
  return { gone, come };
}

export const placedText = (row: StringRow): string => placePrefix(row.place) + row.text;
export const rangeName = (row: RangeRow): string => `${row.place}|${row.low}|${row.high}`;

function differ<T>(before: readonly T[], after: readonly T[], name: (row: T) => string, gone: (row: T) => void, come: (row: T) => void): void {
  const old = new Set(before.map(name));
  const now = new Set(after.map(name));
  for (const row of before) if (!now.has(name(row))) gone(row);
  for (const row of after) if (!old.has(name(row))) come(row);
}
