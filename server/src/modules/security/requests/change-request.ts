// The next step of a request, and what it does for real.
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { completeRequest, type Completion } from './complete-request.ts';
import { stateAfter, type DataRequest, type StepGiven } from './request.ts';
import { addStep, lockRequest, storeRequest } from './store.ts';

export type ChangeRequest = StepGiven & Completion & { readonly id: string };

/** Takes a request one step further and carries it out where the step says so. Tells `security.request-changed`. */
export async function changeRequest(work: Work, input: ChangeRequest): Promise<DataRequest> {
  return work.transact(async (inside) => {
    const request = await lockRequest(inside.db, input.id);
    if (request === undefined) throw noSuchRequest();
    const state = stateAfter(request, input);
    const moved = { ...request, ...noted(inside.now, request, input), state };
    const changed = { ...moved, ...(await completeRequest(inside, moved, input)) };
    await storeRequest(inside.db, changed);
    await addStep(inside.db, { request: input.id, at: inside.now, actor: inside.actor.id, name: inside.actor.name, step: input.step, ...noteOf(input) });
    tellAudit(inside, { kind: 'request', patients: [request.patient], detail: { request: request.number, kind: request.kind, act: input.step } });
    await inside.tell({ name: 'security.request-changed', data: { request: input.id, state } });
    return changed;
  });
}

function noted(now: number, request: DataRequest, { step, identity, reason, reply }: StepGiven): Partial<DataRequest> {
  const closes = step === 'finish' || step === 'refuse';
  return {
    ...(step === 'identify' && identity !== undefined ? { identity } : {}),
    ...(request.answeredAt === undefined && step !== 'identify' ? { answeredAt: now } : {}),
    ...(closes ? { closedAt: now, reply: reply!.trim() } : {}),
    ...(step === 'refuse' && reason !== undefined ? { reason } : {}),
  };
}

function noteOf({ step, identity, reply }: StepGiven): { note?: string } {
  const note = step === 'identify' ? identity : reply?.trim();
  return note === undefined || note === '' ? {} : { note };
}

export function noSuchRequest(): Refusal {
  return new Refusal('not-found', 'security.no-such-request', { vi: 'Không có yêu cầu này.', en: 'There is no such request.' });
}
