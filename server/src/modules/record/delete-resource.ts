import type { Work } from '../../platform/work.ts';
import { auditStays } from '../security/index.ts';
import { isOwnEvent } from './answer-audit-events.ts';
import { nextInstant } from './content.ts';
import { criteriaOf } from './criteria.ts';
import { checkAddress, checkIfMatch } from './identity.ts';
import { storeAndKeep } from './keep-definitions.ts';
import { lockCriteria } from './match-criteria.ts';
import { raceLost, tooManyDeletes } from './refusals.ts';
import { findMatches } from './search/search.ts';
import { checkMayWrite } from './access/check-writes.ts';
import { loadAllSeen, loadSeen } from './access/load-seen.ts';
import type { Change, Current } from './store.ts';
import { untouched, type Written } from './written.ts';

export interface DeleteInput {
  readonly type: string;
  readonly id: string;
  readonly ifMatch?: string | undefined;
}

/** Deletes a resource, keeping its history (R4 §3.1.0.7). Repeating it, or deleting what never was, changes nothing. */
export async function deleteResource(work: Work, input: DeleteInput): Promise<Written> {
  checkAddress(input.type, input.id);
  checkMayWrite(work, input.type, 'delete');
  if (isOwnEvent(input.type, input.id)) throw auditStays();
  const first = await tryToDelete(work, input, await loadSeen(work, input.type, input.id));
  if (first !== undefined) return first;
  return work.transact(async (inner) => {
    const [current] = await loadAllSeen(inner, [input], true);
    const written = await tryToDelete(inner, input, current);
    if (written === undefined) throw raceLost(input.type, input.id);
    return written;
  });
}

/** Deletes all that criteria select, at most `limit` (R4 §3.1.0.7.1); beyond it refuses (412) and deletes nothing. */
export async function deleteMatchingResources(work: Work, input: { type: string; query: URLSearchParams; limit: number }): Promise<Written[]> {
  const criteria = criteriaOf(input.type, input.query);
  checkMayWrite(work, input.type, 'delete');
  return work.transact(async (inner) => {
    await lockCriteria(inner, criteria);
    const matches = await findMatches(inner, input.type, criteria.query, input.limit + 1);
    if (matches.length > input.limit) throw tooManyDeletes(input.type, input.limit);
    const currents = await loadAllSeen(inner, matches.map(({ id }) => ({ type: input.type, id })), true);
    const changes = currents.filter((current) => current?.json !== undefined).map((current) => deletion(inner.now, current!));
    const stored = await storeAndKeep(inner, changes);
    const lost = stored.indexOf(false);
    if (lost >= 0) throw raceLost(input.type, changes[lost]!.id);
    return changes.map(deleted);
  });
}

/** The change that deletes what is there. */
export function deletion(now: number, current: Current): Change {
  const { type, id } = current;
  return { type, id, current, version: current.version + 1, updated: nextInstant(now, current.updated), after: undefined, method: 'DELETE' };
}

/** What a stored deletion did. */
export function deleted({ type, id, version, updated }: Change): Written {
  return { outcome: 'deleted', type, id, version, updated, json: undefined };
}

/** What deleting something that never was did. */
export function nothingDeleted(type: string, id: string | undefined): Written {
  return { outcome: 'absent', type, id, version: undefined, updated: undefined, json: undefined };
}

async function tryToDelete(work: Work, input: DeleteInput, current: Current | undefined): Promise<Written | undefined> {
  checkIfMatch(input.ifMatch, input.type, input.id, current);
  if (current === undefined) return nothingDeleted(input.type, input.id);
  if (current.json === undefined) return untouched('absent', current);
  const change = deletion(work.now, current);
  const [stored] = await storeAndKeep(work, [change]);
  return stored === true ? deleted(change) : undefined;
}
