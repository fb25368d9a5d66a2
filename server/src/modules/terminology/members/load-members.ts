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
  // value sets within value sets may share places in the order: without a second key a code could stand on two pages, and another on none
  const order = inPlace ? ['place'] : ['ord', 'url', 'code'];
  // What is put in order is read whole anyway; a page in the order of the index is not.
  const counted = inPlace ? 'null::int' : '(count(*) over ())::int';
  const text = `select m.total, m.url, m.system, m.place, m.code, m.shown, m.extra, c.last, c.display, coalesce(c.inactive, false) as inactive, coalesce(c.abstract, false) as abstract,
      ${detailed ? 'c.detail::text' : 'null::text'} as detail
    from (select *, ${counted} as total from (${membersSql(plan, narrowing, bind)}) p order by ${order.join(', ')} offset ${offset} limit ${limit}) m
    left join terminology.concept c on c.system = m.system and c.place = m.place order by ${order.map((key) => `m.${key}`).join(', ')}`;
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

/** What words find is counted no further: to read 50,000 names that have a letter in them costs 50 ms, and nobody pages through them. */
const mostCounted = 1000;

/** Number of the members; undefined where words find more than 1,000. */
export async function countMembers(db: Queryable, plan: Plan, narrowing: Narrowing): Promise<number | undefined> {
  const { words, code, activeOnly } = narrowing;
  const whole = words.length === 0 && code === undefined && !activeOnly ? wholeSystemOf(plan) : undefined;
  if (whole !== undefined) return whole.concepts;
  const { values, bind } = binder();
  const most = words.length > 0 ? `limit ${mostCounted + 1}` : '';
  const text = `select count(*)::int as total from (select from (${membersSql(plan, narrowing, bind)}) m ${most}) n`;
  const { rows } = await guarded(() => db.query<{ total: number }>({ text, values, plan: 'custom' }));
  const { total } = rows[0]!;
  return words.length > 0 && total > mostCounted ? undefined : total;
}

async function guarded<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    if ((error as { code?: string }).code === '2201B') throw badRegex(); // invalid_regular_expression
    throw error;
  }
}
