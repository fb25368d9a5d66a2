// The search of the record: one statement for the page, one more for each include, one for a total.
import type { Issue } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { shownTo } from '../access/hidden-from.ts';
import { sightOf } from '../access/sight.ts';
import { noteSeen } from '../access/trail.ts';
import { indexingWarnings, refuseUnindexed } from '../search-parameters/tell-unindexed.ts';
import { unpackContent } from '../store/codec.ts';
import { countMatches, estimateMatches } from './count-matches.ts';
import { includedOf, type Found } from './include.ts';
import { usable } from './lenient.ts';
import { searchLimits } from './limits.ts';
import { planSearch, typesOf, type Plan, type PlanOptions } from './plan.ts';
import { readQuery, type Query } from './read-query.ts';
import { selectPage, type PageRows } from './select-page.ts';
import { selfOf } from './self.ts';
import { shaperOf } from './shape.ts';
import { searchStatement } from './statement.ts';

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

export interface SearchOptions extends PlanOptions {
  /** Unknown parameters are left out with a warning instead of refused. */
  readonly lenient: boolean;
}

/** Searches one type, several (`_type`), all, or a compartment. Throws a Refusal for what it does not understand. */
export async function search(work: Work, type: string | undefined, query: URLSearchParams, options: SearchOptions): Promise<SearchPage> {
  const asked = readQuery(type, query, searchLimits());
  const types = typesOf(type, asked, options);
  const sight = sightOf(work);
  const read = options.lenient ? usable(asked, types, work.now, sight) : asked;
  const plan = await planSearch(work, types, read, options);
  read.warnings.push(...(await indexingWarnings(work.db, types, read)));
  const counting = read.summary === 'count' || read.count === 0; // R4 search.html, _count: 0 means the same as _summary=count
  const [total, found] = await Promise.all([totalOf(work, plan, read, counting), counting ? { rows: [], more: false } : selectPage(work, plan, read)]);
  const included = await includedOf(work.db, sight, read.includes, found.rows, read.warnings, options.base);
  noteSeen(work, found.rows);
  noteSeen(work, included);
  return { ...pageOf(work, read, found, included, total), self: selfOf(query, read), warnings: read.warnings };
}

async function totalOf(work: Work, plan: Plan, read: Query, counting: boolean): Promise<number | undefined> {
  if (!counting && (read.total === 'none' || read.page !== undefined)) return undefined;
  return read.total === 'estimate' ? estimateMatches(work.db, plan) : countMatches(work.db, plan);
}

function pageOf(work: Work, read: Query, { rows, more }: PageRows, included: readonly Found[], counted: number | undefined): Omit<SearchPage, 'self' | 'warnings'> {
  const shape = shaperOf(read);
  const shown = shownTo(work);
  const entry = (found: Found, mode: 'match' | 'include'): SearchEntry => {
    const json = shown(found.type, unpackContent(found));
    return { type: found.type, id: found.id, json: shape === undefined ? json : shape(json), mode };
  };
  const total = read.page === undefined && !more && read.count > 0 && read.summary !== 'count' ? rows.length : counted;
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
  const plan = await planSearch(work, [type], read, {});
  refuseUnindexed(type, read);
  const text = `select r.id from ${plan.from} where ${plan.where} limit ${limit}`;
  const { rows } = await work.db.query<{ id: string }>(searchStatement(text, plan.parameters.values.slice(0, plan.whereValues), plan.fewRows));
  return rows;
}
