// The search of the record: one statement for the page, one more for each include, one for an accurate total.
import { compartmentMembers, compartmentParameters, compartmentPlace, isResourceType, keyOf, searchParametersOf, typeCode, typeOfCode, type Issue } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import type { Work } from '../../../platform/work.ts';
import { unpackContent } from '../store/codec.ts';
import { tableOf } from '../store/partitions.ts';
import { openScope, type PlanHints, type Scope } from './conditions/scope.ts';
import { whereOf } from './conditions.ts';
import { includedOf, type Found } from './include.ts';
import { afterPlace, orderBy, orderOf, readPlace, writePlace, type OrderKey } from './order.ts';
import { readQuery, type Filter, type Query } from './read-query.ts';
import { badSearch } from './refusals.ts';
import { searchLimits } from './limits.ts';
import { usable } from './lenient.ts';
import { selfOf } from './self.ts';
import { shaperOf } from './shape.ts';
import { SORTED_MAX, sortRows, tooManyToSort, type Sortable } from './sort-in-memory.ts';
import { searchStatement } from './statement.ts';
import { allOf, anyOf, Parameters } from './sql.ts';

export interface SearchEntry {
  readonly type: string;
  readonly id: string;
  readonly json: Buffer;
  readonly mode: 'match' | 'include';
}

export interface SearchPage {
  readonly entries: SearchEntry[];
  /** All matches: when asked for, or when it is known because they fit on the first page. */
  readonly total?: number;
  /** Token for `_page` of the following page; absent on the last. */
  readonly next?: string;
  /** The query as it was understood and used, without `_page`. */
  readonly self: string;
  readonly warnings: Issue[];
}

export interface SearchOptions {
  /** Unknown parameters are left out with a warning instead of refused. */
  readonly lenient: boolean;
  readonly compartment?: { readonly type: string; readonly id: string };
  /** Our base URL: references that begin with it are local. */
  readonly base?: string;
}

/** Searches one type, several (`_type`), all, or a compartment. Throws a Refusal for what it does not understand. */
export async function search(work: Work, type: string | undefined, query: URLSearchParams, options: SearchOptions): Promise<SearchPage> {
  const asked = readQuery(type, query, searchLimits());
  const types = typesOf(type, asked, options);
  const read = options.lenient ? usable(asked, types, work.now) : asked;
  const plan = planOf(work, types, read, options);
  const counting = read.summary === 'count' || read.count === 0;
  const [total, found] = await Promise.all([
    counting || (read.total === 'accurate' && read.page === undefined) ? countMatches(work.db, plan) : undefined,
    counting ? { rows: [], more: false } : selectPage(work.db, plan, read),
  ]);
  const included = await includedOf(work.db, read.includes, found.rows, read.warnings);
  return { ...pageOf(read, found, included, total), self: selfOf(query, read), warnings: read.warnings };
}

interface PageRows {
  readonly rows: readonly MatchRow[];
  readonly more: boolean;
}

interface MatchRow extends Found {
  readonly place: () => string;
}

function pageOf(read: Query, { rows, more }: PageRows, included: readonly Found[], counted: number | undefined): Omit<SearchPage, 'self' | 'warnings'> {
  const shape = shaperOf(read);
  const entry = (found: Found, mode: 'match' | 'include'): SearchEntry => {
    const json = unpackContent(found.content);
    return { type: found.type, id: found.id, json: shape === undefined ? json : shape(json), mode };
  };
  const total = counted ?? (read.page === undefined && !more && read.count > 0 && read.summary !== 'count' ? rows.length : undefined);
  const last = rows.at(-1);
  return {
    entries: [...rows.map((row) => entry(row, 'match')), ...included.map((found) => entry(found, 'include'))],
    ...(total === undefined ? {} : { total }),
    ...(more && last !== undefined ? { next: last.place() } : {}),
  };
}

/** Up to `limit` resources that meet the criteria of a conditional interaction. */
export async function findMatches(work: Work, type: string, query: URLSearchParams, limit: number): Promise<{ id: string }[]> {
  const read = readQuery(type, query, searchLimits());
  const plan = planOf(work, [type], read, { lenient: false });
  const text = `select r.id from ${plan.from} where ${plan.where} limit ${limit}`;
  const { rows } = await work.db.query<{ id: string }>(searchStatement(text, plan.parameters.values.slice(0, plan.whereValues), plan.fewRows));
  return rows;
}

interface Plan {
  readonly from: string;
  readonly where: string;
  readonly order: readonly OrderKey[];
  readonly parameters: Parameters;
  /** How many of the parameters the condition alone uses: those of a count. */
  readonly whereValues: number;
  /** True when one plan serves all values. */
  readonly fewRows: boolean;
}

function typesOf(type: string | undefined, read: Query, options: SearchOptions): readonly string[] {
  const asked = type === undefined ? read.types : [type];
  for (const name of asked) {
    if (!isResourceType(name)) throw badSearch('bad-control', `_type: "${name}" is no resource type.`, `_type: "${name}" không phải loại tài nguyên.`);
  }
  if (asked.length > 0 || options.compartment === undefined) return asked;
  return compartmentMembers(options.compartment.type);
}

function planOf(work: Work, types: readonly string[], read: Query, options: SearchOptions): Plan {
  const parameters = new Parameters();
  const hints: PlanHints = {};
  const where = types.length === 1 ? typeWhere(work, types[0] as string, read.filters, parameters, options, hints) : manyWhere(work, types, read.filters, parameters, options);
  const whereValues = parameters.values.length;
  const sortType = types.length === 1 ? (types[0] as string) : 'Resource';
  const order = orderOf(sortType, read.sort, parameters);
  // a plan for all values must not hope to meet one identifier early on a walk through all dates
  if (hints.selective === 'token' && order[0]?.sql === 'r.date_low') order[0] = { ...order[0], sql: '(r.date_low + 0)' };
  const fewRows = servesAllValues(hints, where);
  const from = types.length === 1 ? `${tableOf(types[0] as string)} r` : 'record.resource r';
  if (read.page === undefined || order.some((key) => key.read !== undefined)) return { from, where, order, parameters, whereValues, fewRows };
  return { from, where: `${where} and ${afterPlace(order, readPlace(read.page, order), parameters)}`, order, parameters, whereValues, fewRows };
}

/**
 * One plan serves all values where only few rows can match whatever they are. Not with a sub-query, whose values decide the plan; and a patient
 * with tokens is better planned anew (0.3 against 0.7 ms), since a common code and a rare one ask for different indexes.
 */
function servesAllValues({ selective }: PlanHints, where: string): boolean {
  if (selective === undefined || where.includes('select')) return false;
  return selective !== 'patient' || !where.includes('.tokens');
}

function typeWhere(work: Work, type: string, filters: readonly Filter[], parameters: Parameters, options: SearchOptions, hints: PlanHints): string {
  const scope = openScope(type, parameters, work.now, options.base, hints);
  const where = whereOf(scope, filters);
  return options.compartment === undefined ? where : allOf([where, compartmentCondition(scope, options.compartment)].filter((c) => c !== 'true'));
}

/** Several types: each with its own condition, since each has its own places in the index. All types: only what all have. */
function manyWhere(work: Work, types: readonly string[], filters: readonly Filter[], parameters: Parameters, options: SearchOptions): string {
  const hints: PlanHints = {};
  if (types.length === 0) return whereOf(openScope('Resource', parameters, work.now, options.base, hints), filters);
  return anyOf(types.map((type) => `(r.type = ${typeCode(type)} and ${typeWhere(work, type, filters, parameters, options, hints)})`));
}

function compartmentCondition(scope: Scope, { type, id }: { type: string; id: string }): string {
  const names = compartmentParameters(type, scope.type);
  const key = keyOf(id);
  if (scope.type === type) return `r.key = ${scope.parameters.bigint(key)}`;
  if (names === undefined) return 'false';
  if (type === 'Patient') return `((r.patient = ${scope.parameters.bigint(key)} and r.patient <> 0) or r.tokens @> ${scope.parameters.bigints([key ^ compartmentPlace])})`;
  return anyOf(names.filter((name) => searchParametersOf(scope.type).has(name)).map((name) => whereOf({ ...scope, required: [], hints: {} }, [{ name, modifier: undefined, values: [`${type}/${id}`] }])));
}

interface OrderedRow extends Record<string, unknown> {
  type: number;
  id: string;
  content: Buffer;
}

async function selectPage(db: Queryable, plan: Plan, read: Query): Promise<PageRows> {
  const inMemory = plan.order.some((key) => key.read !== undefined);
  const rows = await orderedRows(db, plan, inMemory ? SORTED_MAX + 1 : read.count + 1);
  const valuesOf = (row: OrderedRow): unknown[] => plan.order.map((_key, i) => row[`o${i}`]);
  if (inMemory) return sortedPage(rows.map((row) => ({ type: row.type, id: row.id, content: row.content, values: valuesOf(row) })), plan, read);
  const more = rows.length > read.count;
  if (more) rows.pop();
  return { rows: rows.map((row) => ({ type: typeOfCode(row.type), id: row.id, content: row.content, place: () => writePlace(valuesOf(row)) })), more };
}

function sortedPage(rows: (Sortable & { type: number; id: string })[], { order }: Plan, read: Query): PageRows {
  if (rows.length > SORTED_MAX) throw tooManyToSort();
  const sorted = sortRows(rows, order, read.page === undefined ? undefined : readPlace(read.page, order));
  return {
    rows: sorted.slice(0, read.count).map((row) => ({ type: typeOfCode(row.type), id: row.id, content: row.content, place: () => writePlace(row.values) })),
    more: sorted.length > read.count,
  };
}

async function orderedRows(db: Queryable, { fewRows, from, order, parameters, where }: Plan, limit: number): Promise<OrderedRow[]> {
  const columns = order.map((key, i) => `${key.sql} as o${i}`).join(', ');
  const sorted = orderBy(order, (i) => (order[i] as OrderKey).sql);
  const text = `select r.type, r.id, r.content, ${columns} from ${from} where ${where} order by ${sorted} limit ${limit}`;
  return (await db.query<OrderedRow>(searchStatement(text, parameters.values, fewRows))).rows;
}

async function countMatches(db: Queryable, plan: Plan): Promise<number> {
  const { rows } = await db.query<{ count: string }>(searchStatement(`select count(*) from ${plan.from} where ${plan.where}`, plan.parameters.values.slice(0, plan.whereValues), plan.fewRows));
  return Number(rows[0]?.count ?? 0);
}
