import { readResource, updateResource } from '../record/index.ts';
import type { Work } from '../../platform/work.ts';
import { withStatus } from './fhir.ts';
import { setState } from './store.ts';
import { keepWaiting } from './store-events.ts';
import type { State } from './subscription.ts';

/**
 * Writes the status that the server found into the Subscription itself (R4 subscription.html: the status is the server's to set). Refuses (412) when
 * the client changed it meanwhile: then there is a new request to look at.
 */
export async function changeStatus(work: Work, id: string, state: State, error?: string): Promise<void> {
  await work.transact(async (inner) => {
    const resource = await readResource(inner, 'Subscription', id);
    if (resource === undefined) return;
    // first the state: so the keeper sees that the write which follows asks for nothing new
    await setState(inner.db, id, state, error);
    if (state === 'off') await keepWaiting(inner.db, id);
    await updateResource(inner, { type: 'Subscription', id, resource: withStatus(resource, state, error), ifMatch: `W/"${resource.meta?.versionId}"` });
  });
}
