// The constraints of one element, run on its values after their structure was found right.
import { report, warn, type Findings } from './findings.ts';
import type { Place } from './invariants/compile-test.ts';
import { invariantsAt, type Invariant } from './invariants/invariants.ts';

/** Judges a value, with the `_name` beside it when it is a primitive, by the constraints on its element. */
export type InvariantsCheck = (value: unknown, beside: unknown, findings: Findings) => void;

/** Makes the check of the constraints on an element path whose values are of a type; undefined when there are none. */
export function invariantsCheck(path: string, type: string): InvariantsCheck | undefined {
  const all = invariantsAt(path, type);
  if (all.length === 0) return undefined;
  const errors = all.filter(({ severity }) => severity === 'error');
  return (value, beside, findings) => {
    const place: Place = { resource: findings.resource, rootResource: findings.container };
    for (let i = 0; i < errors.length; i++) judge(errors[i] as Invariant, value, beside, place, findings);
    if (!findings.warnings) return;
    for (const invariant of all) if (invariant.severity === 'warning') judge(invariant, value, beside, place, findings);
  };
}

/** What cannot be told (a value that is missing, dates of different precision) is not held against the resource. */
function judge({ key, severity, human, test }: Invariant, value: unknown, beside: unknown, place: Place, findings: Findings): void {
  if (test(value, place, beside) !== false) return;
  if (severity === 'error') return report(findings, 'invariant', `${key}: ${human}`);
  warn(findings, 'invariant', `${key}: ${human}`, '', key);
}
