// Questions to the chain: always bounded, newest first. Blocks that may hold an answer are read one after the other until there is enough.
import type { Queryable } from '../../../platform/database.ts';
import { linesOf } from './block.ts';
import type { Entry } from './entry.ts';
import { blockCondition, isTimeOnly, judgeOf, type AuditFilter } from './filter.ts';

export interface Place {
  readonly at: number;
  readonly seq: number;
}

export interface Linked extends Place {
  readonly entry: Entry;
  /** Hexadecimal, of the block that the entry stands in. */
  readonly hash: string;
}

interface BlockRow {
  first_seq: string;
  from_at: string;
  to_at: string;
  links: 'block' | 'entries';
  body: Buffer;
  hash: Buffer;
}

/** Blocks read at once: few at first, since mostly the newest are enough. */
const fewBlocks = 4;
const manyBlocks = 64;

/** One page of the entries that fit, after a place, in the order of time and then of the chain. */
export async function pageOf(db: Queryable, filter: AuditFilter, limit: number, after?: Place, oldestFirst = false): Promise<Linked[]> {
  const sign = oldestFirst ? 1 : -1;
  const inOrder = (a: Place, b: Place) => sign * (a.at - b.at || a.seq - b.seq);
  const found: Linked[] = [];
  // Entries that an older block may still hold something before: times of blocks overlap.
  let open: Linked[] = [];
  for await (const block of blocksOf(db, filter, after, oldestFirst)) {
    const edge = Number(oldestFirst ? block.from_at : block.to_at);
    const cut = open.findIndex(({ at }) => sign * (at - edge) >= 0);
    found.push(...open.splice(0, cut < 0 ? open.length : cut));
    if (found.length >= limit) break;
    open = [...open, ...entriesOf(block, filter).filter((place) => after === undefined || inOrder(place, after) > 0)].sort(inOrder);
  }
  return [...found, ...open].slice(0, limit);
}

function entriesOf({ first_seq, links, body, hash }: BlockRow, filter: AuditFilter): Linked[] {
  const judge = judgeOf(filter);
  const from = Number(first_seq);
  return linesOf(body, links).flatMap((line, i): Linked[] => {
    const entry = judge(line, from + i);
    return entry === undefined ? [] : [{ seq: from + i, at: entry.at, entry, hash: hash.toString('hex') }];
  });
}

/** The blocks that may hold what fits beyond a place, by their newest entry (oldest, where that comes first). */
async function* blocksOf(db: Queryable, filter: AuditFilter, after: Place | undefined, oldestFirst: boolean): AsyncGenerator<BlockRow> {
  const [edge, order, than] = oldestFirst ? ['from_at', 'asc', '>'] : ['to_at', 'desc', '<'];
  for (let last: BlockRow | undefined, size = fewBlocks; ; size = manyBlocks) {
    const values: unknown[] = [];
    const add = (value: unknown) => `$${values.push(value)}`;
    const condition = blockCondition(filter, values);
    const beyond = after === undefined ? '' : ` and ${oldestFirst ? `to_at >= ${add(after.at)}` : `from_at <= ${add(after.at)}`}`;
    const further = last === undefined ? '' : ` and (${edge}, first_seq) ${than} (${add(oldestFirst ? last.from_at : last.to_at)}::bigint, ${add(last.first_seq)}::bigint)`;
    const { rows } = await db.query<BlockRow>({
      text: `select first_seq, from_at, to_at, links, body, hash from security.audit_block where ${condition}${beyond}${further} order by ${edge} ${order}, first_seq ${order} limit ${size}`,
      values, plan: 'custom',
    });
    yield* rows;
    if (rows.length < size) return;
    last = rows.at(-1);
  }
}

/** Looks at every entry that fits, in no order that matters; `whole`: blocks that need not be read. */
export async function scanEntries(db: Queryable, filter: AuditFilter, each: (entry: Entry) => void, whole = 'false'): Promise<void> {
  const judge = judgeOf(filter);
  for (let after = '0'; ; ) {
    const values: unknown[] = [];
    const condition = blockCondition(filter, values);
    const { rows } = await db.query<BlockRow>({
      text: `select first_seq, links, body from security.audit_block where ${condition} and not (${whole}) and first_seq > $${values.push(after)} order by first_seq limit ${manyBlocks}`,
      values, plan: 'custom',
    });
    for (const { first_seq, links, body } of rows) {
      linesOf(body, links).forEach((line, i) => {
        const entry = judge(line, Number(first_seq) + i);
        if (entry !== undefined) each(entry);
      });
    }
    if (rows.length < manyBlocks) return;
    after = rows.at(-1)!.first_seq;
  }
}

export async function countOf(db: Queryable, filter: AuditFilter): Promise<number> {
  const bars = await barsOf(db, filter, Number.MAX_SAFE_INTEGER);
  return bars.reduce((sum, { done, refused, failed }) => sum + done + refused + failed, 0);
}

export interface Bar {
  readonly at: number;
  readonly done: number;
  readonly refused: number;
  readonly failed: number;
}

const vietnamMs = 25_200_000;

/** Entries in each hour or day (UTC+7); empty ones are left out. A block that lies within one of them is counted without being read, where time alone is asked. */
export async function barsOf(db: Queryable, filter: AuditFilter, perMs: number): Promise<Bar[]> {
  const bars = new Map<number, { at: number; done: number; refused: number; failed: number }>();
  const barAt = (at: number) => {
    const begin = Math.floor((at + vietnamMs) / perMs) * perMs - vietnamMs;
    const bar = bars.get(begin) ?? { at: begin, done: 0, refused: 0, failed: 0 };
    bars.set(begin, bar);
    return bar;
  };
  const bucket = (column: string) => `(${column} + ${vietnamMs}) / ${perMs}`;
  const { from = -8_640_000_000_000_000, to = 8_640_000_000_000_000 } = filter;
  const whole = isTimeOnly(filter) ? `from_at >= ${from} and to_at < ${to} and ${bucket('from_at')} = ${bucket('to_at')}` : 'false';
  const { rows } = await db.query<{ at: string; all: string; refused: string; failed: string }>({
    text: `select min(from_at) as at, sum(last_seq - first_seq + 1) as all, sum(refused) as refused, sum(failed) as failed from security.audit_block where ${whole} group by ${bucket('from_at')}`, plan: 'custom',
  });
  for (const { at, all, refused, failed } of rows) {
    const bar = barAt(Number(at));
    bar.done += Number(all) - Number(refused) - Number(failed);
    bar.refused += Number(refused);
    bar.failed += Number(failed);
  }
  await scanEntries(db, filter, ({ at, outcome }) => {
    const bar = barAt(at);
    if (outcome === 0) bar.done++;
    else if (outcome === 4) bar.refused++;
    else bar.failed++;
  }, whole);
  return [...bars.values()].sort((a, b) => a.at - b.at);
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
