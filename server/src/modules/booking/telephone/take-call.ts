import type { SwitchboardCall } from '@sen/contracts';
import { tellLive } from '../../../platform/live.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { viewCall } from './list-calls.ts';
import { takeCallFor } from './store.ts';

/** Takes a call for who asks. Refuses (`booking.call-taken`) one that another operator has, or that is over and forgotten. */
export async function takeCall(work: Work, { call: id }: { call: string }): Promise<SwitchboardCall> {
  const call = await work.transact(async (inside) => {
    const taken = await takeCallFor(inside.db, id, work.actor);
    if (taken !== undefined) await tellLive(inside, 'switchboard/house');
    return taken;
  });
  if (call === undefined) throw new Refusal('conflict', 'booking.call-taken', { vi: 'Người khác đã nhận cuộc gọi này, hoặc cuộc gọi đã hết.', en: 'Somebody else has taken this call, or it is over.' });
  return viewCall(work, call);
}
