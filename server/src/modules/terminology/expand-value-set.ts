import type { Queryable } from '../../platform/database.ts';
import { nestContains, type Contains } from './contains.ts';
import { displayIn, isAskedFor, type Called, type Designation } from './designation.ts';
import { readDetail, type Supplement } from './fhir-detail.ts';
import type { ValueSetContent } from './fhir-value-set.ts';
import type { Scope } from './find-definitions.ts';
import { countMembers, loadMembers, type Member, type Page } from './members/load-members.ts';
import { isInPlaceOrder } from './members/member-sql.ts';
import { planMembers } from './members/plan-members.ts';
import { systemsOf, type Narrowing, type Plan, type Source } from './members/plan.ts';
import { mostCodes, tooCostly } from './refusals.ts';
import { findDetails } from './store-concepts.ts';

export interface ExpansionWanted {
  readonly scope: Scope;
  /** Folded beginnings of words. */
  readonly words: readonly string[];
  readonly activeOnly: boolean;
  readonly offset: number;
  /** Undefined: all, unless they are too many. */
  readonly count: number | undefined;
  readonly nested: boolean;
  readonly language: string | undefined;
  readonly designations: boolean;
  /** Tokens of the designations to give; none: all. */
  readonly asked: readonly string[];
}

export interface Expansion {
  /** Undefined: too many to be counted; there is a further page. */
  readonly total: number | undefined;
  readonly contains: readonly Contains[];
  /** The editions it was made of, as `url|version`. */
  readonly versions: readonly string[];
}

/** Expands a value set (R4 ValueSet/$expand). Refuses more than 10,000 codes at once, and what planMembers refuses. */
export async function expandValueSet(db: Queryable, content: ValueSetContent, wanted: ExpansionWanted): Promise<Expansion> {
  const plan = await planMembers(db, content, wanted.scope);
  const detailed = wanted.designations || wanted.language !== undefined;
  const { members, total } = await loadPage(db, plan, wanted, detailed);
  const sources = systemsOf(plan);
  const added = detailed ? await loadSupplements(db, sources, members) : new Map<string, Supplement[]>();
  const contains = members.map((member) => containsOf(member, sourceOf(sources, member), added, wanted));
  return {
    total,
    contains: wanted.nested ? nestContains(members.map((member, i) => [member, contains[i]!] as const)) : contains,
    versions: sources.flatMap(({ system }) => (system?.version === undefined ? [] : [`${system.url}|${system.version}`])),
  };
}

async function loadPage(db: Queryable, plan: Plan, wanted: ExpansionWanted, detailed: boolean): Promise<{ members: readonly Member[]; total: number | undefined }> {
  const { offset, count } = wanted;
  const narrowing: Narrowing = { words: wanted.words, activeOnly: wanted.activeOnly };
  const limit = Math.min(count ?? mostCodes + 1, mostCodes + 1);
  if (wanted.words.length > 0 && count !== undefined && isInPlaceOrder(plan)) return loadFound(db, plan, narrowing, { offset, limit, detailed });
  const { members, total } = limit === 0 ? { members: [], total: undefined } : await loadMembers(db, plan, narrowing, { offset, limit, detailed });
  if (members.length > mostCodes) throw tooCostly();
  const isLastPage = members.length < limit && (members.length > 0 || offset === 0);
  return { members, total: isLastPage ? offset + members.length : (total ?? (await countMembers(db, plan, narrowing))) };
}

/** A page of what words find: how many they find says which way is the shorter one. */
async function loadFound(db: Queryable, plan: Plan, narrowing: Narrowing, page: Page): Promise<{ members: readonly Member[]; total: number | undefined }> {
  const total = await countMembers(db, plan, narrowing);
  if (page.limit === 0 || (total !== undefined && total <= page.offset)) return { members: [], total };
  const { members } = await loadMembers(db, plan, { ...narrowing, frequent: total === undefined }, page);
  if (members.length > mostCodes) throw tooCostly();
  return { members, total };
}

function sourceOf(sources: readonly Source[], member: Member): Source | undefined {
  return sources.find(({ url, system }) => url === member.url && (member.system === undefined || member.system === system?.system));
}

/** What supplements say of the members, by `url|code`. */
async function loadSupplements(db: Queryable, sources: readonly Source[], members: readonly Member[]): Promise<Map<string, Supplement[]>> {
  const added = new Map<string, Supplement[]>();
  for (const { url, supplements } of sources) {
    const codes = members.filter((member) => member.url === url).map(({ code }) => code);
    for (const found of await findDetails(db, supplements.map(({ system }) => system), codes)) {
      const key = `${url}|${found.code}`;
      added.set(key, [...(added.get(key) ?? []), found]);
    }
  }
  return added;
}

function containsOf(member: Member, source: Source | undefined, added: ReadonlyMap<string, readonly Supplement[]>, wanted: ExpansionWanted): Contains {
  const version = source?.system?.version;
  const called = calledBy(member, source, added.get(`${member.url}|${member.code}`) ?? []);
  const display = displayIn(called, wanted.language);
  const designation = wanted.designations ? called.designations.filter((one) => isAskedFor(one, wanted.asked)) : [];
  return {
    system: member.url, ...(version === undefined ? {} : { version }), ...(member.abstract ? { abstract: true } : {}), ...(member.inactive ? { inactive: true } : {}),
    code: member.code, ...(display === undefined ? {} : { display }), ...(designation.length > 0 ? { designation } : {}),
  };
}

// What the value set itself says comes before what the code system says (R4 ValueSet.compose.include.concept.display).
function calledBy({ shown, extra, display, detail }: Member, source: Source | undefined, supplements: readonly Supplement[]): Called {
  const { designations } = readDetail(detail, supplements);
  const own = extra === undefined ? [] : (JSON.parse(extra) as Designation[]);
  return { display: shown ?? display, language: shown === undefined ? source?.system?.language : undefined, designations: [...own, ...designations] };
}
