import type { TouchAction } from '../../platform/trail.ts';
import type { Work } from '../../platform/work.ts';
import { storeChanges, type Change, type Method, type Writer } from './store.ts';

/** Writes that the entry of one request names; the audit tells those beyond from the log of changes (follow-writes.ts). */
const mostTouches = 500;

const actions: Readonly<Record<Method, TouchAction>> = { POST: 'C', PUT: 'U', PATCH: 'U', DELETE: 'D' };

/** Stores changes with their writer, and tells the trail of the work what has been written once it is committed. */
export async function tellStored(work: Work, changes: readonly Change[]): Promise<boolean[]> {
  const writer: Writer = { actor: work.actor.id, request: work.requestId, patients: new Set() };
  const stored = await storeChanges(work.db, changes, writer);
  await work.afterCommit(async ({ trail }) => {
    if (trail.touches.length + changes.length > mostTouches) return;
    for (const patient of writer.patients) trail.patients.add(patient);
    for (const [i, { type, id, version, current, method }] of changes.entries()) {
      if (stored[i] === true) trail.touches.push({ action: current === undefined && method === 'PUT' ? 'C' : actions[method], type, id, version });
    }
  });
  return stored;
}
