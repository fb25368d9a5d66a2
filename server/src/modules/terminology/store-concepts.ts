// Queries of concepts within one edition of a code system: one by its code, and what is above and below it.
import type { Queryable } from '../../platform/database.ts';

export interface Concept {
  readonly place: number;
  readonly last: number;
  readonly code: string;
  readonly display: string | undefined;
  readonly inactive: boolean;
  readonly abstract: boolean;
  /** In force on the day asked for. */
  readonly valid: boolean;
  readonly from: string | undefined;
  readonly until: string | undefined;
  /** JSON of definition, designation and property. */
  readonly detail: string | undefined;
}

interface Row {
  place: number;
  last: number;
  code: string;
  display: string | null;
  inactive: boolean;
  abstract: boolean;
  valid: boolean;
  from: string | null;
  until: string | null;
  detail: string | null;
}

/** The concept of a code; where case does not tell and two differ by it, the one as written. Day undefined: any day. */
export async function findConcept(db: Queryable, { system, caseSensitive }: { system: number; caseSensitive: boolean }, code: string, day?: string): Promise<Concept | undefined> {
  const { rows } = await db.query<Row>({
    name: 'terminology.find-concept',
    text: `select place, last, code, display, inactive, abstract, $4::date is null or valid @> $4::date as valid, lower(valid)::text as from, upper(valid)::text as until, detail::text as detail
           from terminology.concept where system = $1 and key = $2 order by code = $3 desc limit 1`,
    values: [system, caseSensitive ? code : code.toLowerCase(), code, day],
  });
  const [row] = rows;
  return row && { ...row, display: row.display ?? undefined, detail: row.detail ?? undefined, from: row.from ?? undefined, until: row.until ?? undefined };
}

/** Details of codes in other systems: what supplements add. By key of the code. */
export async function findDetails(db: Queryable, systems: readonly number[], codes: readonly string[]): Promise<{ code: string; display: string | undefined; language: string | undefined; detail: string | undefined }[]> {
  if (systems.length === 0 || codes.length === 0) return [];
  const { rows } = await db.query<{ code: string; display: string | null; language: string | null; detail: string | null }>({
    name: 'terminology.find-details',
    text: `select c.code, c.display, s.language, c.detail::text as detail from terminology.concept c join terminology.code_system s on s.system = c.system
           where c.system = any($1::int[]) and c.key = any($2::text[])`,
    values: [systems, codes],
  });
  return rows.map((row) => ({ code: row.code, display: row.display ?? undefined, language: row.language ?? undefined, detail: row.detail ?? undefined }));
}

/** Places at and below a place, as ranges in order. */
export async function findSpans(db: Queryable, system: number, place: number): Promise<{ first: number; last: number }[]> {
  const { rows } = await db.query<{ first: number; last: number }>({
    name: 'terminology.find-spans',
    text: `with recursive span as (
             select place as first, last from terminology.concept where system = $1 and place = $2
             union
             select c.place, c.last from span s join terminology.further_parent f on f.system = $1 and f.parent between s.first and s.last
             join terminology.concept c on c.system = $1 and c.place = f.child)
           select first, last from span order by first`,
    values: [system, place],
  });
  return joined(rows);
}

/** Places at and above a place. */
export async function findPlacesAbove(db: Queryable, system: number, place: number): Promise<number[]> {
  const { rows } = await db.query<{ place: number }>({
    name: 'terminology.find-places-above',
    text: `with recursive up(place) as (
             select $2::int
             union
             select p.parent from up join lateral (
               select c.parent from terminology.concept c where c.system = $1 and c.place = up.place and c.parent is not null
               union all select f.parent from terminology.further_parent f where f.system = $1 and f.child = up.place) p on true)
           select place from up`,
    values: [system, place],
  });
  return rows.map((row) => row.place);
}

/** Codes directly above and below a place, those above first, each side in the order of the list. */
export async function findNeighbours(db: Queryable, system: number, place: number): Promise<{ side: 'parent' | 'child'; code: string; display: string | undefined }[]> {
  const { rows } = await db.query<{ side: 'parent' | 'child'; code: string; display: string | null }>({
    name: 'terminology.find-neighbours',
    // Places first, each by its index: one condition with "or" read the whole system.
    text: `with near(side, place) as materialized (
             select 'parent', c.parent from terminology.concept c where c.system = $1 and c.place = $2 and c.parent is not null
             union all select 'parent', f.parent from terminology.further_parent f where f.system = $1 and f.child = $2
             union all select 'child', c.place from terminology.concept c where c.system = $1 and c.parent = $2
             union all select 'child', f.child from terminology.further_parent f where f.system = $1 and f.parent = $2)
           select near.side, c.code, c.display from near join terminology.concept c on c.system = $1 and c.place = near.place order by near.side desc, c.place`,
    values: [system, place],
  });
  return rows.map(({ side, code, display }) => ({ side, code, display: display ?? undefined }));
}

/** Codes at places, in the order of the list. */
export async function findCodesWithin(db: Queryable, system: number, spans: readonly { first: number; last: number }[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>({
    text: `select c.code from unnest($2::int[], $3::int[]) as s(first, last) join terminology.concept c on c.system = $1 and c.place between s.first and s.last order by c.place`,
    values: [system, spans.map(({ first }) => first), spans.map(({ last }) => last)],
  });
  return rows.map(({ code }) => code);
}

function joined(spans: readonly { first: number; last: number }[]): { first: number; last: number }[] {
  const all: { first: number; last: number }[] = [];
  for (const { first, last } of spans) {
    const before = all.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
    else all.push({ first, last });
  }
  return all;
}
