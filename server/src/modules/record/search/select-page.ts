import { parseLossless, typeOfCode, type Resource } from '@sen/fhir';
import type { Queryable, Statement } from '../../../platform/database.ts';
import type { Work } from '../../../platform/work.ts';
import { unpackContent } from '../store/codec.ts';
import { writtenSince } from '../store/written-since.ts';
import type { Found } from './include.ts';
import { orderBy, readPlace, writePlace, type OrderKey } from './order.ts';
import type { Plan } from './plan.ts';
import type { Query } from './read-query.ts';
import { comparePlaces, keepFirst } from './sort-in-memory.ts';
import { searchStatement } from './statement.ts';

export interface PageRows {
  readonly rows: readonly MatchRow[];
  readonly more: boolean;
}

export interface MatchRow extends Found {
  /** The text that lets the next page go on after this row. */
  readonly place: () => string;
}

interface OrderedRow extends Record<string, unknown> {
  type: number;
  id: string;
  version: number;
  patient: string;
  content: Buffer;
}

/** Matches are read this many at a time where they are ordered here; so many lie in memory, whatever matches. */
const BATCH = 1000;

/** The rows of one page, in order. */
export async function selectPage(work: Work, plan: Plan, read: Query): Promise<PageRows> {
  const found = plan.order.some((key) => key.read !== undefined) ? await sortedRows(work, plan, read) : await firstRows(work.db, plan, read.count + 1);
  const more = found.length > read.count;
  const rows = more ? found.slice(0, read.count) : found;
  return { rows: rows.map((row) => ({ type: typeOfCode(row.type), id: row.id, version: row.version, patient: row.patient, content: row.content, place: () => writePlace(placeOfRow(plan, row)) })), more };
}

function placeOfRow({ order }: Plan, row: OrderedRow): unknown[] {
  return order.map((_key, i) => row[`o${i}`]);
}

/**
 * The first rows in order. What was written last is asked for first among the newest writes that the feed tells, then among more of them, at last
 * among all: no index is kept in the order of writes (each update would have to change it), and a sort of all rows took 0.1 s among 200,000.
 */
async function firstRows(db: Queryable, plan: Plan, limit: number): Promise<OrderedRow[]> {
  const [first] = plan.order;
  if (first?.sql === 'r.updated' && first.descending && !plan.fewRows && !plan.isNarrow) {
    for (const newest of [2000, 30_000]) {
      const since = await writtenSince(db, plan.types, newest);
      const rows = since === undefined ? [] : await orderedRows(db, plan, limit, ` and r.updated >= ${since}`);
      if (rows.length === limit) return rows;
    }
  }
  return orderedRows(db, plan, limit, '');
}

async function orderedRows(db: Queryable, plan: Plan, limit: number, bound: string): Promise<OrderedRow[]> {
  const sorted = orderBy(plan.order, (i) => (plan.order[i] as OrderKey).sql);
  const text = `${selectOf(plan)}${bound} order by ${sorted} limit ${limit}`;
  // an instant in the text would make each statement a shape of its own
  const statement: Statement = bound === '' ? searchStatement(text, plan.parameters.values, plan.fewRows) : { text, values: plan.parameters.values, plan: 'custom' };
  return (await db.query<OrderedRow>(statement)).rows;
}

function selectOf({ from, order, where }: Plan): string {
  const columns = order.map((key, i) => `${key.sql} as o${i}`).join(', ');
  return `select r.type, r.id, r.version, r.patient, r.content, ${columns} from ${from} where ${where}`;
}

/**
 * An order by codes, references or URIs, which the index keeps only as hashes: matches are read, batch by batch, and the first of them kept: all of
 * them, or, where other keys lead (`_sort=-date,code`), those that come first by these. Memory is bounded by a batch and a page; the processor pays
 * some 30 µs a match.
 */
async function sortedRows(work: Work, plan: Plan, read: Query): Promise<OrderedRow[]> {
  const after = read.page === undefined ? undefined : readPlace(read.page, plan.order);
  const first: OrderedRow[] = [];
  const lead = plan.order.slice(0, plan.order.findIndex((key) => key.read !== undefined));
  const take: Take = (rows) => {
    for (const row of rows) readValues(row, plan.order);
    const wanted = after === undefined ? rows : rows.filter((row) => comparePlaces(plan.order, placeOfRow(plan, row), after) > 0);
    keepFirst(first, wanted, read.count + 1, (a, b) => comparePlaces(plan.order, placeOfRow(plan, a), placeOfRow(plan, b)));
    return lead.length > 0 && first.length > read.count && differ(lead, rows.at(-1), first.at(-1));
  };
  if (lead.length > 0) {
    await work.transact((inner) => readInTurn(inner.db, plan, lead, after, take));
    return first;
  }
  const few = await work.db.query<OrderedRow>(searchStatement(`${selectOf(plan)} limit ${BATCH + 1}`, plan.parameters.values, plan.fewRows));
  if (few.rows.length <= BATCH) take(few.rows);
  else await work.transact((inner) => readAll(inner.db, plan, take));
  return first;
}

function readValues(row: OrderedRow, order: readonly OrderKey[]): void {
  const resource = parseLossless(unpackContent(row).toString()) as Resource;
  order.forEach((key, i) => {
    if (key.read !== undefined) row[`o${i}`] = key.read(resource);
  });
}

/** Takes a batch; true when no later row can come before those kept. */
type Take = (rows: readonly OrderedRow[]) => boolean;

/** Rows by the keys that lead, from the place where the page before ended. */
async function readInTurn(db: Queryable, plan: Plan, lead: readonly OrderKey[], after: readonly string[] | undefined, take: Take): Promise<void> {
  const [key] = lead as [OrderKey];
  const bound = after === undefined ? '' : ` and ${key.sql} ${key.descending ? '<=' : '>='} ${plan.parameters.add(after[0])}::${key.cast}`;
  await readBatches(db, `${selectOf(plan)}${bound} order by ${orderBy(lead, (i) => (lead[i] as OrderKey).sql)}`, plan, take);
}

async function readAll(db: Queryable, plan: Plan, take: Take): Promise<void> {
  // the whole result is read, so the planner shall not prefer a quick first row
  await db.query({ text: 'set local cursor_tuple_fraction = 1' });
  await readBatches(db, selectOf(plan), plan, take);
}

async function readBatches(db: Queryable, text: string, plan: Plan, take: Take): Promise<void> {
  await db.query({ text: `declare matches no scroll cursor for ${text}`, values: plan.parameters.values });
  for (;;) {
    const { rows } = await db.query<OrderedRow>({ text: `fetch ${BATCH} from matches` });
    if (take(rows) || rows.length < BATCH) break;
  }
  await db.query({ text: 'close matches' });
}

function differ(keys: readonly OrderKey[], a: OrderedRow | undefined, b: OrderedRow | undefined): boolean {
  return keys.some((_key, i) => String(a?.[`o${i}`]) !== String(b?.[`o${i}`]));
}
