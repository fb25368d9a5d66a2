// The members of a value set as SQL: rows of ord, url, system, place, code, shown (display that the value set gives), extra (designations that it gives).
import { hasWords, wordsQuery } from '../fhir-words.ts';
import type { ListedConcept } from '../fhir-value-set.ts';
import type { Bind, Branch, Narrowing, Plan, Source } from './plan.ts';

/** Collects the values of a statement. */
export function binder(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

const nothing = 'select 0::bigint as ord, null::text as url, null::int as system, null::int as place, null::text as code, null::text as shown, null::text as extra where false';

/** All members of a plan that are asked for, each once. */
export function membersSql(plan: Plan, narrowing: Narrowing, bind: Bind): string {
  const days = { day: plan.day, activeOnly: narrowing.activeOnly || plan.noInactive };
  const branches = plan.branches.flatMap((branch, n) => branchSql(branch, n, { ...narrowing, ...days }, bind));
  if (branches.length === 0) return nothing;
  const [first] = branches;
  const all = branches.length === 1 ? first! : `select distinct on (url, code) * from (${branches.join(' union all ')}) u order by url, code, ord`;
  const excluded = plan.excluded.flatMap((branch, n) => branchSql(branch, n, { ...codeOnly(narrowing), day: undefined }, bind));
  if (excluded.length === 0) return all;
  return `select * from (${all}) m where not exists (select from (${excluded.join(' union all ')}) x where x.url = m.url and x.code = m.code)`;
}

/** Tells whether the members come in the order of their places, so that a page of them can be read from the index. */
export function isInPlaceOrder({ branches }: Plan): boolean {
  const [only] = branches;
  return branches.length === 1 && only?.source !== undefined && only.source.concepts === undefined;
}

interface Asked extends Narrowing {
  readonly day: string | undefined;
}

function codeOnly({ code }: Narrowing): Narrowing {
  return { words: [], activeOnly: false, ...(code === undefined ? {} : { code }) };
}

function branchSql({ source, within }: Branch, n: number, asked: Asked, bind: Bind): string[] {
  if (source !== undefined && asked.code?.system !== undefined && asked.code.system !== source.url) return [];
  const [first, ...others] = source === undefined ? within : [undefined, ...within];
  const base = source === undefined ? withOrder(membersSql(first!, asked, bind), n) : sourceSql(source, n, asked, bind);
  if (others.length === 0) return [base];
  const tests = others.map((plan) => `exists (select from (${membersSql(plan!, codeOnly(asked), bind)}) v where v.url = m.url and v.code = m.code)`);
  return [`select * from (${base}) m where ${tests.join(' and ')}`];
}

// Members of one include before those of the next: the include's number in the upper half.
function withOrder(members: string, n: number): string {
  return n === 0 ? `(${members})` : `select ${orderOf(n)} + ord as ord, url, system, place, code, shown, extra from (${members}) o`;
}

function orderOf(n: number): string {
  return `${BigInt(n) << 32n}::bigint`;
}

function sourceSql(source: Source, n: number, asked: Asked, bind: Bind): string {
  if (source.concepts !== undefined) return listSql(source, source.concepts, n, asked, bind);
  const { url, system } = source;
  const conditions = [`c.system = ${system!.system}`, ...conditionsOf(source, asked, bind), ...wordConditions(source, asked, bind)];
  if (asked.code !== undefined) conditions.push(`c.key = ${bind(keyOf(source, asked.code.code))}`);
  return `(select ${orderOf(n)} + c.place as ord, ${bind(url)}::text as url, c.system, c.place, c.code, null::text as shown, null::text as extra
    from terminology.concept c where ${conditions.join(' and ')})`;
}

function listSql(source: Source, concepts: readonly ListedConcept[], n: number, asked: Asked, bind: Bind): string {
  const { url, system } = source;
  const wanted = asked.code === undefined ? concepts : concepts.filter(({ code }) => keyOf(source, code) === keyOf(source, asked.code!.code));
  const listed = `unnest(${bind(wanted.map(({ code }) => code))}::text[], ${bind(wanted.map(({ code }) => keyOf(source, code)))}::text[], ${bind(wanted.map(({ display }) => display ?? null))}::text[],
    ${bind(wanted.map(({ designation }) => (designation === undefined ? null : JSON.stringify(designation))))}::text[], ${bind(wanted.map((one) => hasListedWords(one, asked.words)))}::boolean[])
    with ordinality as l(code, key, display, designation, hit, n)`;
  if (system === undefined) {
    return `(select ${orderOf(n)} + l.n as ord, ${bind(url)}::text as url, null::int as system, null::int as place, l.code, l.display as shown, l.designation as extra from ${listed} where l.hit)`;
  }
  // A code that a complete code system does not have is no member (R4 §4.9.5); of a part of one nobody can tell.
  const join = system.content === 'complete' ? 'join' : 'left join';
  const own = conditionsOf(source, asked, bind).map((condition) => `(c.place is null or ${condition})`);
  const words = wordConditions(source, asked, bind).map((condition) => `(l.hit or ${condition})`);
  return `(select ${orderOf(n)} + l.n as ord, ${bind(url)}::text as url, c.system, c.place, coalesce(c.code, l.code) as code, l.display as shown, l.designation as extra
    from ${listed} ${join} terminology.concept c on c.system = ${system.system} and c.key = l.key where ${['true', ...own, ...words].join(' and ')})`;
}

function conditionsOf({ conditions, system }: Source, { day, activeOnly }: Asked, bind: Bind): string[] {
  return [
    ...conditions.map((condition) => condition(bind)),
    ...(activeOnly ? ['not c.inactive'] : []),
    ...(day === undefined || system?.hasDays === false ? [] : [`c.valid @> ${bind(day)}::date`]),
  ];
}

function wordConditions({ system, supplements }: Source, { words, frequent }: Asked, bind: Bind): string[] {
  if (words.length === 0 || system === undefined) return [];
  const own = `c.words @@ ${bind(wordsQuery(system.system, words))}::tsquery`;
  // `is true` hides the condition from the index
  if (supplements.length === 0) return [frequent === true ? `(${own}) is true` : own];
  const key = system.caseSensitive ? 'x.code' : 'lower(x.code)';
  const hits = [
    `select c.place from terminology.concept c where c.system = ${system.system} and ${own}`,
    ...supplements.map((one) => `select b.place from terminology.concept x join terminology.concept b on b.system = ${system.system} and b.key = ${key}
       where x.system = ${one.system} and x.words @@ ${bind(wordsQuery(one.system, words))}::tsquery`),
  ];
  return [`c.place in (${hits.join(' union all ')})`];
}

function hasListedWords({ code, display, designation }: ListedConcept, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const others = (designation ?? []).map((one) => (one as { value?: string }).value ?? '');
  return hasWords([code, display ?? '', ...others].join(' '), words);
}

function keyOf({ system }: Source, code: string): string {
  return system?.caseSensitive === false ? code.toLowerCase() : code;
}
