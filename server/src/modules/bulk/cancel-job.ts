import { rm } from 'node:fs/promises';
import type { Work } from '../../platform/work.ts';
import { jobFolder } from './bulk-house.ts';
import { ownerOf } from './job.ts';
import { jobNotFound } from './refusals.ts';
import { loadJob, removeJob } from './store.ts';

/** Ends a job of the actor and removes its files, whether it runs or is done (Bulk Data IG 2.0.0, delete request). What was imported stays. */
export async function cancelJob(work: Work, id: string): Promise<void> {
  const job = await loadJob(work.db, id);
  if (job === undefined || job.owner !== ownerOf(work.actor)) throw jobNotFound();
  await removeJob(work.db, id);
  await rm(jobFolder(id), { recursive: true, force: true });
}
