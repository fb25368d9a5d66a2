import type { Work } from '../../../platform/work.ts';
import { seatFreed } from '../appointments/cancel-appointment.ts';
import { removeHold } from './seat-store.ts';
import { hashOf } from './token.ts';

/** Gives a held seat back at once; whoever has the token may. */
export async function releaseHold(work: Work, token: string): Promise<boolean> {
  return work.transact(async (inner) => {
    const session = await removeHold(inner.db, hashOf(token));
    if (session !== undefined) await inner.tell({ name: seatFreed, data: { session } });
    return session !== undefined;
  });
}
