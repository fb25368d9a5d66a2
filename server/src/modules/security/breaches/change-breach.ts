import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { lockBreach, storeBreach, type Breach } from './store.ts';

export type BreachStep = 'notified' | 'subjects-told' | 'closed';

/** Says that the authority was told (with the number of the notice), that the people were told, or that the matter is closed. */
export async function changeBreach(work: Work, { id, step, noticeNumber }: { id: string; step: BreachStep; noticeNumber?: string }): Promise<Breach> {
  return work.transact(async (inside) => {
    const breach = await lockBreach(inside.db, id);
    if (breach === undefined) throw new Refusal('not-found', 'security.no-such-breach', { vi: 'Không có sự cố này.', en: 'There is no such breach.' });
    const changed = { ...breach, ...stepped(breach, step, noticeNumber?.trim() ?? '', inside.now) };
    await storeBreach(inside.db, changed);
    return changed;
  });
}

function stepped(breach: Breach, step: BreachStep, noticeNumber: string, now: number): Partial<Breach> {
  if (step === 'subjects-told') return { subjectsToldAt: breach.subjectsToldAt ?? now };
  if (step === 'notified') {
    if (noticeNumber === '') throw refuse('security.breach-notice', 'Hãy ghi số văn bản thông báo.', 'Give the number of the notice.');
    return { notifiedAt: breach.notifiedAt ?? now, noticeNumber };
  }
  if (breach.notifiedAt === undefined) throw refuse('security.breach-open', 'Phải thông báo cơ quan chức năng trước khi kết thúc.', 'The authority must be told before the matter is closed.');
  return { closedAt: breach.closedAt ?? now };
}

function refuse(code: string, vi: string, en: string): Refusal {
  return new Refusal('rule', code, { vi, en });
}
