// The constraints of R4's own definitions, compiled on first use.
import { structureOf } from '../../structure/structure.ts';
import { compileTest, type Test } from './compile-test.ts';
import { invariantTable } from './invariants.gen.ts';
import { parseExpression } from './parse-expression.ts';

export interface Invariant {
  /** Key of the constraint: `pat-1`. */
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** What it asks, in the definition's words. */
  readonly human: string;
  readonly expression: string;
  readonly test: Test;
}

/** Gives the constraints on an element path (`Patient.contact`) whose values are of the given type. */
export function invariantsAt(path: string, type: string): readonly Invariant[] {
  const own = Object.hasOwn(invariantTable, path) ? (invariantTable[path] ?? []) : [];
  const inherited = structureOf(path)?.base === 'DomainResource' ? (invariantTable['DomainResource'] ?? []) : [];
  return [...own, ...inherited].map(([key, severity, human, expression]) => ({ key, severity, human, expression, test: compileTest(parseExpression(expression), type) }));
}
