import { Lookups } from './lookups.ts';

/** The parameters of a statement under construction: gives each value its `$n`. */
export class Parameters {
  readonly values: unknown[] = [];
  /** What has to be looked up before the statement can be written. */
  readonly lookups: Lookups;

  constructor(lookups: Lookups = new Lookups()) {
    this.lookups = lookups;
  }

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  bigint(value: bigint): string {
    return `${this.add(String(value))}::bigint`;
  }

  /** A bigint[] as text: the planner of PostgreSQL needs its elements to estimate. */
  bigints(values: readonly bigint[]): string {
    return `${this.add(`{${values.join(',')}}`)}::bigint[]`;
  }
}

/** Joins conditions; the empty list holds for every row. */
export function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' and ');
}

/** One of the conditions; the empty list holds for none. */
export function anyOf(conditions: readonly string[]): string {
  const possible = conditions.filter((condition) => condition !== 'false');
  if (possible.length === 0) return 'false';
  return possible.length === 1 ? (possible[0] as string) : `(${possible.join(' or ')})`;
}
