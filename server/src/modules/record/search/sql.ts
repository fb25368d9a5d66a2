import { Lookups } from './lookups.ts';

/** Who looks, as a statement asks it: each row that a statement reads passes `sees`, those of sub-selects too. */
export interface Sight {
  /** True for whoever sees all of everything: no condition, no look at what was found. */
  readonly unlimited: boolean;
  /**
   * The condition that a row of a type (`Resource`: of any) under an alias may be seen; `true` where nothing need be asked. `few`: other conditions leave few
   * rows, so that what decides need not be looked up beforehand.
   */
  sees(type: string, alias: string, parameters: Parameters, few?: boolean): string;
  /** The same for what comes with a match (`_include`). */
  reads(type: string, alias: string, parameters: Parameters): string;
  /** Refuses (403) to select or order by what the actor never sees. */
  checkParameter(type: string, name: string): void;
  /** Tells whether a parameter reads what the actor never sees: all that point somewhere (`*`) are then followed without it. */
  hides(type: string, name: string): boolean;
}

/** The house itself, and conditions of the policy, which are judged as the house. */
export const everythingSeen: Sight = { unlimited: true, sees: () => 'true', reads: () => 'true', checkParameter: () => undefined, hides: () => false };

/** The parameters of a statement under construction: gives each value its `$n`. Carries who looks to wherever the statement reads rows. */
export class Parameters {
  readonly values: unknown[];
  readonly sight: Sight;
  /** What has to be looked up before the statement can be written. */
  readonly lookups: Lookups;

  constructor(sight: Sight, lookups: Lookups = new Lookups(), values: unknown[] = []) {
    this.sight = sight;
    this.lookups = lookups;
    this.values = values;
  }

  /** The same statement, for a part of it that the house itself asks. */
  asHouse(): Parameters {
    return new Parameters(everythingSeen, this.lookups, this.values);
  }

  /** Takes back the values that were added after the first `count`: those of a condition that was not needed. */
  takeBack(count: number): void {
    this.values.length = count;
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

/** The conditions that ask something; `true` when none does. One that never holds stays among the others, whose values the statement has already. */
export function allAsked(conditions: readonly string[]): string {
  return allOf(conditions.filter((condition) => condition !== 'true'));
}

/** One of the conditions; the empty list holds for none. */
export function anyOf(conditions: readonly string[]): string {
  const possible = conditions.filter((condition) => condition !== 'false');
  if (possible.length === 0) return 'false';
  return possible.length === 1 ? (possible[0] as string) : `(${possible.join(' or ')})`;
}
