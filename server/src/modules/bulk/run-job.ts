import { rm } from 'node:fs/promises';
import { actAs } from '../../platform/act-as.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { accessOf, readActor } from '../security/index.ts';
import { bulkHouse, jobFolder } from './bulk-house.ts';
import type { Failure, Job } from './job.ts';
import { ownerGone } from './refusals.ts';
import { countFault, endJob, holdJob, loadJob } from './store.ts';

export type SliceOutcome = 'more' | 'done' | 'cancelled';

/** Faults in a row after which a job is given up; between them the queue waits 2, 4, 8, 16 s. */
const FAULTS_MAX = 5;

/**
 * Works off a slice of a job and queues the next one. Safe to call twice: only one call at a time works on a job, and a job that was killed goes on
 * behind the last batch it noted. A refusal ends the job as failed, any other fault only when it comes five times without progress between.
 */
export async function runJob(work: Work, id: string, slice: (work: Work, job: Job) => Promise<SliceOutcome>): Promise<void> {
  const outcome = await sliceOf(work, id, slice);
  if (outcome === 'cancelled') await rm(jobFolder(id), { recursive: true, force: true });
  if (outcome === 'done') await finish(id, undefined);
  // after the lock has fallen: whoever hears it at once must be able to take the job
  if (typeof outcome === 'object') await work.transact((inner) => inner.tell({ name: `bulk.${outcome.more}-waits`, data: { job: id } }));
}

async function sliceOf(work: Work, id: string, slice: (work: Work, job: Job) => Promise<SliceOutcome>): Promise<'busy' | 'done' | 'cancelled' | { more: Job['kind'] }> {
  try {
    return await work.transact(async (lock) => {
      const job = await holdJob(lock.db, id);
      if (job === undefined) return 'busy';
      const outcome = await slice(await workOfOwner(work, job), job);
      return outcome === 'more' ? { more: job.kind } : outcome;
    });
  } catch (error) {
    if ((await loadJob(work.db, id)) === undefined) return 'cancelled'; // its files went while it wrote them
    await judge(work, id, error);
    return 'busy';
  }
}

/** The work with the rights that whoever began the job has now. Refuses when they have none any more. */
async function workOfOwner(work: Work, { actsFor, kind }: Job): Promise<Work> {
  const actor = actsFor === undefined ? undefined : await readActor(work, actsFor);
  if (actor === undefined || !accessOf(actor).permits(kind === 'export' ? 'bulk.export' : 'bulk.import')) throw ownerGone();
  return actAs(work, actor);
}

async function judge(work: Work, id: string, error: unknown): Promise<void> {
  const final = error instanceof Refusal && error.category !== 'unavailable' && error.category !== 'busy';
  if (!final && (await countFault(work.db, id)) < FAULTS_MAX) throw error;
  await finish(id, error instanceof Refusal ? failureOf(error) : unknownFailure);
  if (!(error instanceof Refusal)) throw error; // into the log
}

const unknownFailure: Failure = { code: 'http.fault', text: { vi: 'Có lỗi trong hệ thống. Xin thử lại sau.', en: 'Something failed inside the system. Please try again later.' }, diagnostics: [] };

function failureOf({ code, text, issues }: Refusal): Failure {
  return { code, text, diagnostics: issues.map(({ diagnostics }) => diagnostics) };
}

async function finish(id: string, failure: Failure | undefined): Promise<void> {
  const { db, now } = bulkHouse().systemWork();
  const expiresAt = now + bulkHouse().settings.bulkKeepHours * 3_600_000;
  await endJob(db, id, { ...(failure === undefined ? {} : { failure }), finishedAt: now, expiresAt });
}
