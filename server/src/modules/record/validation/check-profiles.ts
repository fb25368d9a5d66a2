import type { Issue, Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { profilesNotSatisfied } from '../refusals.ts';
import { evaluateProfiles } from './evaluate-profiles.ts';
import { loadProfiles } from './load-profiles.ts';

export type Enforcement = 'off' | 'known' | 'all';

let enforcement: Enforcement = 'known';

/** Sets, at start, which of the profiles that a written resource claims it must satisfy. */
export function setEnforcement(wanted: Enforcement): void {
  enforcement = wanted;
}

/** A resource about to be stored, with its place in a Bundle where it came in one. */
export interface Written {
  readonly resource: Resource;
  readonly at?: string | undefined;
}

/** Refuses (422) resources that do not satisfy a profile they claim (R4 profiling.html §5.1.0.1). Costs nothing where none is claimed. */
export async function checkProfiles(work: Work, written: readonly Written[]): Promise<void> {
  if (enforcement === 'off') return;
  const issues: Issue[] = [];
  for (const { resource, at } of written) {
    if (claimsOf(resource).length === 0) continue;
    const problems = await profileProblems(work, resource);
    issues.push(...(at === undefined ? problems : problems.map((one) => placed(one, resource.resourceType, at))));
    if (issues.length >= 50) break;
  }
  if (issues.length > 0) throw profilesNotSatisfied(issues);
}

/** What keeps a resource from satisfying the profiles that it claims, as far as these are enforced. */
export async function profileProblems(work: Work, resource: Resource): Promise<Issue[]> {
  const claims = claimsOf(resource);
  if (enforcement === 'off' || claims.length === 0) return [];
  const { shelf } = await loadProfiles(work);
  if (enforcement === 'known' && !claims.some((claim) => shelf.knows(claim))) return [];
  const findings = await evaluateProfiles(work, resource, { profiles: [], unknownClaims: enforcement === 'all' ? 'error' : 'nothing', thorough: false });
  return findings.filter(({ severity }) => severity === 'error').map(({ severity, code, diagnostics, expression, key }) => ({
    severity, code, diagnostics, ...(expression === undefined ? {} : { expression }), ...(key === undefined ? {} : { key }),
  }));
}

function claimsOf(resource: Resource): readonly string[] {
  return resource.meta?.profile ?? [];
}

function placed(issue: Issue, type: string, at: string): Issue {
  const path = issue.expression ?? type;
  return { ...issue, expression: at + path.slice(type.length) };
}
