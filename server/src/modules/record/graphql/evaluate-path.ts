import { compileFhirPath, FhirPathError, FhirPathTooLong, type FhirPath } from '@sen/fhir';
import type { Budget } from './budget.ts';
import { GraphqlError } from './graphql-error.ts';

/** Expressions of one query, each compiled once. */
export type CompiledPaths = Map<string, Promise<FhirPath>>;

/** Evaluates a client's FHIRPath on values of a type, within what the query may cost. Throws GraphqlError. */
export async function evaluatePath(compiled: CompiledPaths, budget: Budget, base: string, expression: string, values: readonly unknown[]): Promise<unknown[][]> {
  const key = `${base} ${expression}`;
  const compiling = compiled.get(key) ?? compileFhirPath(base, expression);
  compiled.set(key, compiling);
  try {
    const evaluate = await compiling;
    const began = performance.now();
    const found = evaluate(values);
    budget.spendTime(performance.now() - began);
    return found;
  } catch (error) {
    if (error instanceof FhirPathError) throw new GraphqlError(`${error.message}.`, undefined, [], error instanceof FhirPathTooLong);
    throw error;
  }
}
