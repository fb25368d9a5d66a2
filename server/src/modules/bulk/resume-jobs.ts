import type { House } from '../../platform/module.ts';
import { setBulkHouse } from './bulk-house.ts';
import { listRunning } from './store.ts';

/** Has jobs go on that a killed process left; what was queued for them waits for the queue's own time-out, a quarter of an hour. */
export async function resumeJobs(house: House): Promise<void> {
  setBulkHouse(house);
  const work = house.systemWork();
  const running = await listRunning(work.db);
  if (running.length === 0) return;
  await work.transact(async (inner) => {
    for (const { id, kind } of running) await inner.tell({ name: `bulk.${kind}-waits`, data: { job: id } });
  });
}
