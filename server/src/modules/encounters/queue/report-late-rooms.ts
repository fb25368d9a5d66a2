// Watches the delay of rooms: told when it is worth a message, told again only when it has grown much, and forgotten when it is over.
import type { Work } from '../../../platform/work.ts';
import { localDay } from './local-day.ts';
import { lateRooms, storeLateTold } from './room-store.ts';
import { tellLive } from '../../../platform/live.ts';

const worthTellingMinutes = 15;
const againMinutes = 15;

/** Tells `encounters.room-late` for rooms that are 15 min behind, and again for each further 15. */
export async function reportLateRooms(work: Work): Promise<void> {
  const day = localDay(work.now);
  await work.transact(async (inner) => {
    for (const { roomId, facility, lateMinutes, lateTold } of await lateRooms(inner.db, day, inner.now)) {
      const isOver = lateTold > 0 && lateMinutes === 0;
      const isWorse = lateMinutes >= worthTellingMinutes && lateMinutes >= lateTold + againMinutes;
      if (!isOver && !isWorse) continue;
      await storeLateTold(inner.db, facility, roomId, day, lateMinutes);
      await tellLive(inner, `room/${roomId}`);
      if (isWorse) await inner.tell({ name: 'encounters.room-late', data: { roomId, facility, day, lateMinutes } });
    }
  });
}
