import type { Work } from '../../../platform/work.ts';
import { loadCalendar, takeDue } from './store.ts';
import { addWorkingDays, dayIn } from './working-days.ts';

/** Tells `security.request-due`, once a day, for each open request that is due today, on the next working day, or late. */
export async function tellDueRequests(work: Work): Promise<void> {
  await work.transact(async (inside) => {
    const today = dayIn(inside.now);
    const soon = addWorkingDays(today, 1, await loadCalendar(inside.db));
    for (const request of await takeDue(inside.db, today, soon)) await inside.tell({ name: 'security.request-due', data: { request } });
  });
}
