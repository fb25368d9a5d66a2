import type { Work } from '../../../platform/work.ts';
import { findRoom } from '../../encounters/index.ts';
import { appointmentsComing, storeTold } from '../appointments/appointment-store.ts';
import { tellLate } from '../appointments/tell-patient.ts';
import { localDay } from '../seats/local-time.ts';

/** Tells those booked in a room today who are not here yet that it runs late; each once for a quarter of an hour. Gives how many were told. */
export async function sendLateNotices(work: Work, roomId: string, lateMinutes: number): Promise<number> {
  return work.transact(async (inner) => {
    const room = await findRoom(inner, roomId);
    const coming = await appointmentsComing(inner.db, room.id, localDay(inner.now), inner.now);
    const told: string[] = [];
    for (const one of coming) if (await tellLate(inner, one, lateMinutes)) told.push(one.id);
    if (told.length > 0) await storeTold(inner.db, told, lateMinutes);
    return told.length;
  });
}
