import type { Work } from '../../platform/work.ts';
import { purgeEventsBefore } from './store-events.ts';

const dayMs = 86_400_000;

/** Forgets events older than so many days: $events and the dead letters reach back no further. */
export async function purgeEvents(work: Work, days: number): Promise<void> {
  await purgeEventsBefore(work.db, work.now - days * dayMs);
}
