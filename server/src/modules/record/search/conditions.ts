// Filters of a search as SQL conditions on the row of a resource.
import { isResourceType, keyOf, ownerOf, patientCodeTerm, searchParametersOf, typeCode, type SearchParameter } from '@sen/fhir';
import { tableOf, hasOwnTable } from '../store/partitions.ts';
import { canonicalLinks } from './canonicals.ts';
import { compositeCondition } from './conditions/composite.ts';
import { nearCondition } from './conditions/near.ts';
import { hierarchyCondition } from './conditions/hierarchy.ts';
import { pointsToAny, selectedKeys } from './conditions/linked.ts';
import { missingCondition } from './conditions/missing.ts';
import { numberCondition, quantityCondition } from './conditions/number.ts';
import { dateCondition } from './conditions/range.ts';
import { isPatientLink, linkPlaces, referenceCondition, targetsOf } from './conditions/reference.ts';
import { hasTokenHere, type ParameterFilter, type Scope } from './conditions/scope.ts';
import { stringCondition } from './conditions/string.ts';
import { tokenCondition } from './conditions/token.ts';
import { uriCondition } from './conditions/uri.ts';
import { patientCodePair, type PatientCode } from './patient-code.ts';
import { badModifier, badSearch } from './refusals.ts';
import type { Filter } from './read-query.ts';
import { allAsked, allOf, anyOf, type Parameters, type Sight } from './sql.ts';

const DEPTH_MAX = 8;

/** All filters of a type as one condition on the alias of its row. */
export function whereOf(scope: Scope, filters: readonly Filter[]): string {
  return allOf(withType(scope, conditionsOf(scope, filters)));
}

function conditionsOf(scope: Scope, filters: readonly Filter[]): string[] {
  for (const { name } of filters) if (!name.startsWith('_has:')) scope.parameters.sight.checkParameter(scope.type, name.split(/[.:]/)[0] as string);
  const pair = patientCodePair(scope, filters);
  const rest = pair === undefined ? filters : filters.filter((filter) => filter !== pair.code && filter !== pair.link);
  // references and codes first: what they say of few rows spares others a look-up
  const conditions = [...rest].sort((a, b) => rank(scope, a) - rank(scope, b)).map((filter) => filterCondition(scope, filter)).filter((c) => c !== 'true');
  if (pair !== undefined) conditions.push(...pairConditions(scope, pair));
  if (scope.required.length > 0) conditions.unshift(`${scope.alias}.tokens @> ${scope.parameters.bigints([...new Set(scope.required)])}`);
  return conditions;
}

function rank({ type }: Scope, { name }: Filter): number {
  const kind = searchParametersOf(type).get(name)?.type;
  return kind === 'reference' || kind === 'token' ? 0 : 1;
}

/**
 * The patients of a chain, while they are few, each together with the code as one token. One patient is asked for as such: PostgreSQL then
 * begins with the newest of a chart that may hold 10,000 heart rates, or with the code.
 */
function pairConditions(scope: Scope, { code, link, term }: PatientCode): string[] {
  const patients = fewPatients(scope, link);
  if (patients === undefined) return [code, link].map((filter) => filterCondition(scope, filter)).filter((c) => c !== 'true');
  const [one] = patients;
  if (patients.length === 1 && one !== undefined) {
    return [filterCondition(scope, code), `${scope.alias}.patient = ${scope.parameters.bigint(one)} and ${scope.alias}.patient <> 0`].filter((c) => c !== 'true');
  }
  if (scope.depth === 0) scope.hints.selective = 'token';
  return [hasTokenHere(scope, patients.map((key) => patientCodeTerm(key, term)))];
}

/** Up to this many patients of a chain are looked up first; more are better joined: one plan can then begin at either end. */
const FEW_PATIENTS = 100;
/** Rows of texts name a patient several times (`an`, `an nguyen`); when so many were read, others may be left. */
const ROWS_MAX = 4 * FEW_PATIENTS;

/** The patients that a chain leads to; undefined when they are not few. */
function fewPatients(scope: Scope, link: Filter): bigint[] | undefined {
  const rest = link.name.slice(link.name.indexOf('.') + 1);
  const keys = selectedKeys(scope, ROWS_MAX, (parameters) => keysOf(innerScope({ ...scope, parameters }, 'Patient'), readRest(rest, link)));
  return keys === 'many' || keys.length > FEW_PATIENTS ? undefined : keys;
}

/** The type is a condition where the table holds others, and where rows are looked up by key: the primary key begins with it. */
function withType(scope: Scope, conditions: string[]): string[] {
  if (scope.type === 'Resource') return conditions;
  const needed = !hasOwnTable(scope.type) || conditions.some((c) => c.includes(`${scope.alias}.key `));
  return needed ? [`${scope.alias}.type = ${typeCode(scope.type)}`, ...conditions] : conditions;
}

/** One filter, a chain or `_has` too, as a condition on the alias of the scope. */
function filterCondition(scope: Scope, filter: Filter): string {
  if (filter.name.startsWith('_has:')) return hasCondition(scope, filter);
  const dot = filter.name.indexOf('.');
  if (dot >= 0) return chainCondition(scope, filter, filter.name.slice(0, dot), filter.name.slice(dot + 1));
  return plainCondition(scope, parameterOf(scope.type, filter.name), filter);
}

/** The condition that whoever searches sees a row of the scope's type. Every table that a search reads beside its own passes it, or would tell what is in it. */
export function seenHere({ alias, hints, parameters, type }: Scope): string {
  return parameters.sight.sees(type, alias, parameters, hints.selective !== undefined);
}

/** The parameter of a type by name, for whoever may ask by it; refuses one that the type does not have. */
export function parameterFor(sight: Sight, type: string, name: string): SearchParameter {
  sight.checkParameter(type, name);
  return parameterOf(type, name);
}

function parameterOf(type: string, name: string): SearchParameter {
  const parameter = searchParametersOf(type).get(name);
  if (parameter === undefined) {
    throw badSearch('unknown-parameter', `${type} has no search parameter "${name}".`, `${type} không có tham số tìm kiếm "${name}".`);
  }
  return parameter;
}

function plainCondition(scope: Scope, parameter: SearchParameter, { name, modifier, values }: Filter): string {
  const filter: ParameterFilter = { parameter, owner: ownerOf(scope.type, parameter), name, modifier, values };
  if (modifier === 'missing') return missingCondition(scope, filter);
  if (parameter.code === '_id') return idCondition(scope, filter);
  switch (parameter.type) {
    case 'token':
      return tokenCondition(scope, filter);
    case 'string':
      return stringCondition(scope, filter);
    case 'uri':
      return uriCondition(scope, filter);
    case 'reference':
      return modifier === 'above' || modifier === 'below' ? hierarchyCondition(scope, filter, modifier) : referenceCondition(scope, filter);
    case 'date':
      return dateCondition(scope, filter);
    case 'number':
      return numberCondition(scope, filter);
    case 'quantity':
      return quantityCondition(scope, filter);
    case 'composite':
      return compositeCondition(scope, filter);
    case 'special':
      return nearCondition(scope, filter);
  }
}

function idCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  scope.hints.selective ??= 'key';
  const keys = scope.parameters.bigints(filter.values.map(keyOf));
  return `(${scope.alias}.key = any(${keys}) and ${scope.alias}.id = any(${scope.parameters.add(filter.values)}::text[]))`;
}

/** `subject:Patient.name=…`: the referenced resource meets the rest (R4 search §3.1.1.4.14). */
function chainCondition(scope: Scope, filter: Filter, link: string, rest: string): string {
  const [name, type] = link.split(':') as [string, string | undefined];
  const parameter = parameterOf(scope.type, name);
  if (parameter.type !== 'reference' || (type !== undefined && !isResourceType(type))) throw badModifier(filter.name, type ?? rest);
  const targets = type === undefined ? chainTargets(scope.type, parameter, rest) : [type];
  if (targets.length === 0) throw badSearch('unknown-parameter', `No target of "${name}" has search parameter "${rest}".`, `Không đích nào của "${name}" có tham số "${rest}".`);
  return anyOf(targets.map((target) => chainTo(scope, parameter, target, readRest(rest, filter))));
}

function readRest(rest: string, filter: Filter): Filter {
  if (rest.startsWith('_has:') || rest.includes('.')) return { name: rest, modifier: undefined, values: filter.values };
  const [name, modifier] = rest.split(':') as [string, string | undefined];
  return { name, modifier, values: filter.values };
}

function chainTargets(type: string, parameter: SearchParameter, rest: string): string[] {
  const targets = targetsOf(type, parameter);
  if (targets[0] === '*') throw badSearch('bad-modifier', `"${parameter.code}" may point to any type: name one, as in ${parameter.code}:Patient.${rest}.`, `"${parameter.code}" có thể trỏ đến mọi loại: hãy nêu rõ, ví dụ ${parameter.code}:Patient.${rest}.`);
  const name = (rest.startsWith('_has') ? '_id' : rest.split(/[.:]/)[0]) as string;
  return targets.filter((t) => searchParametersOf(t).has(name));
}

function chainTo(scope: Scope, parameter: SearchParameter, target: string, filter: Filter): string {
  const links = canonicalLinks(scope.type, parameter, target);
  if (links.length > 0) return anyOf([...chainByKey(scope, parameter, target, filter), ...links.map((link) => chainByUrl(scope, link, target, filter))]);
  return anyOf(chainByKey(scope, parameter, target, filter));
}

/** By the `url` of the target: the tokens that canonical references to it have. */
function chainByUrl(scope: Scope, link: bigint, target: string, filter: Filter): string {
  const inner = innerScope(scope, target);
  const where = allAsked([whereOf(inner, [filter]), seenHere(inner)]);
  return `${scope.alias}.tokens && array(select t # ${scope.parameters.bigint(link)} from ${tableOf(target)} ${inner.alias}, unnest(${inner.alias}.tokens) t where ${where})`;
}

function chainByKey(scope: Scope, parameter: SearchParameter, target: string, filter: Filter): string[] {
  const keysIn = (parameters: Parameters): string => keysOf(innerScope({ ...scope, parameters }, target), filter);
  // `<> 0` is what the index on patient holds
  if (target === 'Patient' && isPatientLink(scope.type, parameter)) return [`(${scope.alias}.patient in (select ${keysIn(scope.parameters)}) and ${scope.alias}.patient <> 0)`];
  return [pointsToAny(scope, linkPlaces(ownerOf(scope.type, parameter), parameter, target), keysIn)];
}

/** The keys of the resources that meet a filter, as `key from …`. Rows of texts and ranges hold the keys themselves and need no join. */
function keysOf(inner: Scope, filter: Filter): string {
  const conditions = conditionsOf(inner, [filter]);
  const seen = seenHere(inner);
  if (seen !== 'true') conditions.push(seen);
  const side = `${inner.alias}.key in (select key from record.`;
  if (conditions.length === 1 && conditions[0]?.startsWith(side)) return conditions[0].slice(`${inner.alias}.key in (select `.length, -1);
  return `${inner.alias}.key from ${tableOf(inner.type)} ${inner.alias} where ${allOf(withType(inner, conditions))}`;
}

/** `_has:Observation:patient:code=…`: some resource that points here meets the rest (R4 search §3.1.1.4.15). */
function hasCondition(scope: Scope, filter: Filter): string {
  const [, source, link, ...restParts] = filter.name.split(':');
  const rest = restParts.join(':');
  if (source === undefined || link === undefined || rest === '' || !isResourceType(source)) {
    throw badSearch('bad-modifier', '"_has" is written _has:Type:reference:parameter=value.', '"_has" viết là _has:Type:reference:parameter=value.');
  }
  const parameter = parameterFor(scope.parameters.sight, source, link);
  if (parameter.type !== 'reference') throw badModifier(filter.name, link);
  const inner = innerScope(scope, source);
  const where = allAsked([whereOf(inner, [readRest(rest, filter)]), seenHere(inner)]);
  const from = `from ${tableOf(source)} ${inner.alias}`;
  if (scope.type === 'Patient' && isPatientLink(source, parameter)) return `${scope.alias}.key in (select ${inner.alias}.patient ${from} where ${where})`;
  const places = linkPlaces(ownerOf(source, parameter), parameter, scope.type);
  // every token is tried; only those of this parameter give the key of a resource that exists, or the token of its url
  const each = (place: bigint): string => `select t # ${scope.parameters.bigint(place)} ${from}, unnest(${inner.alias}.tokens) t where ${where}`;
  return anyOf([
    ...places.map((place) => `${scope.alias}.key in (${each(place)})`),
    ...canonicalLinks(source, parameter, scope.type).map((link) => `${scope.alias}.tokens && array(${each(link)})`),
  ]);
}

function innerScope(scope: Scope, type: string): Scope {
  if (scope.depth >= DEPTH_MAX) throw badSearch('bad-value', `Chains deeper than ${DEPTH_MAX} are refused.`, `Không nhận chuỗi sâu hơn ${DEPTH_MAX}.`);
  return { ...scope, type, alias: `${scope.alias}${scope.depth + 1}`, depth: scope.depth + 1, required: [], hints: {} };
}
