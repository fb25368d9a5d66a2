// What waits for a person: the notice list of those who watch over personal data.
import type { Work } from '../../platform/work.ts';
import { countUnnotified } from './breaches/store.ts';
import { countUnreviewed } from './emergency/store.ts';
import { accessOf } from './policy/access-of.ts';
import { dayIn } from './requests/working-days.ts';
import { countOpenRequests } from './requests/store.ts';

interface Waiting {
  readonly what: 'emergencies' | 'requests' | 'breaches';
  readonly waiting: number;
  readonly overdue: number;
}

/** Counts what waits for the actor, and how much of it is late; nothing of what the actor may not handle. */
export async function countAttention(work: Work): Promise<Waiting[]> {
  const access = accessOf(work.actor);
  const items: Waiting[] = [];
  if (access.permits('emergency.review')) items.push({ what: 'emergencies', ...(await countUnreviewed(work.db, work.now)) });
  if (access.permits('request.handle')) items.push({ what: 'requests', ...(await countOpenRequests(work.db, dayIn(work.now))) });
  if (access.permits('emergency.review')) items.push({ what: 'breaches', ...(await countUnnotified(work.db, work.now)) });
  return items;
}
