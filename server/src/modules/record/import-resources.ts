import type { Issue, Resource } from '@sen/fhir';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { checkResource } from './check-resource.ts';
import { sameContent } from './content.ts';
import { checkAddress } from './identity.ts';
import { storeAndKeep } from './keep-definitions.ts';
import { issue, raceLost } from './refusals.ts';
import { checkRepeat } from './access/check-writes.ts';
import { loadAllSeen } from './access/load-seen.ts';
import type { Change } from './store.ts';
import { profileProblems } from './validation/check-profiles.ts';
import { nextVersion } from './update-resource.ts';

export interface ImportResult {
  readonly type: string;
  readonly id: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'refused';
  readonly issues?: readonly Issue[];
}

/**
 * Stores a batch of resources under their own ids in a few round trips; one that is already there with equal content is left.
 * What is not valid is refused alone; the rest is all or nothing. Of two with the same id in one batch the last counts.
 */
export async function importResources(work: Work, resources: readonly Resource[]): Promise<ImportResult[]> {
  const results: ImportResult[] = new Array(resources.length);
  const last = new Map<string, number>();
  for (const [i, resource] of resources.entries()) {
    const structural = problemsOf(resource);
    const issues = structural.length > 0 || resource.meta?.profile === undefined ? structural : await profileProblems(work, resource);
    if (issues.length > 0) results[i] = { type: String(resource?.resourceType), id: String(resource?.id), outcome: 'refused', issues };
    else last.set(`${resource.resourceType}/${resource.id}`, i);
  }
  const stored = last.size === 0 ? [] : await storeAll(work, [...last.values()].map((i) => resources[i]!));
  [...last.values()].forEach((i, n) => (results[i] = stored[n]!));
  for (const [i, { resourceType: type, id }] of resources.entries()) results[i] ??= { type, id: id!, outcome: 'unchanged' };
  return results;
}

/** Together; or, when a keeper of definitions refuses the batch for one of it, each alone, so that the others are stored. */
async function storeAll(work: Work, resources: readonly Resource[]): Promise<ImportResult[]> {
  try {
    const outcomes = await storeRetrying(work, resources);
    return resources.map(({ resourceType: type, id }, n) => ({ type, id: id!, outcome: outcomes[n]! }));
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'record.changed-meanwhile' || work.transactional) throw error;
    if (resources.length === 1) return [refusedBy(error, resources[0]!)];
    const results: ImportResult[] = [];
    for (const resource of resources) results.push(...(await storeAll(work, [resource])));
    return results;
  }
}

function refusedBy({ code, issues, text }: Refusal, { resourceType: type, id }: Resource): ImportResult {
  return { type, id: id!, outcome: 'refused', issues: issues.length > 0 ? issues : [issue('processing', `${code}: ${text.en}`)] };
}

async function storeRetrying(work: Work, resources: readonly Resource[]): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    const outcomes = await storeBatch(work, resources);
    if (outcomes !== undefined) return outcomes;
    if (work.transactional || attempt === 5) throw raceLost(resources[0]!.resourceType, resources[0]!.id!);
  }
}

function problemsOf(resource: Resource): readonly Issue[] {
  try {
    const type = String(resource?.resourceType);
    checkAddress(type, resource?.id);
    checkResource(type, resource);
    return resource.id === undefined ? [issue('required', 'A resource to import needs an id.', `${type}.id`)] : [];
  } catch (error) {
    if (error instanceof Refusal) return error.issues;
    throw error;
  }
}

type Outcome = 'created' | 'updated' | 'unchanged';

// Undefined: somebody else wrote one of them meanwhile, and nothing was stored.
async function storeBatch(work: Work, resources: readonly Resource[]): Promise<Outcome[] | undefined> {
  const lost = new Error('race lost');
  try {
    return await work.transact(async (inner) => {
      const currents = await loadAllSeen(inner, resources.map(({ resourceType: type, id }) => ({ type, id: id! })), true);
      const changes: Change[] = [];
      const outcomes: Outcome[] = [];
      for (const [i, resource] of resources.entries()) {
        const current = currents[i];
        const same = current !== undefined && sameContent(resource, current);
        if (same) await checkRepeat(inner, current, resource);
        else changes.push(nextVersion(inner.now, resource.resourceType, resource.id!, current, resource, 'PUT'));
        outcomes.push(same ? 'unchanged' : current?.json === undefined ? 'created' : 'updated');
      }
      if (changes.length > 0 && (await storeAndKeep(inner, changes, { judged: true })).includes(false)) throw lost;
      return outcomes;
    });
  } catch (error) {
    if (error === lost) return undefined;
    throw error;
  }
}
