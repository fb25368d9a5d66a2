// A constraint as one test. Most ask only whether members stand side by side: those look at the JSON itself and make no collections.
import { structureOf, type Element } from '../../structure/structure.ts';
import { compileExpression } from './compile-expression.ts';
import { truthOf } from './functions.ts';
import { nodeOf, stepsOf } from './nodes.ts';
import { compareMoments, conjunction, disjunction } from './operators.ts';
import type { Expression } from './syntax.ts';

/** The resources around an element: the one it belongs to, and the outermost (for a contained resource its container). */
export interface Place {
  readonly resource: unknown;
  readonly rootResource: unknown;
}

/** Judges a JSON value (`beside` is the `_name` of a primitive); undefined when FHIRPath gives no answer. */
export type Test = (value: unknown, place: Place, beside?: unknown) => boolean | undefined;

interface Costed {
  readonly test: Test;
  /** Members looked at, so that `and` and `or` ask the cheaper side first. */
  readonly cost: number;
}

type Json = Readonly<Record<string, unknown>>;
type Binary = Extract<Expression, { kind: 'binary' }>;
const dear = 1000;

/** Turns a constraint on elements of a type into one test; throws Unsupported. */
export function compileTest(expression: Expression, type: string): Test {
  return (quickTest(expression, type) ?? slowTest(expression, type)).test;
}

function costed(expression: Expression, type: string): Costed {
  return quickTest(expression, type) ?? slowTest(expression, type);
}

function slowTest(expression: Expression, type: string): Costed {
  const evaluate = compileExpression(expression);
  const test: Test = (value, place, beside) => {
    const context = nodeOf(value, type, beside);
    return truthOf(evaluate({ self: [context], context, resource: nodeOf(place.resource, 'Resource'), rootResource: nodeOf(place.rootResource, 'Resource') }));
  };
  return { test, cost: dear };
}

function quickTest(expression: Expression, type: string): Costed | undefined {
  const kind = structureOf(type)?.kind;
  if (kind === undefined || kind === 'primitive') return undefined;
  if (expression.kind === 'call') return quickCall(expression, type);
  if (expression.kind !== 'binary') return undefined;
  return logic(expression, type) ?? comparison(expression, type);
}

function quickCall({ of, name, args }: Extract<Expression, { kind: 'call' }>, type: string): Costed | undefined {
  if (of === undefined || args.length > 0) return undefined;
  if (name === 'not') {
    const { test, cost } = costed(of, type);
    return { test: (value, place, beside) => negate(test(value, place, beside)), cost };
  }
  if (name === 'exists' || name === 'empty') return presence(of, name === 'exists', type);
  const element = name === 'hasValue' ? onlyMember(of, type) : undefined;
  return element === undefined ? undefined : { test: (value) => (value as Json)[element.name] !== undefined, cost: 1 };
}

/** `a.exists()`, `a.empty()`; of a longer path only its first member, which settles it when absent. */
function presence(of: Expression, wanted: boolean, type: string): Costed | undefined {
  const first = firstMember(of);
  const names = first === undefined ? undefined : namesOf(first, type);
  if (names === undefined) return undefined;
  if (of.kind === 'member' && of.of === undefined) return { test: (value) => hasAny(value as Json, names) === wanted, cost: names.length };
  const rest = slowTest({ kind: 'call', of, name: wanted ? 'exists' : 'empty', args: [] }, type).test;
  return { test: (value, place, beside) => (hasAny(value as Json, names) ? rest(value, place, beside) : !wanted), cost: dear / 2 };
}

function firstMember(expression: Expression): string | undefined {
  if (expression.kind === 'member') return expression.of === undefined ? expression.name : firstMember(expression.of);
  // of nothing these make nothing
  if (expression.kind !== 'call' || expression.of === undefined || !['where', 'select', 'first', 'trace'].includes(expression.name)) return undefined;
  return firstMember(expression.of);
}

/** JSON names under which an element of this FHIRPath name stands, the `_name` of primitives too; undefined for the name of a type. */
function namesOf(name: string, type: string): readonly string[] | undefined {
  const elements = stepsOf(type).get(name);
  if (elements === undefined && structureOf(name) !== undefined) return undefined;
  return (elements ?? []).flatMap((element) => (isPrimitive(element) ? [element.name, `_${element.name}`] : [element.name]));
}

function isPrimitive(element: Element): boolean {
  return structureOf(element.type.code)?.kind === 'primitive';
}

function hasAny(holder: Json, names: readonly string[]): boolean {
  for (let i = 0; i < names.length; i++) if (holder[names[i] as string] !== undefined) return true;
  return false;
}

function logic({ operator, left, right }: Binary, type: string): Costed | undefined {
  if (!['and', 'or', 'xor', 'implies', '=', '!='].includes(operator)) return undefined;
  if ((operator === '=' || operator === '!=') && !(isBoolean(left) && isBoolean(right))) return undefined;
  const [a, b] = [costed(left, type), costed(right, type)];
  return { test: joined(operator, a, b), cost: a.cost + b.cost };
}

function isBoolean(expression: Expression): boolean {
  return expression.kind === 'call' && ['exists', 'empty', 'not', 'hasValue'].includes(expression.name);
}

function joined(operator: string, a: Costed, b: Costed): Test {
  const [first, second] = a.cost <= b.cost ? [a.test, b.test] : [b.test, a.test];
  if (operator === 'and') return shortCut(first, second, false, conjunction);
  if (operator === 'or') return shortCut(first, second, true, disjunction);
  if (operator === 'implies') {
    const left: Test = (value, place, beside) => negate(a.test(value, place, beside));
    return a.cost <= b.cost ? shortCut(left, b.test, true, disjunction) : shortCut(b.test, left, true, disjunction);
  }
  const equal = operator === '=';
  return (value, place, beside) => {
    const [x, y] = [first(value, place, beside), second(value, place, beside)];
    return x === undefined || y === undefined ? undefined : (x === y) === equal;
  };
}

/** Asks the second test only when the first does not settle it. */
function shortCut(first: Test, second: Test, settled: boolean, join: typeof conjunction): Test {
  return (value, place, beside) => {
    const answer = first(value, place, beside);
    return answer === settled ? answer : join(answer, second(value, place, beside));
  };
}

/** `a = 'x'`, `a != true`, `a in ('x' | 'y')`, and the order of two dates. */
function comparison({ operator, left, right }: Binary, type: string): Costed | undefined {
  const element = onlyMember(left, type);
  if (element === undefined) return undefined;
  if (operator === '<=' || operator === '>=') return dateOrder(element, onlyMember(right, type), operator);
  const literals = ['=', '!=', 'in'].includes(operator) ? literalsOf(right) : undefined;
  if (literals === undefined || (operator !== 'in' && literals.size !== 1)) return undefined;
  const { name } = element;
  const beside = `_${name}`;
  const wanted = operator !== '!=';
  const test: Test = (value) => {
    const found = (value as Json)[name];
    if (found !== undefined) return literals.has(found) === wanted;
    return (value as Json)[beside] === undefined ? undefined : !wanted;
  };
  return { test, cost: 2 };
}

const dates = new Set(['date', 'dateTime', 'instant']);

function dateOrder(a: Element, b: Element | undefined, operator: '<=' | '>='): Costed | undefined {
  if (b === undefined || !dates.has(a.type.code) || !dates.has(b.type.code)) return undefined;
  const sign = operator === '<=' ? 1 : -1;
  const test: Test = (value) => {
    const [x, y] = [(value as Json)[a.name], (value as Json)[b.name]];
    if (typeof x !== 'string' || typeof y !== 'string') return undefined;
    const order = compareMoments(x, y);
    return order === undefined ? undefined : order * sign <= 0;
  };
  return { test, cost: 4 };
}

/** Texts and booleans that stand alone or joined by `|`. */
function literalsOf(expression: Expression): ReadonlySet<unknown> | undefined {
  if (expression.kind === 'literal' && typeof expression.value !== 'number') return new Set([expression.value]);
  if (expression.kind !== 'binary' || expression.operator !== '|') return undefined;
  const [left, right] = [literalsOf(expression.left), literalsOf(expression.right)];
  return left === undefined || right === undefined ? undefined : new Set([...left, ...right]);
}

/** A primitive element of one type that does not repeat, named alone. */
function onlyMember(expression: Expression, type: string): Element | undefined {
  if (expression.kind !== 'member' || expression.of !== undefined) return undefined;
  const elements = stepsOf(type).get(expression.name);
  const [element] = elements ?? [];
  return elements?.length === 1 && element !== undefined && !element.many && isPrimitive(element) ? element : undefined;
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
