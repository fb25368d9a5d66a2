import { setTimeout as delay } from 'node:timers/promises';
import type { Work } from '../../../platform/work.ts';
import { restartSealing, type Sealing } from '../store/sealing.ts';
import { sealBatch } from './seal-batch.ts';

export type SealingProgress = Pick<Sealing, 'seen' | 'sealed' | 'ended'>;

const WAIT_MS = 200;

/**
 * Seals at full speed every document that was stored before documents were sealed, beside a server that may run, and tells how far it is after each batch.
 * Goes on where the last walk was cut off; begins anew after one that ended. Ends after the batch at hand when `stopped`.
 */
export async function sealDocuments(newWork: () => Work, tell: (progress: SealingProgress) => void, stopped: AbortSignal): Promise<SealingProgress> {
  await restartSealing(newWork().db);
  for (;;) {
    const progress = await sealBatch(newWork());
    if (progress === undefined) {
      await delay(WAIT_MS);
      continue;
    }
    tell(progress);
    if (stopped.aborted || progress.ended) return progress;
  }
}
