// Questions to the chain: always bounded, newest first.
import type { Queryable } from '../../../platform/database.ts';
import { entryOf, type Entry, type Outcome } from './entry.ts';

export interface AuditFilter {
  /** ms since 1970; `to` is outside. */
  readonly from?: number;
  readonly to?: number;
  /** Ids of accounts; none of an empty list is found. */
  readonly actors?: readonly string[];
  /** Keys; about any of them. */
  readonly patients?: readonly bigint[];
  readonly actions?: readonly string[];
  readonly kinds?: readonly string[];
  readonly outcomes?: readonly Outcome[];
  /** Part of the door, the address or the request. */
  readonly door?: string;
  readonly address?: string;
  readonly request?: string;
  /** References that the entry names, such as `Observation/x`. */
  readonly touched?: readonly string[];
  readonly seq?: number;
  readonly foreignId?: string;
}

export interface Place {
  readonly at: number;
  readonly seq: number;
}

export interface Linked extends Place {
  readonly entry: Entry;
  /** Hexadecimal. */
  readonly hash: string;
}

interface Row {
  seq: string;
  at: string;
  entry: string;
  hash: Buffer;
}

/** One page of the entries that fit, after a place. */
export async function pageOf(db: Queryable, filter: AuditFilter, limit: number, after?: Place, oldestFirst = false): Promise<Linked[]> {
  const { text, values } = conditionOf(filter);
  const add = (value: unknown) => `$${values.push(value)}`;
  const [than, order] = oldestFirst ? ['>', 'asc'] : ['<', 'desc'];
  const beyond = after === undefined ? '' : ` and (at, seq) ${than} (${add(after.at)}::bigint, ${add(after.seq)}::bigint)`;
  const { rows } = await db.query<Row>({
    text: `select seq, at, entry, hash from security.audit where ${text}${beyond} order by at ${order}, seq ${order} limit ${add(limit)}`,
    values, plan: 'custom',
  });
  return rows.map(({ seq, at, entry, hash }) => ({ seq: Number(seq), at: Number(at), entry: entryOf(entry), hash: hash.toString('hex') }));
}

export async function countOf(db: Queryable, filter: AuditFilter): Promise<number> {
  const { text, values } = conditionOf(filter);
  const { rows } = await db.query<{ count: string }>({ text: `select count(*) from security.audit where ${text}`, values, plan: 'custom' });
  return Number(rows[0]?.count ?? 0);
}

export interface Bar {
  readonly at: number;
  readonly done: number;
  readonly refused: number;
  readonly failed: number;
}

/** Entries in each hour or day (UTC+7) of a time that is bounded on both sides; empty ones are left out. */
export async function barsOf(db: Queryable, filter: AuditFilter, perMs: number): Promise<Bar[]> {
  const { text, values } = conditionOf(filter);
  const { rows } = await db.query<{ at: string; done: number; refused: number; failed: number }>({
    text: `select (at + 25200000) / ${perMs} * ${perMs} - 25200000 as at, count(*) filter (where outcome = 0)::int as done,
        count(*) filter (where outcome = 4)::int as refused, count(*) filter (where outcome > 4)::int as failed
      from security.audit where ${text} group by 1 order by 1`,
    values, plan: 'custom',
  });
  return rows.map(({ at, ...counts }) => ({ at: Number(at), ...counts }));
}

function conditionOf(filter: AuditFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const { from, to, actors, patients, actions, kinds, outcomes, door, address, request, touched, seq, foreignId } = filter;
  const parts = [
    from === undefined ? '' : `at >= ${add(from)}`,
    to === undefined ? '' : `at < ${add(to)}`,
    actors === undefined ? '' : `actor = any(${add(actors)}::text[])`,
    // `@>` alone uses the index for one; several are rare (a relative of several children)
    patients === undefined ? '' : `patients is not null and patients ${patients.length === 1 ? '@>' : '&&'} ${add(`{${patients.join(',')}}`)}::bigint[]`,
    actions === undefined ? '' : `action = any(${add(actions)}::text[])`,
    kinds === undefined ? '' : `kind = any(${add(kinds)}::text[])`,
    outcomes === undefined ? '' : `${outcomes.includes(0) ? '' : 'outcome <> 0 and '}outcome = any(${add(outcomes)}::smallint[])`,
    door === undefined ? '' : `strpos(lower(entry::jsonb ->> 'door'), lower(${add(door)})) > 0`,
    address === undefined ? '' : memberIs('address', address, add),
    request === undefined ? '' : memberIs('request', request, add),
    touched === undefined ? '' : `exists (select from unnest(${add(touched)}::text[]) as s(sought) where strpos(entry, sought) > 0) and exists (select from jsonb_array_elements_text(entry::jsonb -> 'touches') as t(touch), unnest(${add(touched)}::text[]) as w(wanted) where substr(touch, 3) = wanted or starts_with(substr(touch, 3), wanted || '/'))`,
    seq === undefined ? '' : `seq = ${add(seq)}`,
    foreignId === undefined ? '' : `foreign_id = ${add(foreignId)}`,
  ];
  return { text: parts.filter((part) => part !== '').join(' and ') || 'true', values };
}

/** Only an entry that has the text of the member is read as JSON: reading each takes ten times as long. */
function memberIs(name: 'address' | 'request', value: string, add: (value: unknown) => string): string {
  return `case when strpos(entry, ${add(JSON.stringify({ [name]: value }).slice(1, -1))}) > 0 then entry::jsonb ->> '${name}' = ${add(value)} else false end`;
}

export interface Emergency {
  readonly account: string;
  readonly from: number;
  readonly until: number;
  readonly reason: string;
}

/** When and why a patient's record was opened in an emergency. */
export async function loadEmergencies(db: Queryable, patient: string): Promise<Emergency[]> {
  const { rows } = await db.query<{ account: string; opened_at: Date; until: Date; reason: string; explanation: string }>({
    name: 'audit-emergencies', text: 'select account, opened_at, until, reason, explanation from security.emergency where patient = $1 order by opened_at', values: [patient],
  });
  return rows.map(({ account, opened_at: from, until, explanation }) => ({ account, from: from.getTime(), until: until.getTime(), reason: explanation }));
}

export interface KnownActor {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly roles: readonly string[];
  readonly places: readonly string[];
  readonly practitioner?: string;
}

/** Accounts and apps by id, or all. */
export async function loadActors(db: Queryable, ids?: readonly string[]): Promise<KnownActor[]> {
  const { rows } = await db.query<{ id: string; name: string; username: string; roles: string[]; places: string[]; practitioner: string | null }>({
    name: `audit-actors-${ids === undefined ? 'all' : 'some'}`,
    text: `select * from (
        select id, name, username, roles, places, practitioner from security.account
        union all select id, name, id, case when role is null then '{}' else array[role] end, '{}', null from security.app where kind = 'service') a
      ${ids === undefined ? '' : 'where id = any($1::text[])'}`,
    values: ids === undefined ? [] : [ids],
  });
  return rows.map(({ practitioner, ...actor }) => ({ ...actor, ...(practitioner === null ? {} : { practitioner }) }));
}
