import type { Queryable } from '../../../platform/database.ts';
import { badRegex } from '../refusals.ts';
import { binder, isInPlaceOrder, membersSql } from './member-sql.ts';
import { wholeSystemOf, type Narrowing, type Plan } from './plan.ts';

export interface Member {
  readonly url: string;
  /** Number of the edition; undefined: the code is not of a list known here. */
  readonly system: number | undefined;
  readonly place: number | undefined;
  readonly last: number | undefined;
  readonly code: string;
  readonly display: string | undefined;
  readonly inactive: boolean;
  readonly abstract: boolean;
  /** Display and designations (JSON) that the value set gives. */
  readonly shown: string | undefined;
  readonly extra: string | undefined;
  /** JSON of definition, designation and property; only where asked for. */
  readonly detail: string | undefined;
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
  /** Reads designations too. */
  readonly detailed: boolean;
}

export interface Members {
  readonly members: readonly Member[];
  /** Of all pages; undefined when only this page was read. */
  readonly total: number | undefined;
}

type Row = { [Key in keyof Member]: Exclude<Member[Key], undefined> | null } & { total: number | null };

/** One page of the members, in the order of the value set. */
export async function loadMembers(db: Queryable, plan: Plan, narrowing: Narrowing, { offset, limit, detailed }: Page): Promise<Members> {
  const { values, bind } = binder();
  const inPlace = isInPlaceOrder(plan);
  const order = inPlace ? 'place' : 'ord';
  // What is found by words or put in order is read whole anyway; a page in the order of the index is not.
  const counted = !inPlace || narrowing.words.length > 0 ? '(count(*) over ())::int' : 'null::int';
  const text = `select m.total, m.url, m.system, m.place, m.code, m.shown, m.extra, c.last, c.display, coalesce(c.inactive, false) as inactive, coalesce(c.abstract, false) as abstract,
      ${detailed ? 'c.detail::text' : 'null::text'} as detail
    from (select *, ${counted} as total from (${membersSql(plan, narrowing, bind)}) p order by ${order} offset ${offset} limit ${limit}) m
    left join terminology.concept c on c.system = m.system and c.place = m.place order by m.${order}`;
  const { rows } = await guarded(() => db.query<Row>({ text, values, plan: 'custom' }));
  return { total: rows[0]?.total ?? undefined, members: rows.map(memberOf) };
}

function memberOf(row: Row): Member {
  const { url, code, inactive, abstract } = row as Row & Member;
  return {
    url, code, inactive, abstract, system: row.system ?? undefined, place: row.place ?? undefined, last: row.last ?? undefined, display: row.display ?? undefined,
    shown: row.shown ?? undefined, extra: row.extra ?? undefined, detail: row.detail ?? undefined,
  };
}

/** Number of the members. */
export async function countMembers(db: Queryable, plan: Plan, narrowing: Narrowing): Promise<number> {
  const { words, code, activeOnly } = narrowing;
  const whole = words.length === 0 && code === undefined && !activeOnly ? wholeSystemOf(plan) : undefined;
  if (whole !== undefined) return whole.concepts;
  const { values, bind } = binder();
  const text = `select count(*)::int as total from (${membersSql(plan, narrowing, bind)}) m`;
  const { rows } = await guarded(() => db.query<{ total: number }>({ text, values, plan: 'custom' }));
  return rows[0]!.total;
}

async function guarded<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    if ((error as { code?: string }).code === '2201B') throw badRegex(); // invalid_regular_expression
    throw error;
  }
}
