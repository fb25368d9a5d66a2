import type { SearchParameter } from '@sen/fhir';
import type { Parameters } from '../sql.ts';

/** Where a condition stands: the type searched, the alias of its row, the parameters of the statement. */
export interface Scope {
  readonly type: string;
  readonly alias: string;
  readonly parameters: Parameters;
  /** Our own base URL, so that a reference to `[base]/Patient/1` is one to `Patient/1`. */
  readonly base: string | undefined;
  /** ms since 1970, for `ap` on dates */
  readonly now: number;
  /** Chains and `_has` opened so far: gives each a new alias and an end. */
  readonly depth: number;
  /** Tokens that every match must have; gathered so that the index intersects them in one look-up. */
  readonly required: bigint[];
  readonly hints: PlanHints;
}

/** What the conditions say of their own selectivity, so that a search of few rows need not be planned anew each time. */
export interface PlanHints {
  /** Set by a condition that leaves few rows whatever its value: one patient, an id, an identifier. */
  selective?: 'patient' | 'key' | 'token';
}

/** The scope of a whole search: the row `r` of a type, or of any type (`Resource`). */
export function openScope(type: string, parameters: Parameters, now: number, base: string | undefined, hints: PlanHints): Scope {
  return { type, alias: 'r', parameters, base, now, depth: 0, required: [], hints };
}

export interface ParameterFilter {
  readonly parameter: SearchParameter;
  readonly owner: string;
  /** As the client wrote it, for messages. */
  readonly name: string;
  readonly modifier: string | undefined;
  readonly values: readonly string[];
}

/** Rows that have any of these tokens. A single token joins those that every match must have. */
export function hasToken(scope: Scope, tokens: readonly bigint[]): string {
  if (tokens.length === 1) {
    scope.required.push(tokens[0] as bigint);
    return 'true';
  }
  return `${scope.alias}.tokens && ${scope.parameters.bigints(tokens)}`;
}

/** The same where the condition stands inside an OR or a NOT and cannot be gathered. */
export function hasTokenHere(scope: Scope, tokens: readonly bigint[]): string {
  return `${scope.alias}.tokens && ${scope.parameters.bigints(tokens)}`;
}
