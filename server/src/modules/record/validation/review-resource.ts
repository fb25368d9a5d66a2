import { validateResource, type Issue, type ProfileFinding, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { evaluateProfiles } from './evaluate-profiles.ts';

const maxIssues = 200;

/** Everything that can be said of a resource: structure, R4's constraints with their warnings, the profiles asked for and claimed, terminology. */
export async function reviewResource(work: Work, resource: Resource, profiles: readonly string[]): Promise<(Issue | ProfileFinding)[]> {
  const structural = validateResource(resource, { maxIssues, warnings: true, conditionalReferences: false });
  const judged = await evaluateProfiles(work, resource, { profiles, unknownClaims: 'warning', thorough: true });
  return [...structural, ...judged].slice(0, maxIssues);
}
