import type { Work } from '../../../platform/work.ts';
import { seatFreed } from '../appointments/cancel-appointment.ts';
import { removeHold } from '../seats/seat-store.ts';
import { hashOf } from '../seats/token.ts';
import { openSecret } from '../../../platform/seal.ts';
import { loadWaiting, storeDeclined } from './waiting-store.ts';

/** Gives the seat that was offered to the next, for who answered no; they keep their place in line and are not offered that seat again. */
export async function releaseOffer(work: Work, id: string): Promise<void> {
  await work.transact(async (inner) => {
    const one = await loadWaiting(inner.db, id, true);
    if (one?.state !== 'offered' || one.tokenSealed === null) return;
    await storeDeclined(inner.db, id);
    const session = await removeHold(inner.db, hashOf(openSecret(one.tokenSealed, `waiting:${id}`)));
    if (session !== undefined) await inner.tell({ name: seatFreed, data: { session } });
  });
}
