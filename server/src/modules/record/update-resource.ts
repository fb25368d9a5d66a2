import type { Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { checkResource } from './check-resource.ts';
import { nextInstant, sameContent, stamp } from './content.ts';
import { insert } from './create-resource.ts';
import { criteriaOf, namesOf, type Criteria } from './criteria.ts';
import { checkAddress, checkIfMatch, checkIfNoneMatch } from './identity.ts';
import { storeAndKeep } from './keep-definitions.ts';
import { lockCriteria, matchOne } from './match-criteria.ts';
import { idTaken, invalidResource, issue, matchedOtherId, noMatch, raceLost } from './refusals.ts';
import { checkMayWrite, checkRepeat } from './access/check-writes.ts';
import { loadAllSeen, loadSeen } from './access/load-seen.ts';
import type { Change, Current } from './store.ts';
import { untouched, type Written } from './written.ts';

export interface UpdateInput {
  readonly type: string;
  readonly id: string;
  readonly resource: unknown;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** Replaces a resource, or creates it under the id the client chose (R4 §3.1.0.4). Equal content makes no new version. */
export async function updateResource(work: Work, input: UpdateInput): Promise<Written> {
  checkAddress(input.type, input.id);
  const resource = checkResource(input.type, input.resource);
  checkSameId(input.type, input.id, resource);
  return writeOver(work, { ...input, method: 'PUT', content: () => resource });
}

/** Updates the one resource that criteria select, or creates it when they select none (R4 §3.1.0.4.3). */
export async function updateMatchingResource(
  work: Work,
  input: { type: string; query: URLSearchParams; resource: unknown; ifMatch?: string | undefined },
): Promise<Written> {
  const criteria = criteriaOf(input.type, input.query);
  checkMayWrite(work, input.type, 'update');
  const resource = checkResource(input.type, input.resource);
  return work.transact(async (inner) => {
    await lockCriteria(inner, criteria);
    const found = await matchOne(inner, criteria);
    if (found === undefined) return createMatching(inner, criteria, resource, input.ifMatch);
    if (resource.id !== undefined && resource.id !== found) throw matchedOtherId(input.type, resource.id, found);
    return writeOver(inner, { type: input.type, id: found, ifMatch: input.ifMatch, method: 'PUT', content: () => ({ ...resource, id: found }) });
  });
}

export interface OverwriteInput {
  readonly type: string;
  readonly id: string;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly method: 'PUT' | 'PATCH';
  /** Makes the checked new content from the current state; runs again when the state moved on. */
  readonly content: (current: Current | undefined) => Resource | Promise<Resource>;
}

/** Writes the next version: at first without a lock, then, when another writer was faster, under one. */
export async function writeOver(work: Work, input: OverwriteInput): Promise<Written> {
  checkMayWrite(work, input.type, 'update');
  const first = work.transactional ? undefined : await tryToWrite(work, input, await loadSeen(work, input.type, input.id));
  if (first !== undefined) return first;
  return work.transact(async (inner) => {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const [current] = await loadAllSeen(inner, [input], true);
      const written = await tryToWrite(inner, input, current);
      if (written !== undefined) return written;
    }
    throw raceLost(input.type, input.id);
  });
}

/** Refuses (400) a body whose id is missing or not that of the address. */
export function checkSameId(type: string, id: string, resource: Resource, path: string = type): void {
  if (resource.id === id) return;
  const found = resource.id === undefined ? 'has none' : `says "${resource.id}"`;
  throw invalidResource([issue('value', `The address names ${type}/${id}, but the body ${found}; R4 asks that they be the same.`, `${path}.id`)]);
}

/** The change that makes `resource` the next version after `current`. */
export function nextVersion(now: number, type: string, id: string, current: Current | undefined, resource: Resource, method: Change['method']): Change {
  const version = (current?.version ?? 0) + 1;
  const updated = nextInstant(now, current?.updated);
  return { type, id, current, version, updated, after: stamp(resource, id, version, updated), method };
}

/** Tells whether the resource was there and is deleted. */
export function isDeleted(current: Current | undefined): boolean {
  return current !== undefined && current.json === undefined;
}

async function tryToWrite(work: Work, input: OverwriteInput, current: Current | undefined): Promise<Written | undefined> {
  checkIfMatch(input.ifMatch, input.type, input.id, current);
  checkIfNoneMatch(input.ifNoneMatch, input.type, input.id, current);
  const resource = await input.content(current);
  if (current !== undefined && sameContent(resource, current)) {
    await checkRepeat(work, current, resource);
    return untouched('unchanged', current);
  }
  if (isDeleted(current) && !work.transactional) return undefined; // bringing back is safe only under loadCurrents' lock
  const change = nextVersion(work.now, input.type, input.id, current, resource, input.method);
  const [stored] = await storeAndKeep(work, [change]);
  if (stored !== true) return undefined;
  const { type, id, version, updated } = change;
  return { outcome: current?.json === undefined ? 'created' : 'updated', type, id, version, updated, json: change.after?.json };
}

async function createMatching(work: Work, criteria: Criteria, resource: Resource, ifMatch: string | undefined): Promise<Written> {
  const { type } = criteria;
  if (resource.id === undefined) {
    if (ifMatch !== undefined) throw noMatch(type, namesOf(criteria));
    return insert(work, type, resource);
  }
  const id = resource.id;
  const current = await loadSeen(work, type, id);
  if (current?.json !== undefined) throw idTaken(type, id);
  return writeOver(work, { type, id, ifMatch, method: 'PUT', content: () => resource });
}
