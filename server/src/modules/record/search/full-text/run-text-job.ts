import type { Database } from '../../../../platform/database.ts';
import { queueJob } from '../../../../platform/events.ts';
import type { Work } from '../../../../platform/work.ts';
import { searchLimits } from '../limits.ts';
import { followTexts } from './follow-texts.ts';

/** A run is short, so that the server can stop between two of them. */
const RUN_MS = 2000;

let followsUp = false;

/**
 * The job that gathers words for full text. Runs each minute; while more is left than a run can do, it queues the next run itself, one at a time
 * whatever the minute adds.
 */
export async function runTextJob(database: Database, work: Work, data: unknown, runMs = RUN_MS): Promise<void> {
  if (!searchLimits().fullText) return;
  if ((data as { next?: boolean } | null)?.next === true) followsUp = false;
  if ((await followTexts(work, runMs)) || followsUp) return;
  followsUp = true;
  await queueJob(database, work, 'record', textJob, { next: true });
}

export const textJob = 'follow-texts';
