import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { noSuchRequest } from './change-request.ts';
import { isOpen } from './request.ts';
import { addStep, lockRequest, storeRequest } from './store.ts';

/** Takes back an open request of one of the patients. */
export async function cancelRequest(work: Work, id: string, patients: readonly string[]): Promise<void> {
  await work.transact(async (inside) => {
    const request = await lockRequest(inside.db, id);
    if (request === undefined || !patients.includes(request.patient)) throw noSuchRequest();
    if (!isOpen(request)) throw new Refusal('conflict', 'security.request-closed', { vi: 'Yêu cầu này đã kết thúc.', en: 'This request is closed already.' });
    tellAudit(inside, { kind: 'request', patients: [request.patient], detail: { request: request.number, kind: request.kind, act: 'cancel' } });
    await storeRequest(inside.db, { ...request, state: 'cancelled', closedAt: inside.now });
    await addStep(inside.db, { request: id, at: inside.now, actor: inside.actor.id, name: inside.actor.name, step: 'cancel' });
  });
}
