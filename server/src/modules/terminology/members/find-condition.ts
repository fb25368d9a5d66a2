import type { Queryable } from '../../../platform/database.ts';
import type { Filter } from '../fhir-value-set.ts';
import { badRegex, unknownCode, unsupportedFilter } from '../refusals.ts';
import type { CodeSystem } from '../store-code-systems.ts';
import { findConcept, findPlacesAbove, findSpans } from '../store-concepts.ts';
import type { Bind, Condition } from './plan.ts';

/** The condition that a filter of a value set means (R4 valueset-filter-operator.html). Refuses (422) one that the code system does not have, and an unknown code in it (404). */
export async function findCondition(db: Queryable, system: CodeSystem, { property, op, value }: Filter): Promise<Condition> {
  if (property === 'concept' || property === 'code') return codeCondition(db, system, op, value);
  if (property === 'display') return textCondition('c.display', 'display', op, value);
  if (property === 'parent' || property === 'child') return kinCondition(db, system, property, op, value);
  if (property === 'inactive') return flagCondition('c.inactive', property, op, value);
  if (property === 'notSelectable' || property === 'abstract') return flagCondition('c.abstract', property, op, value);
  if (!system.declared.includes(property)) throw unsupportedFilter(property, op);
  return propertyCondition(property, op, value);
}

async function codeCondition(db: Queryable, system: CodeSystem, op: string, value: string): Promise<Condition> {
  const keys = (codes: readonly string[]) => (system.caseSensitive ? codes : codes.map((code) => code.toLowerCase()));
  if (op === '=') return (bind) => `c.key = ${bind(keys([value])[0])}`;
  if (op === 'in') return (bind) => `c.key = any(${bind(keys(listed(value)))}::text[])`;
  if (op === 'not-in') return (bind) => `c.key <> all(${bind(keys(listed(value)))}::text[])`;
  if (op === 'regex') return regexCondition('c.code', value);
  if (op === 'exists') return () => String(value === 'true');
  return hierarchyCondition(db, system, op, value);
}

async function hierarchyCondition(db: Queryable, system: CodeSystem, op: string, code: string): Promise<Condition> {
  if (!['is-a', 'descendent-of', 'is-not-a', 'generalizes'].includes(op)) throw unsupportedFilter('concept', op);
  const { place } = await placeOf(db, system, code);
  if (op === 'generalizes') {
    const places = await findPlacesAbove(db, system.system, place);
    return (bind) => `c.place = any(${bind(places)}::int[])`;
  }
  const below = withinSpans(await findSpans(db, system.system, place));
  if (op === 'is-a') return below;
  return op === 'is-not-a' ? (bind) => `not ${below(bind)}` : (bind) => `(${below(bind)} and c.place <> ${place})`;
}

function withinSpans(spans: readonly { first: number; last: number }[]): Condition {
  const [only] = spans;
  // As plain numbers, so that the planner reads the range from the key; nearly every concept has one.
  if (spans.length === 1 && only !== undefined) return () => `(c.place between ${only.first} and ${only.last})`;
  return (bind) =>
    `exists (select from unnest(${bind(spans.map(({ first }) => first))}::int[], ${bind(spans.map(({ last }) => last))}::int[]) as s(first, last) where c.place between s.first and s.last)`;
}

async function kinCondition(db: Queryable, system: CodeSystem, side: 'parent' | 'child', op: string, value: string): Promise<Condition> {
  const [own, other] = side === 'parent' ? ['child', 'parent'] : ['parent', 'child'];
  const plain = side === 'parent'
    ? { any: 'c.parent is not null', one: (place: number) => `c.parent = ${place}` }
    : { any: 'exists (select from terminology.concept k where k.system = c.system and k.parent = c.place)', one: (place: number) => `exists (select from terminology.concept k where k.system = c.system and k.place = ${place} and k.parent = c.place)` };
  if (op === 'exists') return () => (value === 'true' ? plain.any : `not (${plain.any})`);
  if (op !== '=' && op !== 'in' && op !== 'not-in') throw unsupportedFilter(side, op);
  const conditions: string[] = [];
  for (const code of op === '=' ? [value] : listed(value)) {
    const { place } = await placeOf(db, system, code);
    conditions.push(plain.one(place), `exists (select from terminology.further_parent f where f.system = c.system and f.${own} = c.place and f.${other} = ${place})`);
  }
  return () => `${op === 'not-in' ? 'not ' : ''}(${conditions.join(' or ')})`;
}

function flagCondition(column: string, property: string, op: string, value: string): Condition {
  if (op === '=') return () => (value === 'true' ? column : `not ${column}`);
  if (op === 'exists') return () => (value === 'true' ? 'true' : 'false');
  throw unsupportedFilter(property, op);
}

function textCondition(column: string, property: string, op: string, value: string): Condition {
  if (op === '=') return (bind) => `${column} = ${bind(value)}`;
  if (op === 'in') return (bind) => `${column} = any(${bind(listed(value))}::text[])`;
  if (op === 'not-in') return (bind) => `${column} <> all(${bind(listed(value))}::text[])`;
  if (op === 'regex') return regexCondition(column, value);
  if (op === 'exists') return () => `${column} is ${value === 'true' ? 'not ' : ''}null`;
  throw unsupportedFilter(property, op);
}

function propertyCondition(property: string, op: string, value: string): Condition {
  const has = (bind: Bind, values: readonly string[]) =>
    `coalesce(c.properties @> any(${bind(values.map((one) => JSON.stringify({ [property]: [one] })))}::jsonb[]), false)`;
  if (op === '=') return (bind) => has(bind, [value]);
  if (op === 'in') return (bind) => has(bind, listed(value));
  if (op === 'not-in') return (bind) => `not ${has(bind, listed(value))}`;
  if (op === 'exists') return (bind) => `${value === 'true' ? '' : 'not '}coalesce(jsonb_exists(c.properties, ${bind(property)}), false)`;
  if (op !== 'regex') throw unsupportedFilter(property, op);
  const matches = regexCondition('v', value);
  return (bind) => `exists (select from jsonb_array_elements_text(c.properties -> ${bind(property)}) v where ${matches(bind)})`;
}

// The whole text must match. PostgreSQL's engine runs no expression in exponential time, except for references back to groups, which are refused.
function regexCondition(column: string, regex: string): Condition {
  if (regex.length > 200 || /\\[1-9]/.test(regex)) throw badRegex();
  return (bind) => `${column} ~ ${bind(`^(?:${regex})$`)}`;
}

function listed(value: string): string[] {
  return value.split(',').map((one) => one.trim()).filter((one) => one !== '');
}

async function placeOf(db: Queryable, system: CodeSystem, code: string): Promise<{ place: number }> {
  const concept = await findConcept(db, system, code);
  if (concept === undefined) throw unknownCode(system.url, code);
  return concept;
}
