import type { Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { checkResource } from './check-resource.ts';
import { stamp } from './content.ts';
import { criteriaOf, type Criteria } from './criteria.ts';
import { checkAddress } from './identity.ts';
import { storeAndKeep } from './keep-definitions.ts';
import { lockCriteria, matchOne } from './match-criteria.ts';
import { raceLost, resourceNotFound } from './refusals.ts';
import { loadShown } from './access/load-shown.ts';
import { checkMayWrite } from './access/check-writes.ts';
import { newId } from './store.ts';
import { untouched, type Written } from './written.ts';

export interface CreateInput {
  readonly type: string;
  readonly resource: unknown;
  /** Search criteria of If-None-Exist, such as `identifier=http://x|1`. */
  readonly ifNoneExist?: string | undefined;
}

/** Creates a resource under an id of the server (R4 §3.1.0.8); with ifNoneExist only when nothing matches. */
export async function createResource(work: Work, input: CreateInput): Promise<Written> {
  checkAddress(input.type);
  checkMayWrite(work, input.type, 'create');
  const resource = checkResource(input.type, input.resource);
  if (input.ifNoneExist === undefined) return insert(work, input.type, resource);
  return createUnlessFound(work, criteriaOf(input.type, input.ifNoneExist), resource);
}

/** Stores a checked resource as the first version under a new id. */
export async function insert(work: Work, type: string, resource: Resource): Promise<Written> {
  // Two processes may at worst make the same id: the store refuses the second, who takes the next.
  for (let attempt = 1; attempt <= 5; attempt++) {
    const id = newId(work.now);
    const after = stamp(resource, id, 1, work.now);
    const [stored] = await storeAndKeep(work, [{ type, id, current: undefined, version: 1, updated: work.now, after, method: 'POST' }]);
    if (stored === true) return { outcome: 'created', type, id, version: 1, updated: work.now, json: after.json };
  }
  throw raceLost(type, 'new');
}

// Looks before it locks, since most conditional creates find what they ask for.
async function createUnlessFound(work: Work, criteria: Criteria, resource: Resource): Promise<Written> {
  const found = await matchOne(work, criteria);
  if (found !== undefined) return matched(work, criteria.type, found);
  return work.transact(async (inner) => {
    await lockCriteria(inner, criteria);
    const meanwhile = await matchOne(inner, criteria);
    return meanwhile === undefined ? insert(inner, criteria.type, resource) : matched(inner, criteria.type, meanwhile);
  });
}

async function matched(work: Work, type: string, id: string): Promise<Written> {
  const [current] = await loadShown(work, [{ type, id }]);
  if (current === undefined) throw resourceNotFound(type, id);
  return untouched('matched', current);
}
