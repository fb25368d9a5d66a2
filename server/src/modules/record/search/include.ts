// `_include` and `_revinclude` (R4 search §3.1.1.5.4): what the results point to, and what points to them, in one query a parameter and round.
import { isResourceType, keyOf, ownerOf, parseLossless, parsePath, parseReference, resourceTypes, searchParametersOf, typeCode, typeOfCode, type Issue, type Resource, type SearchParameter } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { byTable, hasOwnTable, tableOf } from '../store/partitions.ts';
import { unpackContent } from '../store/codec.ts';
import { canonicalLinks, canonicalPlaces, tokensOfCanonicals, tokensPointingTo } from './canonicals.ts';
import { isPatientLink, linkPlaces } from './conditions/reference.ts';
import { parameterFor } from './conditions.ts';
import { badSearch } from './refusals.ts';
import type { Include } from './read-query.ts';
import { referencesOf } from './references-of.ts';
import { Parameters, type Sight } from './sql.ts';
import { searchStatement } from './statement.ts';

export interface Found {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** Key of the patient it is about, as text; `0`: of none. */
  readonly patient: string;
  readonly content: Buffer;
}

interface FoundRow {
  type: number;
  id: string;
  version: number;
  patient: string;
  content: Buffer;
}

/** No page grows beyond this by its includes; what is left out is said in a warning. */
const INCLUDED_MAX = 10_000;
const ROUNDS_MAX = 8;

/** Everything the includes ask for, each resource once and none that matched. Iterating includes follow what they brought until nothing is new. */
export async function includedOf(db: Queryable, sight: Sight, includes: readonly Include[], matches: readonly Found[], warnings: Issue[], base?: string): Promise<Found[]> {
  if (includes.length === 0) return [];
  const seen = new Set(matches.map(nameOf));
  const included: Found[] = [];
  let fresh = matches;
  for (let round = 0; fresh.length > 0 && round < ROUNDS_MAX; round++) {
    const asked = round === 0 ? includes : includes.filter((i) => i.iterate);
    if (asked.length === 0) break;
    const rounds = await Promise.all(asked.map((include) => follow(db, sight, include, fresh, base)));
    fresh = [];
    for (const found of rounds.flat()) {
      if (seen.has(nameOf(found)) || included.length >= INCLUDED_MAX) continue;
      seen.add(nameOf(found));
      included.push(found);
      (fresh as Found[]).push(found);
    }
  }
  if (fresh.length > 0 && includes.some((i) => i.iterate)) warnings.push({ severity: 'warning', code: 'too-costly', diagnostics: `Includes were followed ${ROUNDS_MAX} times; what lies further is not given.` });
  if (included.length >= INCLUDED_MAX) warnings.push({ severity: 'warning', code: 'too-costly', diagnostics: `Only the first ${INCLUDED_MAX} included resources are given.` });
  return included;
}

const columns = 'select x.type, x.id, x.version, x.patient, x.content';

/** The condition that a row `x` of the type may be seen, before others. */
function seen(parameters: Parameters, type: string): string {
  const condition = parameters.sight.reads(type, 'x', parameters);
  return condition === 'true' ? '' : `${condition} and`;
}

const nameOf = (found: Found): string => `${found.type}/${found.id}`;

async function follow(db: Queryable, sight: Sight, include: Include, from: readonly Found[], base: string | undefined): Promise<Found[]> {
  if (include.type === '*') return pointingFromAnywhere(db, sight, from);
  if (!isResourceType(include.type)) throw badSearch('bad-control', `_include: "${include.type}" is no resource type.`, `_include: "${include.type}" không phải loại tài nguyên.`);
  const links = include.parameter === '*' ? linksOf(sight, include.type) : [parameterFor(sight, include.type, include.parameter)].filter((p) => p.type === 'reference');
  if (links.length === 0 && include.parameter !== '*') throw badSearch('bad-control', `_include: "${include.parameter}" is no reference parameter.`, `_include: "${include.parameter}" không phải tham số tham chiếu.`);
  const found = await Promise.all(links.map((link) => (include.reverse ? pointingTo(db, sight, include, link, from) : pointedTo(db, sight, include, link, from, base))));
  return found.flat();
}

/** All reference parameters of a type by which the actor may ask. */
function linksOf(sight: Sight, type: string): SearchParameter[] {
  return [...searchParametersOf(type).values()].filter((link) => link.type === 'reference' && !sight.hides(type, link.code));
}

/** The types that a link may reach: the one asked for, else those of the definition. */
function targetTypes(link: SearchParameter, target: string | undefined): readonly string[] {
  const asked = link.paths.map((p) => parsePath(p).target).find((t) => t !== undefined);
  if (target !== undefined) return asked === undefined || asked === target ? [target] : [];
  if (asked !== undefined) return [asked];
  return link.targets.filter(isResourceType);
}

/** Tells whether a link may reach any type, and none is asked for. */
function reachesAnything(link: SearchParameter, target: string | undefined): boolean {
  return target === undefined && link.targets[0] === '*' && link.paths.every((path) => parsePath(path).target === undefined);
}

async function pointedTo(db: Queryable, sight: Sight, include: Include, link: SearchParameter, from: readonly Found[], base: string | undefined): Promise<Found[]> {
  if (reachesAnything(link, include.target)) return pointedToAnywhere(db, sight, include.type, link, from, base);
  const keys = from.filter((f) => f.type === include.type).map((f) => keyOf(f.id));
  if (keys.length === 0) return [];
  const p = new Parameters(sight);
  const source = `${tableOf(include.type)} s`;
  const here = `s.type = ${typeCode(include.type)} and s.key = any(${p.bigints(keys)})`;
  const owner = ownerOf(include.type, link);
  const parts = targetTypes(link, include.target).flatMap((target) => {
    const rows = (among: string): string => `${columns} from ${tableOf(target)} x where ${seen(p, target)} x.type = ${typeCode(target)} and ${among}`;
    if (target === 'Patient' && isPatientLink(include.type, link)) return [`${rows('x.key in')} (select s.patient from ${source} where ${here})`];
    const tokens = (place: bigint): string => `select t # ${p.bigint(place)} from ${source}, unnest(s.tokens) t where ${here}`;
    return [
      ...linkPlaces(owner, link, target).map((place) => `${rows('x.key in')} (${tokens(place)})`),
      ...canonicalLinks(include.type, link, target).map((place) => `${rows('x.tokens &&')} array(${tokens(place)})`),
    ];
  });
  return parts.length === 0 ? [] : rowsOf(db, parts.join(' union all '), p);
}

/** The index holds references as hashes bound to a type: where it may be any, the references are read from the resources. */
async function pointedToAnywhere(db: Queryable, sight: Sight, type: string, link: SearchParameter, from: readonly Found[], base: string | undefined): Promise<Found[]> {
  const keys = new Map<string, Set<bigint>>();
  const urls = new Set<string>();
  for (const found of from) {
    if (found.type !== type) continue;
    const resource = parseLossless(unpackContent(found).toString()) as Resource;
    for (const text of referencesOf(resource, link)) {
      urls.add(text);
      const reference = parseReference(base !== undefined && text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text);
      if (reference === undefined || reference.base !== undefined || !isResourceType(reference.type)) continue;
      keys.set(reference.type, (keys.get(reference.type) ?? new Set()).add(keyOf(reference.id)));
    }
  }
  const p = new Parameters(sight);
  const named = canonicalPlaces(type, link).length === 0 ? [] : tokensOfCanonicals(urls);
  const parts = [...keys].map(([target, of]) => `${columns} from ${tableOf(target)} x where ${seen(p, target)} x.type = ${typeCode(target)} and x.key = any(${p.bigints([...of])})`);
  // whatever has a canonical URL shares one table
  if (named.length > 0) parts.push(`${columns} from ${tableOf('ValueSet')} x where ${seen(p, 'Resource')} x.tokens && ${p.bigints(named)}`);
  return parts.length === 0 ? [] : rowsOf(db, parts.join(' union all '), p);
}

async function pointingTo(db: Queryable, sight: Sight, include: Include, link: SearchParameter, from: readonly Found[]): Promise<Found[]> {
  const p = new Parameters(sight);
  const owner = ownerOf(include.type, link);
  const types = include.target === undefined ? [...new Set(from.map((f) => f.type))] : [include.target];
  const parts = types.flatMap((target) => {
    const keys = from.filter((f) => f.type === target).map((f) => keyOf(f.id));
    if (keys.length === 0) return [];
    const rows = `${columns} from ${tableOf(include.type)} x where ${seen(p, include.type)} ${hasOwnTable(include.type) ? '' : `x.type = ${typeCode(include.type)} and `}`;
    if (target === 'Patient' && isPatientLink(include.type, link)) return [`${rows} x.patient = any(${p.bigints(keys)}) and x.patient <> 0`];
    const tokens = [...linkPlaces(owner, link, target).flatMap((place) => keys.map((key) => key ^ place)), ...from.filter((f) => f.type === target).flatMap((f) => tokensPointingTo(f, include.type, link))];
    return [`${rows} x.tokens && ${p.bigints(tokens)}`];
  });
  return parts.length === 0 ? [] : rowsOf(db, `select * from (${parts.join(' union all ')}) x limit ${INCLUDED_MAX + 1}`, p);
}

/** `_revinclude=*`: one look-up a table for all reference parameters of the types in it. */
async function pointingFromAnywhere(db: Queryable, sight: Sight, from: readonly Found[]): Promise<Found[]> {
  const found = await Promise.all([...byTable(resourceTypes, (type) => type)].map(([table, types]) => {
    const p = new Parameters(sight);
    const tokens = types.flatMap((type) => linksOf(sight, type).flatMap((link) => {
      const owner = ownerOf(type, link);
      return from.flatMap((f) => [...linkPlaces(owner, link, f.type).map((place) => keyOf(f.id) ^ place), ...tokensPointingTo(f, type, link)]);
    }));
    return rowsOf(db, `${columns} from ${table} x where ${seen(p, 'Resource')} x.tokens && ${p.bigints([...new Set(tokens)])} limit ${INCLUDED_MAX + 1}`, p);
  }));
  return found.flat();
}

async function rowsOf(db: Queryable, text: string, p: Parameters): Promise<Found[]> {
  const { rows } = await db.query<FoundRow>(searchStatement(text, p.values, true));
  return rows.map((row) => ({ type: typeOfCode(row.type), id: row.id, version: row.version, patient: row.patient, content: row.content }));
}
