import { randomId } from '../../platform/ids.ts';
import type { Work } from '../../platform/work.ts';
import { bulkHouse } from './bulk-house.ts';
import { keptActor } from '../security/index.ts';
import { ownerOf, type Job } from './job.ts';
import { tooManyJobs } from './refusals.ts';
import { addJob } from './store.ts';

/** A new id of a job; part of addresses, thus not to be guessed. */
export function newJobId(): string {
  return randomId() + randomId();
}

/** Adds a job and has it started; gives its id. Refuses (429) more than SEN_BULK_JOBS_MAX running ones of one account. Tells `bulk.<kind>-waits`. */
export async function beginJob(work: Work, job: Pick<Job, 'kind' | 'base' | 'request' | 'asked'>, id = newJobId()): Promise<string> {
  const most = bulkHouse().settings.bulkJobsMax;
  await work.transact(async (inner) => {
    if (!(await addJob(inner.db, { ...job, id, owner: ownerOf(work.actor), actsFor: keptActor(work.actor), createdAt: work.now } as Job, most))) throw tooManyJobs(most);
    await inner.tell({ name: `bulk.${job.kind}-waits`, data: { job: id } });
  });
  return id;
}
