// The functions of FHIRPath (N1 §5, and FHIR's own: hasValue, extension, resolve) that constraints use.
import { atomOf, childrenNamed, childrenOf, descendantsOf, isNode, isOfType, nodeOf, type Item, type Node } from './nodes.ts';
import { distinct, memberTest } from './sets.ts';

/** What an expression is judged in. */
export interface Env {
  /** `$this`: the focus of names that follow nothing. */
  readonly self: readonly Item[];
  readonly resource: Node;
  readonly rootResource: Node;
  /** `%context`: where the constraint stands. */
  readonly context: Node;
}

export type Evaluator = (env: Env) => readonly Item[];
export type FhirPathFunction = (input: readonly Item[], args: readonly Evaluator[], env: Env) => readonly Item[];

const yes: readonly Item[] = [true];
const no: readonly Item[] = [false];
const none: readonly Item[] = [];

/** Makes a collection of a three-valued answer. */
export function answer(value: boolean | undefined): readonly Item[] {
  if (value === undefined) return none;
  return value ? yes : no;
}

/** Reads a collection where one boolean is expected (N1 §4.5): one item that is no boolean is true. */
export function truthOf(items: readonly Item[]): boolean | undefined {
  if (items.length === 0) return undefined;
  const atom = items.length === 1 ? atomOf(items[0] as Item) : undefined;
  return typeof atom === 'boolean' ? atom : true;
}

/** Functions that take the type's name, not a value, as argument. */
export const typeFunctions: Readonly<Record<string, (input: readonly Item[], type: string) => readonly Item[]>> = {
  is: (input, type) => (input.length === 0 ? none : answer(input.length === 1 && isOfType(input[0] as Item, type))),
  as: (input, type) => input.filter((item) => isOfType(item, type)),
  ofType: (input, type) => input.filter((item) => isOfType(item, type)),
};

export const functions: Readonly<Record<string, FhirPathFunction>> = {
  exists: (input, [criterion], env) => answer(criterion === undefined ? input.length > 0 : input.some((item) => holds(criterion, item, env))),
  empty: (input) => answer(input.length === 0),
  not: (input) => answer(negate(truthOf(input))),
  all: (input, [criterion], env) => answer(input.every((item) => holds(given(criterion), item, env))),
  where: (input, [criterion], env) => input.filter((item) => holds(given(criterion), item, env)),
  select: (input, [projection], env) => input.flatMap((item) => [...given(projection)({ ...env, self: [item] })]),
  count: (input) => [input.length],
  first: (input) => input.slice(0, 1),
  last: (input) => input.slice(-1),
  tail: (input) => input.slice(1),
  skip: (input, [count], env) => input.slice(wholeNumber(count, env)),
  take: (input, [count], env) => input.slice(0, wholeNumber(count, env)),
  single: (input) => (input.length > 1 ? none : input),
  hasValue: (input) => answer(input.length === 1 && atomOf(input[0] as Item) !== undefined),
  isDistinct: (input) => answer(distinct(input).length === input.length),
  distinct,
  children: (input) => input.flatMap(childrenOf),
  descendants: (input) => input.flatMap(descendantsOf),
  combine: (input, [other], env) => [...input, ...given(other)(env)],
  union: (input, [other], env) => distinct([...input, ...given(other)(env)]),
  intersect: (input, [other], env) => intersect(input, given(other)(env)),
  exclude: (input, [other], env) => exclude(input, given(other)(env)),
  subsetOf: (input, [other], env) => answer(exclude(input, given(other)(env)).length === 0),
  supersetOf: (input, [other], env) => answer(exclude(given(other)(env), input).length === 0),
  allTrue: (input) => answer(input.every((item) => atomOf(item) === true)),
  anyTrue: (input) => answer(input.some((item) => atomOf(item) === true)),
  allFalse: (input) => answer(input.every((item) => atomOf(item) === false)),
  anyFalse: (input) => answer(input.some((item) => atomOf(item) === false)),
  trace: (input) => input,
  iif,
  extension: extensionsWith,
  resolve: (input, _args, env) => input.flatMap((item) => resolved(item, env)),
  toString: (input: readonly Item[]) => mapAtom(input, String),
  toInteger: (input) => mapAtom(input, (atom) => (/^[+-]?\d+$/.test(String(atom)) ? Number(atom) : undefined)),
  toDecimal: (input) => mapAtom(input, (atom) => (/^[+-]?\d+(?:\.\d+)?$/.test(String(atom)) ? Number(atom) : undefined)),
  length: onText((text) => text.length),
  upper: onText((text) => text.toUpperCase()),
  lower: onText((text) => text.toLowerCase()),
  startsWith: onText((text, part) => text.startsWith(part)),
  endsWith: onText((text, part) => text.endsWith(part)),
  contains: onText((text, part) => text.includes(part)),
  indexOf: onText((text, part) => text.indexOf(part)),
  matches: onText((text, pattern) => regexOf(pattern)?.test(text)),
  replace: onText((text, part, by) => text.replaceAll(part, by)),
  replaceMatches: onText((text, pattern, by) => {
    const regex = regexOf(pattern);
    return regex === undefined ? undefined : text.replaceAll(new RegExp(regex, 'gs'), by);
  }),
  substring,
};

function given(evaluator: Evaluator | undefined): Evaluator {
  return evaluator ?? (() => none);
}

function holds(criterion: Evaluator, item: Item, env: Env): boolean {
  return truthOf(criterion({ ...env, self: [item] })) === true;
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function wholeNumber(evaluator: Evaluator | undefined, env: Env): number {
  const [item] = given(evaluator)(env);
  return item === undefined ? 0 : Number(atomOf(item) ?? 0);
}

function iif(input: readonly Item[], [criterion, then, otherwise]: readonly Evaluator[], env: Env): readonly Item[] {
  const inner = { ...env, self: input };
  return truthOf(given(criterion)(inner)) === true ? given(then)(inner) : (otherwise?.(inner) ?? none);
}

function extensionsWith(input: readonly Item[], [url]: readonly Evaluator[], env: Env): readonly Item[] {
  const wanted = textOf(given(url)(env));
  return input.flatMap((item) => childrenNamed(item, 'extension')).filter((item) => textOf(childrenNamed(item, 'url')) === wanted);
}

function intersect(input: readonly Item[], other: readonly Item[]): readonly Item[] {
  return distinct(input.filter(memberTest(other)));
}

function exclude(input: readonly Item[], other: readonly Item[]): readonly Item[] {
  const isMember = memberTest(other);
  return input.filter((item) => !isMember(item));
}

function resolved(item: Item, env: Env): Item[] {
  const reference = textOf(isNode(item) && item.type === 'Reference' ? childrenNamed(item, 'reference') : [item]);
  if (reference === undefined) return [];
  if (reference === '#') return [env.rootResource];
  if (reference.startsWith('#')) return childrenNamed(env.rootResource, 'contained').filter((one) => textOf(childrenNamed(one, 'id')) === reference.slice(1));
  // Another resource is not at hand, but its type is in the reference; compile-expression.ts lets nothing else be asked of it.
  const type = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.exec(reference)?.[1];
  return type === undefined ? [] : [nodeOf({ resourceType: type }, 'Resource')];
}

/** The text of a collection of one string. */
function textOf(items: readonly Item[]): string | undefined {
  const atom = items.length === 1 ? atomOf(items[0] as Item) : undefined;
  return typeof atom === 'string' ? atom : undefined;
}

function mapAtom(input: readonly Item[], change: (atom: string | number | boolean) => Item | undefined): readonly Item[] {
  const atom = input.length === 1 ? atomOf(input[0] as Item) : undefined;
  const changed = atom === undefined ? undefined : change(atom);
  return changed === undefined ? none : [changed];
}

function onText(change: (text: string, first: string, second: string) => Item | undefined): FhirPathFunction {
  return (input, args, env) => {
    const text = textOf(input);
    const texts = args.map((arg) => textOf(arg(env)));
    const changed = text === undefined || texts.includes(undefined) ? undefined : change(text, texts[0] ?? '', texts[1] ?? '');
    return changed === undefined ? none : [changed];
  };
}

function substring(input: readonly Item[], [start, length]: readonly Evaluator[], env: Env): readonly Item[] {
  const text = textOf(input);
  const from = wholeNumber(start, env);
  if (text === undefined || from < 0 || from >= text.length) return none;
  return [length === undefined ? text.slice(from) : text.slice(from, from + wholeNumber(length, env))];
}

const patterns = new Map<string, RegExp | undefined>();

/** A pattern written for another dialect than JavaScript's gives no answer. */
function regexOf(pattern: string): RegExp | undefined {
  if (!patterns.has(pattern)) patterns.set(pattern, readRegex(pattern));
  return patterns.get(pattern);
}

function readRegex(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 's');
  } catch {
    return undefined;
  }
}
