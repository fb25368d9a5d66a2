// FHIRPath constraints of profiles, each compiled once: by the compiler of R4's own invariants where it can, else by the library fhirpath.
import { runBounded, watched } from '../fhirpath/run-bounded.ts';
import type { ConstraintEvaluator } from './judgement.ts';
import { compileTest, type Test } from '../validate/invariants/compile-test.ts';
import { parseExpression } from '../validate/invariants/parse-expression.ts';

/** Longer expressions are refused: a profile may come from anywhere, and no published one is near this. */
const maxExpressionLength = 8000;
const evaluateMs = 500;
let loaded: Promise<ConstraintEvaluator> | undefined;

/** Loads the library on first use, since few processes ever judge by profiles. */
export function loadConstraints(): Promise<ConstraintEvaluator> {
  loaded ??= loadLibrary().then((library) => {
    const compiled = new Map<string, Test | undefined>();
    return (expression, type, value, { resource, root }) => {
      const key = `${type}\n${expression}`;
      if (!compiled.has(key)) compiled.set(key, expression.length > maxExpressionLength ? undefined : bounded(expression, own(expression, type) ?? library(expression, type)));
      return attempt(() => holds(compiled.get(key), value, resource, root));
    };
  });
  return loaded;
}

// A constraint must evaluate to true (R4 elementdefinition.html, constraint.expression): one that gives nothing does not hold. The validators
// with which profiles are published take it so.
function holds(test: Test | undefined, value: unknown, resource: unknown, rootResource: unknown): boolean | undefined {
  return test === undefined ? undefined : test(value, { resource, rootResource }) === true;
}

// A profile may come from anywhere, so a constraint in it may be one that never ends; then it is not judged.
function bounded(expression: string, test: Test | undefined): Test | undefined {
  return test === undefined ? undefined : watched(expression, test, evaluateMs);
}

function own(expression: string, type: string): Test | undefined {
  return attempt(() => compileTest(parseExpression(expression), type));
}

async function loadLibrary(): Promise<(expression: string, type: string) => Test | undefined> {
  const [{ default: fhirpath }, { default: r4 }] = await Promise.all([import('fhirpath'), import('fhirpath/fhir-context/r4')]);
  const options = { async: false as const, resolveInternalTypes: true, traceFn: () => undefined };
  return (expression, type) =>
    attempt(() => {
      const evaluate = runBounded(() => fhirpath.compile({ base: type, expression }, r4, options), evaluateMs);
      // The library writes on what it is given, and knows no numbers kept as text: it gets plain copies.
      return (value, place) => truth(evaluate(plain(value), { resource: plain(place.resource), rootResource: plain(place.rootResource) }) as unknown[]);
    });
}

function truth(result: readonly unknown[]): boolean | undefined {
  return result.length === 0 ? undefined : result[0] !== false;
}

// One copy for all constraints on a value: a large Bundle would else be copied for each of its elements.
const copies = new WeakMap<object, unknown>();

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!copies.has(value)) copies.set(value, JSON.parse(JSON.stringify(value)));
  return copies.get(value);
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined; // its message may quote the record
  }
}
