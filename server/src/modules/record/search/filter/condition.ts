// A `_filter` as a condition on the row of a resource: each comparison becomes the condition of the search parameter it names, with the modifier
// or prefix that means the same (R4 search_filter.html §3.1.3.2).
import { isResourceType, ownerOf, searchParametersOf, typeCode, type SearchParameter } from '@sen/fhir';
import { tableOf } from '../../store/partitions.ts';
import { canonicalLinks } from '../canonicals.ts';
import { pointsToAny } from '../conditions/linked.ts';
import { isPatientLink, linkPlaces, targetsOf } from '../conditions/reference.ts';
import type { ParameterFilter, Scope } from '../conditions/scope.ts';
import { parameterFor, seenHere, whereOf } from '../conditions.ts';
import { allAsked, anyOf, type Parameters } from '../sql.ts';
import { comparedText, endingText, equalText } from './compared-text.ts';
import { containingNumber, periodCondition } from './compared-period.ts';
import type { Comparison, Expression, Operator, PathStep } from './expression.ts';
import { nestedFilter } from './nested.ts';
import { badFilter, badOperator } from './refusals.ts';

const CHAIN_MAX = 8;

/** The condition of a whole expression. */
export function expressionCondition(scope: Scope, expression: Expression): string {
  switch (expression.kind) {
    case 'not':
      return `not (${expressionCondition(scope, expression.inner)})`;
    case 'and':
    case 'or':
      return `(${expressionCondition(scope, expression.left)} ${expression.kind} ${expressionCondition(scope, expression.right)})`;
    case 'comparison':
      return pathCondition(scope, expression, expression.path);
  }
}

function pathCondition(scope: Scope, comparison: Comparison, path: readonly PathStep[]): string {
  const [step, ...rest] = path as [PathStep, ...PathStep[]];
  const nested = nestedFilter(scope.type, comparison, path);
  if (nested !== undefined) return plain(scope, nested.name, undefined, nested.value);
  if (rest.length > 0) return linkCondition(scope, comparison, step, rest);
  return comparisonCondition(scope, comparison, parameterFor(scope.parameters.sight, scope.type, step.name));
}

/** `subject[gender eq male].name co "x"`: one and the same resource that is pointed to meets the filter and the rest. */
function linkCondition(scope: Scope, comparison: Comparison, step: PathStep, rest: readonly PathStep[]): string {
  const parameter = parameterFor(scope.parameters.sight, scope.type, step.name);
  if (parameter.type !== 'reference') throw badFilter(comparison.position, `a reference parameter before "." ("${step.name}" is of type ${parameter.type})`);
  if (scope.depth >= CHAIN_MAX) throw badFilter(comparison.position, `no more than ${CHAIN_MAX} links in a chain`);
  return anyOf(targetsBelow(scope.type, parameter, comparison, step, rest).map((target) => {
    const inner = (parameters: Parameters): Scope => ({ ...scope, parameters, type: target, alias: `${scope.alias}${scope.depth + 1}`, depth: scope.depth + 1, required: [], hints: {} });
    return pointsTo(scope, parameter, target, (parameters) => metBelow(inner(parameters), comparison, step, rest));
  }));
}

interface Met {
  readonly alias: string;
  readonly where: string;
}

function metBelow(inner: Scope, comparison: Comparison, step: PathStep, rest: readonly PathStep[]): Met {
  const asked = step.filter === undefined ? 'true' : expressionCondition(inner, step.filter);
  return { alias: inner.alias, where: allAsked([`${inner.alias}.type = ${typeCode(inner.type)}`, asked, pathCondition(inner, comparison, rest), seenHere(inner)]) };
}

function pointsTo(scope: Scope, parameter: SearchParameter, target: string, metBy: (parameters: Parameters) => Met): string {
  const keysIn = (parameters: Parameters): string => {
    const { alias, where } = metBy(parameters);
    return `${alias}.key from ${tableOf(target)} ${alias} where ${where}`;
  };
  if (target === 'Patient' && isPatientLink(scope.type, parameter)) return `(${scope.alias}.patient in (select ${keysIn(scope.parameters)}) and ${scope.alias}.patient <> 0)`;
  return anyOf([
    pointsToAny(scope, linkPlaces(ownerOf(scope.type, parameter), parameter, target), keysIn),
    ...canonicalLinks(scope.type, parameter, target).map((link) => {
      const { alias, where } = metBy(scope.parameters);
      return `${scope.alias}.tokens && array(select t # ${scope.parameters.bigint(link)} from ${tableOf(target)} ${alias}, unnest(${alias}.tokens) t where ${where})`;
    }),
  ]);
}

/** The types a step may lead to: the one named, else those of the definition that have all the parameters asked of them. */
function targetsBelow(type: string, parameter: SearchParameter, { position }: Comparison, step: PathStep, rest: readonly PathStep[]): readonly string[] {
  if (step.type !== undefined) {
    if (!isResourceType(step.type)) throw badFilter(position, `a resource type after "${step.name}:"`);
    return [step.type];
  }
  const targets = targetsOf(type, parameter);
  if (targets[0] === '*') throw badFilter(position, `${step.name}:Type, since "${step.name}" may point to any type`);
  const names = [(rest[0] as PathStep).name, ...(step.filter === undefined ? [] : namesIn(step.filter))];
  const able = targets.filter((target) => names.every((name) => searchParametersOf(target).has(name)));
  if (able.length === 0) throw badFilter(position, `search parameters that a target of "${step.name}" has`);
  return able;
}

function namesIn(expression: Expression): string[] {
  if (expression.kind === 'comparison') return [(expression.path[0] as PathStep).name];
  return expression.kind === 'not' ? namesIn(expression.inner) : [...namesIn(expression.left), ...namesIn(expression.right)];
}

const ordered: Partial<Record<Operator, string>> = { eq: 'eq', ne: 'ne', gt: 'gt', lt: 'lt', ge: 'ge', le: 'le', ap: 'ap', sa: 'sa', eb: 'eb' };
/** `ss`: the value subsumes a code that is there, which is then below it. */
const hierarchic: Partial<Record<Operator, string>> = { ss: 'below', sb: 'above', in: 'in', ni: 'not-in' };

function comparisonCondition(scope: Scope, comparison: Comparison, parameter: SearchParameter): string {
  const { operator, position, value } = comparison;
  if (operator === 'pr') return presence(scope, comparison, parameter);
  switch (parameter.type) {
    case 'string':
      return textCondition(scope, comparison, parameter);
    case 'date':
      if (operator === 'co' || operator === 'po') return periodCondition(scope, filterOf(scope, parameter, value), operator);
      return prefixed(scope, comparison, parameter);
    case 'number':
      return operator === 'co' ? containingNumber(scope, filterOf(scope, parameter, value)) : prefixed(scope, comparison, parameter);
    case 'quantity':
      return prefixed(scope, comparison, parameter);
    case 'token':
    case 'uri': {
      const modifier = hierarchic[operator];
      if (modifier !== undefined && (parameter.type === 'token' || operator === 'ss' || operator === 'sb')) return plain(scope, parameter.code, modifier, coded(value));
      return equality(scope, comparison, parameter, operator === 'eq');
    }
    case 'reference':
      return equality(scope, comparison, parameter, operator === 'eq' || operator === 're');
    case 'composite':
      return equality(scope, comparison, parameter, operator === 'eq');
    case 'special':
      if (operator !== 'eq') throw badOperator(position, operator, parameter.code, parameter.type);
      return plain(scope, parameter.code, undefined, coded(value));
  }
}

/** `ne` of what has no order: there is a value, and none that is equal. */
function equality(scope: Scope, { operator, position, value }: Comparison, parameter: SearchParameter, equal: boolean): string {
  if (!equal && operator !== 'ne') throw badOperator(position, operator, parameter.code, parameter.type);
  const same = plain(scope, parameter.code, undefined, coded(value));
  return equal ? same : `(${plain(scope, parameter.code, 'missing', 'false')} and not (${same}))`;
}

function prefixed(scope: Scope, { operator, position, value }: Comparison, parameter: SearchParameter): string {
  const prefix = ordered[operator];
  if (prefix === undefined) throw badOperator(position, operator, parameter.code, parameter.type);
  return plain(scope, parameter.code, undefined, `${prefix}${coded(value)}`);
}

function textCondition(scope: Scope, { operator, position, value }: Comparison, parameter: SearchParameter): string {
  const filter = filterOf(scope, parameter, value);
  switch (operator) {
    case 'eq':
      return equalText(scope, filter);
    case 'ne':
      return `(${plain(scope, parameter.code, 'missing', 'false')} and not (${equalText(scope, filter)}))`;
    case 'co':
      return plain(scope, parameter.code, 'contains', escaped(value));
    case 'sw':
      return plain(scope, parameter.code, undefined, escaped(value));
    case 'ew':
      return endingText(scope, filter);
    case 'gt':
    case 'lt':
    case 'ge':
    case 'le':
      return comparedText(scope, filter, operator, position);
    default:
      throw badOperator(position, operator, parameter.code, parameter.type);
  }
}

function presence(scope: Scope, { position, value }: Comparison, parameter: SearchParameter): string {
  const asked = value.toLowerCase();
  if (asked !== 'true' && asked !== 'false') throw badFilter(position, 'true or false after "pr"');
  return plain(scope, parameter.code, 'missing', asked === 'true' ? 'false' : 'true');
}

/** What the same parameter would ask outside `_filter`; with tokens of its own, since it may stand below `or` or `not`. */
function plain(scope: Scope, name: string, modifier: string | undefined, value: string): string {
  return `(${whereOf({ ...scope, required: [], hints: {} }, [{ name, modifier, values: [value] }])})`;
}

function filterOf(scope: Scope, parameter: SearchParameter, value: string): ParameterFilter {
  return { parameter, owner: ownerOf(scope.type, parameter), name: parameter.code, modifier: undefined, values: [value] };
}

/** A text as one value of a parameter. */
function escaped(value: string): string {
  return value.replace(/[\\,|$]/g, '\\$&');
}

/** §3.1.3.2: these names may stand for the code systems. */
const systems: Readonly<Record<string, string>> = {
  loinc: 'http://loinc.org', snomed: 'http://snomed.info/sct', rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm', ucum: 'http://unitsofmeasure.org',
};

/** A value in the form of its parameter (`system|code`), of which `_filter` has one and no list. */
function coded(value: string): string {
  const named = value.replace(/(^|[|$])(loinc|snomed|rxnorm|ucum)(?=\|)/g, (_all, before: string, name: string) => `${before}${systems[name]}`);
  return named.replace(/(\\.)|,/g, (_all, pair: string | undefined) => pair ?? '\\,');
}
