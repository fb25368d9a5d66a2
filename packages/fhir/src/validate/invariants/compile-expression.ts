// FHIRPath to closures. What is not known here throws Unsupported when it is compiled, never when it runs.
import { isResourceType, structureOf } from '../../structure/structure.ts';
import { answer, functions, truthOf, typeFunctions, type Env, type Evaluator } from './functions.ts';
import { atomOf, childrenNamed, isOfType, type Item } from './nodes.ts';
import { areEqual, compareItems, conjunction, disjunction } from './operators.ts';
import { distinct, memberTest } from './sets.ts';
import { Unsupported, type Expression } from './syntax.ts';

type Binary = Extract<Expression, { kind: 'binary' }>;
type Call = Extract<Expression, { kind: 'call' }>;

const none: readonly Item[] = [];

/** Turns an expression into a function from what it is judged in to a collection; throws Unsupported. */
export function compileExpression(expression: Expression): Evaluator {
  switch (expression.kind) {
    case 'literal': {
      const items: readonly Item[] = [expression.value];
      return () => items;
    }
    case 'empty':
      return () => none;
    case 'this':
      return (env) => env.self;
    case 'variable':
      return variable(expression.name);
    case 'member':
      return member(expression.of, expression.name);
    case 'call':
      return call(expression);
    case 'index':
      return index(compileExpression(expression.of), compileExpression(expression.at));
    case 'sign':
      return sign(compileExpression(expression.of));
    case 'type':
      return typed(expression.operator, compileExpression(expression.of), expression.type);
    case 'binary':
      return binary(expression);
  }
}

function variable(name: string): Evaluator {
  if (name === 'resource') return (env) => [env.resource];
  if (name === 'rootResource') return (env) => [env.rootResource];
  if (name === 'context') return (env) => [env.context];
  const url = { ucum: 'http://unitsofmeasure.org', sct: 'http://snomed.info/sct', loinc: 'http://loinc.org' }[name];
  if (url === undefined) throw new Unsupported(`%${name}`);
  return () => [url];
}

function member(of: Expression | undefined, name: string): Evaluator {
  if (of === undefined) return firstMember(name);
  if (of.kind === 'call' && of.name === 'resolve') throw new Unsupported('a member of a resolved resource');
  const owner = compileExpression(of);
  return (env) => step(owner(env), name);
}

/** A name at the start is a child of the focus, or the focus' own type (`Appointment.status`). */
function firstMember(name: string): Evaluator {
  if (!isResourceType(name) && structureOf(name) === undefined) return (env) => step(env.self, name);
  return (env) => {
    const own = env.self.filter((item) => isOfType(item, name));
    return own.length > 0 ? own : step(env.self, name);
  };
}

function step(items: readonly Item[], name: string): readonly Item[] {
  if (items.length === 1) return childrenNamed(items[0] as Item, name);
  return items.length === 0 ? none : items.flatMap((item) => childrenNamed(item, name));
}

function call({ of, name, args }: Call): Evaluator {
  const input = of === undefined ? (env: Env) => env.self : compileExpression(of);
  const ofKind = Object.hasOwn(typeFunctions, name) ? typeFunctions[name] : undefined;
  if (ofKind !== undefined) {
    const type = typeNameOf(args[0]);
    return (env) => ofKind(input(env), type);
  }
  const run = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (run === undefined || (of?.kind === 'call' && of.name === 'resolve' && name !== 'exists' && name !== 'empty' && name !== 'iif')) throw new Unsupported(`${name}()`);
  const compiled = args.map(compileExpression);
  return (env) => run(input(env), compiled, env);
}

function typeNameOf(expression: Expression | undefined): string {
  if (expression?.kind !== 'member') throw new Unsupported('a type is expected');
  return expression.of === undefined ? expression.name : `${typeNameOf(expression.of)}.${expression.name}`;
}

function index(items: Evaluator, at: Evaluator): Evaluator {
  return (env) => {
    const place = at(env)[0];
    const item = place === undefined ? undefined : items(env)[Number(atomOf(place))];
    return item === undefined ? none : [item];
  };
}

function sign(of: Evaluator): Evaluator {
  return (env) => of(env).map((item) => -Number(atomOf(item)));
}

function typed(operator: 'is' | 'as', of: Evaluator, type: string): Evaluator {
  const run = typeFunctions[operator];
  if (run === undefined) throw new Unsupported(operator);
  return (env) => run(of(env), type);
}

function binary({ operator, left, right }: Binary): Evaluator {
  const a = compileExpression(left);
  const b = compileExpression(right);
  switch (operator) {
    case 'and':
      return (env) => answer(conjunction(truthOf(a(env)), truthOf(b(env))));
    case 'or':
      return (env) => answer(disjunction(truthOf(a(env)), truthOf(b(env))));
    case 'implies':
      return (env) => answer(implication(truthOf(a(env)), () => truthOf(b(env))));
    case 'xor':
      return (env) => answer(exclusive(truthOf(a(env)), truthOf(b(env))));
    case '=':
      return (env) => answer(areEqual(a(env), b(env)));
    case '!=':
      return (env) => answer(opposite(areEqual(a(env), b(env))));
    case '|':
      return (env) => distinct([...a(env), ...b(env)]);
    case 'in':
      return membership(a, b, right);
    case 'contains':
      return membership(b, a, left);
    case '&':
      return (env) => [joinText(a(env)) + joinText(b(env))];
    default:
      return arithmetic(operator, a, b);
  }
}

function arithmetic(operator: string, a: Evaluator, b: Evaluator): Evaluator {
  const test = comparisons[operator];
  if (test !== undefined) return (env) => answer(ordered(a(env), b(env), test));
  if (operator !== '+' && operator !== '-' && operator !== '*') throw new Unsupported(operator);
  return (env) => {
    const [x, y] = [a(env), b(env)].map((items) => (items.length === 1 ? atomOf(items[0] as Item) : undefined));
    if (operator === '+' && typeof x === 'string' && typeof y === 'string') return [x + y];
    if (typeof x !== 'number' || typeof y !== 'number') return none;
    if (operator === '+') return [x + y];
    return [operator === '-' ? x - y : x * y];
  };
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function ordered(left: readonly Item[], right: readonly Item[], test: (order: number) => boolean): boolean | undefined {
  if (left.length !== 1 || right.length !== 1) return undefined;
  const order = compareItems(left[0] as Item, right[0] as Item);
  return order === undefined ? undefined : test(order);
}

function implication(left: boolean | undefined, right: () => boolean | undefined): boolean | undefined {
  if (left === false) return true;
  return left === true ? right() : disjunction(undefined, right());
}

function exclusive(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  return a === undefined || b === undefined ? undefined : a !== b;
}

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function joinText(items: readonly Item[]): string {
  return items.length === 0 ? '' : String(atomOf(items[0] as Item) ?? '');
}

/** `item in items`. A list that hangs on a variable alone is read once, not for each of thousands of items. */
function membership(item: Evaluator, items: Evaluator, source: Expression): Evaluator {
  const testIn = isFixed(source) ? remember(items) : (env: Env) => memberTest(items(env));
  return (env) => {
    const found = item(env);
    return found.length === 1 ? answer(testIn(env)(found[0] as Item)) : none;
  };
}

function isFixed(expression: Expression): boolean {
  if (expression.kind === 'variable') return expression.name === 'resource' || expression.name === 'rootResource' || expression.name === 'context';
  return expression.kind === 'member' && expression.of !== undefined && isFixed(expression.of);
}

function remember(items: Evaluator): (env: Env) => (item: Item) => boolean {
  const tests = new WeakMap<object, (item: Item) => boolean>();
  return (env) => {
    const test = tests.get(env.context) ?? memberTest(items(env));
    tests.set(env.context, test);
    return test;
  };
}
