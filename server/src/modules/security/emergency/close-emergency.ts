import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { endEmergency, lockEmergency } from './store.ts';
import { tellRights } from './tell-rights.ts';

/** Closes before its time what the actor opened. One that has ended stays as it is. */
export async function closeEmergency(work: Work, id: string): Promise<void> {
  await work.transact(async (inside) => {
    const emergency = await lockEmergency(inside.db, id);
    if (emergency === undefined || emergency.account !== inside.actor.id) throw noSuchEmergency();
    await endEmergency(inside.db, id, inside.now);
    await tellRights(inside, emergency, 'close');
  });
}

export function noSuchEmergency(): Refusal {
  return new Refusal('not-found', 'security.no-such-emergency', { vi: 'Không có lần mở khẩn cấp này.', en: 'There is no such emergency access.' });
}
