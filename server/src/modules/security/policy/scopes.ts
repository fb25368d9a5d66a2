// SMART scopes of resources, as text and as meaning (SMART App Launch 2.2, §3.0 Scopes; the older 1.0 form is read too).

export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's';

export interface ResourceScope {
  readonly context: 'patient' | 'user' | 'system';
  /** R4 type, or `*`. */
  readonly type: string;
  readonly letters: ReadonlySet<ScopeLetter>;
  /** FHIR search that a resource must meet: `category=laboratory`. */
  readonly criteria?: string;
}

const context = /^(patient|user|system)\//;
const form = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.(\*|read|write|c?r?u?d?s?)(?:\?([!-~]+))?$/;
const older: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** Whether a scope speaks of resources, well or badly; others are `openid`, `launch`, `offline_access` … */
export function isResourceScope(scope: string): boolean {
  return context.test(scope);
}

/**
 * Reads a scope of resources; undefined when it is malformed: letters out of the order `cruds`, none at all, an unknown context, or criteria that
 * search in a way that looks at other resources or shapes the answer (`_has`, chains, `_include`).
 */
export function readScope(scope: string): ResourceScope | undefined {
  const match = form.exec(scope);
  if (match === null) return undefined;
  const [, where, type, letters, criteria] = match as unknown as [string, ResourceScope['context'], string, string, string | undefined];
  const meant = older[letters] ?? letters;
  if (meant === '' || (criteria !== undefined && !(letters in older ? false : isPlain(criteria, type)))) return undefined;
  return { context: where, type, letters: new Set(meant as Iterable<ScopeLetter>), ...(criteria === undefined ? {} : { criteria }) };
}

/** SMART 2.2 §3.0.2.3: search parameters of the type itself. `_security` and its like are fine; what reaches out is not. */
function isPlain(criteria: string, type: string): boolean {
  const pairs = [...new URLSearchParams(criteria)];
  const fits = (name: string) => /^(_id|_tag|_security|_profile|_lastUpdated|[a-z][A-Za-z0-9-]*)(:[a-z-]+)?$/.test(name);
  return type !== '*' && pairs.length > 0 && pairs.every(([name, value]) => value !== '' && fits(name));
}
