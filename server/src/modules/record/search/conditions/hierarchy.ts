// `:below` and `:above` of references (R4 search §3.1.1.4.12): through the parts of a place, an organization or any type that has a whole of its own
// kind; for canonical references along the version.
import { keyOf, leafTypesOf, ownerOf, placeOf, searchParametersOf, splitCanonical, typeCode, uriTerm, type SearchParameter } from '@sen/fhir';
import { tableOf } from '../../store/partitions.ts';
import { badModifier, badValue } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { allAsked, anyOf } from '../sql.ts';
import { isPatientLink, linkPlaces, readTarget, targetsOf } from './reference.ts';
import { hasAnyToken } from './many-tokens.ts';
import { hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';
import { tokensSpelt } from './spelling.ts';

type Direction = 'above' | 'below';

export function hierarchyCondition(scope: Scope, filter: ParameterFilter, direction: Direction): string {
  return anyOf(filter.values.map((value) => oneCondition(scope, filter, direction, unescape(value))));
}

function oneCondition(scope: Scope, filter: ParameterFilter, direction: Direction, value: string): string {
  const { name, parameter } = filter;
  const { ids, uri } = readTarget(scope, filter, value, targetsOf(scope.type, parameter).filter((type) => wholeOf(type) !== undefined));
  if (uri !== undefined) return versionCondition(scope, filter, direction, uri);
  const ranked = ids.flatMap(({ type, id }) => {
    const whole = wholeOf(type);
    return whole === undefined ? [] : [kinCondition(scope, filter, direction, type, id, whole)];
  });
  if (ranked.length === 0) throw badModifier(name, direction);
  return anyOf(ranked);
}

const wholes = new Set(['partof', 'part-of', 'parent']);

/** The parameter by which resources of a type say of what they are a part, when that is of the same type. */
function wholeOf(type: string): SearchParameter | undefined {
  return [...searchParametersOf(type).values()].find(({ code, evaluate, targets, type: kind }) => kind === 'reference' && evaluate === undefined && wholes.has(code) && targets.includes(type));
}

function kinCondition(scope: Scope, { owner, parameter }: ParameterFilter, direction: Direction, type: string, id: string, whole: SearchParameter): string {
  const p = scope.parameters;
  const kin = `kin${scope.depth}`;
  const steps = linkPlaces(ownerOf(type, whole), whole, type).map((place) => stepOf(scope, direction, type, kin, p.bigint(place)));
  // `union`, not `union all`: a circle of parts comes to an end
  const recursion = `with recursive ${kin}(key) as (select ${p.bigint(keyOf(id))} union (${steps.join(' union all ')}))`;
  if (type === 'Patient' && isPatientLink(scope.type, parameter)) return `${scope.alias}.patient in (${recursion} select key from ${kin})`;
  return anyOf(linkPlaces(owner, parameter, type).map((place) => `${scope.alias}.tokens && array(${recursion} select key # ${p.bigint(place)} from ${kin})`));
}

function stepOf({ parameters }: Scope, direction: Direction, type: string, kin: string, place: string): string {
  const table = tableOf(type);
  const mine = (alias: string): string => allAsked([`${alias}.type = ${typeCode(type)}`, parameters.sight.sees(type, alias, parameters)]);
  if (direction === 'below') return `select part.key from ${kin} join ${table} part on part.tokens @> array[${kin}.key # ${place}] and ${mine('part')}`;
  // every token is tried; only those that say "part of" give the key of a resource that exists
  return `select whole.key from ${kin} join ${table} part on part.key = ${kin}.key and ${mine('part')}, unnest(part.tokens) t, ${table} whole where whole.key = t # ${place} and ${mine('whole')}`;
}

/** `url|1:below` means 1, 1.0, 1.2.3 …; `:above` the versions that the one written begins with. Without a version: whatever the version. */
function versionCondition(scope: Scope, { name, owner, parameter }: ParameterFilter, direction: Direction, canonical: string): string {
  const paths = parameter.paths.filter((path) => leafTypesOf(scope.type, path).includes('canonical'));
  if (paths.length === 0) throw badModifier(name, direction);
  const [url, version] = splitCanonical(canonical);
  const places = paths.map((path) => placeOf(owner, path, 'reference'));
  if (version === '') return hasTokenHere(scope, places.map((place) => uriTerm(url) ^ place));
  if (!/^[\w.+-]+$/.test(version)) throw badValue(`${name}:${direction}`, 'url|version with a version such as 1.2');
  if (direction === 'above') return hasTokenHere(scope, places.flatMap((place) => versionsAbove(version).map((above) => uriTerm(`${url}|${above}`) ^ place)));
  const own = places.map((place) => uriTerm(canonical) ^ place);
  return hasAnyToken(scope, [...own, ...tokensSpelt(scope, places.flatMap((place) => ['.', '-'].map((mark) => ({ place, text: canonical + mark }))))]);
}

/** `1.2.3` is above itself as `1.2` and `1` are. */
function versionsAbove(version: string): string[] {
  const parts = version.split('.');
  return parts.map((_part, i) => parts.slice(0, i + 1).join('.'));
}
