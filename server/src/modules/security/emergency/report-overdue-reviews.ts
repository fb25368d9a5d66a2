import type { Work } from '../../../platform/work.ts';
import { takeOverdue } from './store.ts';

/** Tells `security.emergency-review-overdue` once for each review that has become late. */
export async function reportOverdueReviews(work: Work): Promise<void> {
  await work.transact(async (inside) => {
    for (const emergency of await takeOverdue(inside.db, inside.now)) await inside.tell({ name: 'security.emergency-review-overdue', data: { emergency } });
  });
}
