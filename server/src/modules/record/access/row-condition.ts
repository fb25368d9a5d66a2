// What an actor may see or change of the rows of a type, as a condition of SQL: the rules of the policy (security/policy/access.ts), what the grant of
// an app leaves of them, and what patients have said.
import { compartmentPlace, keyOf, resourceTypes, typeCode } from '@sen/fhir';
import type { Actor } from '../../../platform/work.ts';
import { consentCondition, listRelated, marks, permittedCondition, relationCondition, type Access, type Interaction, type RowRule } from '../../security/index.ts';
import { openScope } from '../search/conditions/scope.ts';
import { searchLimits } from '../search/limits.ts';
import { readQuery } from '../search/read-query.ts';
import { conditionOf } from '../search/special.ts';
import { allAsked, anyOf, type Parameters } from '../search/sql.ts';

export type Use = Interaction | 'search';

export interface Viewer {
  readonly actor: Actor;
  readonly access: Access;
  /** ms since 1970 */
  readonly now: number;
  /** Where a statement is written after its look-ups: the patients of a relation are looked up while they are few, and their rows found by index. */
  readonly looksUp?: boolean;
  /** A Binary that is known to belong to nothing. */
  readonly alone?: boolean;
  /** Asked of what would be written. */
  readonly writes?: boolean;
}

/** The condition that a viewer may so use a row of a type (`Resource`: of any type) that stands under an alias; `true` and `false` where it is no question. */
export function rowCondition(viewer: Viewer, use: Use, type: string, alias: string, parameters: Parameters): string {
  if (viewer.access.unlimited) return 'true';
  if (type === 'Resource') return anyTypeCondition(viewer, use, alias, parameters);
  const who = writing.has(use) ? { ...viewer, writes: true } : viewer;
  return allAsked([rulesCondition(who, use, type, alias, parameters), grantCondition(who, use, type, alias, parameters)]);
}

const writing: ReadonlySet<Use> = new Set(['create', 'update', 'delete']);

/** Types of which the same is said share a condition; without this a search over all types would carry 146 of them. */
function anyTypeCondition(viewer: Viewer, use: Use, alias: string, parameters: Parameters): string {
  const conditions = alikeTypes(viewer.access, use).map((types) => ({ types, condition: rowCondition(viewer, use, types[0] as string, alias, parameters) }));
  if (conditions.every(({ condition }) => condition === 'true')) return 'true';
  const seen = conditions.filter(({ condition }) => condition !== 'false');
  return anyOf(seen.map(({ condition, types }) => `(${alias}.type = any('{${types.map(typeCode).join()}}'::smallint[])${condition === 'true' ? '' : ` and ${condition}`})`));
}

const remembered = new WeakMap<Access, Map<Use, readonly (readonly string[])[]>>();

/** An access lives as long as its actor: which types are alike is worked out once (0.2 ms). */
function alikeTypes(access: Access, use: Use): readonly (readonly string[])[] {
  const known = remembered.get(access) ?? new Map<Use, readonly (readonly string[])[]>();
  remembered.set(access, known);
  const types = known.get(use) ?? [...Map.groupBy(resourceTypes, (type) => signatureOf(access, use, type)).values()];
  known.set(use, types);
  return types;
}

function signatureOf(access: Access, use: Use, type: string): string {
  const rules = access.rules(type, interactionOf(use));
  const granted = access.granted(type, use);
  const own = type === 'Group' || type === 'Binary' || Array.isArray(granted) || rules.some(({ criteria }) => criteria.length > 0);
  return JSON.stringify([rules, granted, access.grantPatient(type, use), own ? type : '']);
}

function interactionOf(use: Use): Interaction {
  return use === 'search' ? 'read' : use;
}

/** The cheapest way first: PostgreSQL asks the ways of an `or` in their order, and most rows are seen by the first. */
function rulesCondition(viewer: Viewer, use: Use, type: string, alias: string, parameters: Parameters): string {
  const rules = rulesOf(viewer, use, type).toSorted((a, b) => costOf(a) - costOf(b));
  const before = parameters.values.length;
  const ways = rules.map((rule) => ruleCondition(viewer, rule, type, alias, parameters));
  if (!ways.includes('true')) return anyOf(ways.map((way) => (way.includes(' and ') ? `(${way})` : way)));
  parameters.takeBack(before);
  return 'true';
}

/**
 * R4 binary.html §2.42.3: a Binary is seen by who sees what it belongs to, which no row tells. It is read one by one (load-seen.ts); lists of Binaries are
 * for those from whom nothing is kept.
 */
function rulesOf({ access, alone }: Viewer, use: Use, type: string): readonly RowRule[] {
  const rules = access.rules(type, interactionOf(use));
  const listed = use === 'read' || use === 'search' || use === 'history';
  return type === 'Binary' && listed && alone !== true ? rules.filter((rule) => rule.marks === -1) : rules;
}

function costOf({ criteria, relation }: RowRule): number {
  return (relation === 'any' ? 0 : relation === 'own' ? 1 : 2) + (criteria.length > 0 ? 1 : 0);
}

function ruleCondition(viewer: Viewer, rule: RowRule, type: string, alias: string, parameters: Parameters): string {
  const relation = relatedBy(viewer, rule, type, alias, parameters);
  if (relation === 'false') return 'false';
  const met = rule.criteria.length === 0 ? 'true' : anyOf(rule.criteria.map((query) => criteriaCondition(viewer, type, query, alias, parameters)));
  return allAsked([marksCondition(viewer, rule, alias, parameters), relation, met]);
}

const everyMark = Object.values(marks).reduce((all, mark) => all | mark, 0);

/**
 * Rows with no mark that the rule leaves out. Consents are looked up only where the patient has said something, and not for what is one's own or was
 * opened in an emergency. Written with `<>`: of `=` on a computed value PostgreSQL expects one row of 200, and plans for that.
 */
function marksCondition(viewer: Viewer, rule: RowRule, alias: string, parameters: Parameters): string {
  const forbidden = everyMark & ~rule.marks & ~marks.consented;
  const none = (mask: number): string => (mask === 0 ? 'true' : `least(${alias}.marks & ${mask}, 1) <> 1`);
  const unbound = (rule.marks & marks.consented) !== 0 || rule.relation === 'own' || rule.relation === 'emergency';
  if (unbound) return none(forbidden);
  const consent = consentCondition(viewer.actor, columnsOf(alias), (value) => parameters.add(value), viewer.now);
  if (consent === 'true') return none(forbidden);
  return `(${none(forbidden | marks.consented)} or ${allAsked([none(forbidden), `(${consent})`])})`;
}

function columnsOf(alias: string): { patient: string; type: string; marks: string; key: string } {
  return { patient: `${alias}.patient`, type: `${alias}.type`, marks: `${alias}.marks`, key: `${alias}.key` };
}

/** A Group and a Binary are about nobody in particular: to care for one member is no reason to see the others. */
const aboutNobody = new Set(['Group', 'Binary']);

function relatedBy({ actor, looksUp, now, writes }: Viewer, { relation }: RowRule, type: string, alias: string, parameters: Parameters): string {
  if (relation === 'any') return 'true';
  if (aboutNobody.has(type)) return 'false';
  const add = (value: unknown): string => parameters.add(value);
  if (relation === 'consent') return grouped(permittedCondition(actor, columnsOf(alias), add, now));
  const patients = actor.patients ?? [];
  // R4 compartmentdefinition-patient.html: an appointment has patients among its participants and no subject
  if (looksUp === true && (relation === 'care' || relation === 'department')) {
    const few = fewPatients(actor, relation, now, parameters);
    if (few !== 'many') return few.length === 0 ? 'false' : `(${alias}.patient = any(${parameters.bigints(few)}) and ${alias}.patient <> 0)`;
  }
  if (relation !== 'own') return grouped(relationCondition(actor, relation, `${alias}.patient`, add, now));
  if (patients.length === 0) return 'false';
  return inCompartment(patients, writes === true, alias, parameters);
}

/**
 * About one of the patients, or in their compartment otherwise: who wrote an answer sees it. Nobody is let write into the record of another by being its author
 * or performer: what is about somebody is written for them alone.
 */
function inCompartment(patients: readonly string[], writes: boolean, alias: string, parameters: Parameters): string {
  const about = `${alias}.patient = any(${parameters.bigints(patients.map(keyOf))})`;
  return `(${about} or ${writes ? `${alias}.patient = 0 and ` : ''}${alias}.tokens && ${parameters.bigints(patients.map((id) => keyOf(id) ^ compartmentPlace))})`;
}

/** More are asked of each row: a statement with so many keys would cost more to plan than to run. */
const FEW = 1000;

/** The patients of a relation; none until they are known: the statement is then written again. */
function fewPatients(actor: Actor, relation: 'care' | 'department', now: number, { lookups }: Parameters): readonly bigint[] | 'many' {
  return lookups.answer(`related|${relation}`, async (db) => (await listRelated(db, actor, relation, now, FEW)) ?? ('many' as const)) ?? [];
}

function grouped(condition: string): string {
  return condition === 'true' || condition === 'false' ? condition : `(${condition})`;
}

/** SMART App Launch 2.2, scopes: each scope with a search of its own is a way, and all of them stay with the patient of the launch. */
function grantCondition(viewer: Viewer, use: Use, type: string, alias: string, parameters: Parameters): string {
  const granted = viewer.access.granted(type, use);
  if (granted === 'none') return 'false';
  const met = granted === 'all' ? 'true' : anyOf(granted.map((query) => criteriaCondition(viewer, type, query, alias, parameters)));
  const patient = viewer.access.grantPatient(type, use);
  if (patient === undefined) return met;
  if (viewer.writes === true) return allAsked([met, inCompartment([patient], true, alias, parameters)]);
  const key = keyOf(patient);
  return allAsked([met, `(${alias}.patient = ${parameters.bigint(key)} or ${alias}.tokens @> ${parameters.bigints([key ^ compartmentPlace])})`]);
}

/** A search as a condition, asked by the house: whom a criterion leads to need not be visible. Nothing is looked up before: it must hold of content not yet stored. */
function criteriaCondition({ now }: Viewer, type: string, query: string, alias: string, parameters: Parameters): string {
  const { filters } = readQuery(type, new URLSearchParams(query), searchLimits());
  const scope = { ...openScope(type, parameters.asHouse(), now, undefined, { selective: 'token' as const }), alias, depth: 1 };
  return `(${conditionOf(scope, filters)})`;
}
