// What an expansion is made of, once value sets and code systems have been found.
import type { ListedConcept } from '../fhir-value-set.ts';
import type { CodeSystem } from '../store-code-systems.ts';

/** Adds a value to the statement and gives its `$n`. */
export type Bind = (value: unknown) => string;

/** A condition on the concept `c`, as SQL. */
export type Condition = (bind: Bind) => string;

export interface Plan {
  readonly branches: readonly Branch[];
  readonly excluded: readonly Branch[];
  readonly noInactive: boolean;
  /** Only codes in force on this day. */
  readonly day: string | undefined;
}

export interface Branch {
  /** Undefined: what the value sets have in common. */
  readonly source: Source | undefined;
  readonly within: readonly Plan[];
}

export interface Source {
  readonly url: string;
  /** Undefined: not known here; its codes can only be listed. */
  readonly system: CodeSystem | undefined;
  readonly supplements: readonly CodeSystem[];
  /** Undefined: all codes that the conditions leave. */
  readonly concepts: readonly ListedConcept[] | undefined;
  readonly conditions: readonly Condition[];
}

/** What of the members is asked for. */
export interface Narrowing {
  /** Folded beginnings of words, all of which a name has. */
  readonly words: readonly string[];
  /** One code; system undefined: of any. */
  readonly code?: { readonly system: string | undefined; readonly code: string };
  readonly activeOnly: boolean;
  /** The words are in so many names that the list read in its order meets them sooner than the index of words gives them in order. */
  readonly frequent?: boolean;
}

/** The code system whose every concept is a member; undefined when the plan is anything else, or some of its concepts have days. */
export function wholeSystemOf({ branches, excluded, noInactive }: Plan): CodeSystem | undefined {
  const [only, ...others] = branches;
  if (only === undefined || others.length > 0 || excluded.length > 0 || noInactive || only.within.length > 0) return undefined;
  const { source } = only;
  return source === undefined || source.concepts !== undefined || source.conditions.length > 0 || source.system?.hasDays === true ? undefined : source.system;
}

/** The code systems of a plan, each once. */
export function systemsOf(plan: Plan): Source[] {
  const found = new Map<string, Source>();
  const visit = ({ branches, excluded }: Plan): void => {
    for (const { source, within } of [...branches, ...excluded]) {
      if (source !== undefined) found.set(`${source.url}|${source.system?.system}`, source);
      within.forEach(visit);
    }
  };
  visit(plan);
  return [...found.values()];
}
