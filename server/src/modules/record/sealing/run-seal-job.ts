import type { Work } from '../../../platform/work.ts';
import { sealBatch } from './seal-batch.ts';

/** A run is short, so that the server can stop between two of them, and leaves most of each minute to the hospital. */
const RUN_MS = 10_000;

/** The job that seals documents stored before they were sealed. One look at one row a minute when all is done. */
export async function runSealJob(work: Work, runMs = RUN_MS): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < runMs && (await sealBatch(work))?.ended === false);
}

export const sealJob = 'seal-documents';
