import type { Work } from '../../../platform/work.ts';
import { answerGet } from '../answer-get.ts';
import { awaitAtEntry } from './entry-refusals.ts';
import type { BundleOptions } from './options.ts';
import type { ReadStep } from './plan.ts';
import type { EntryResult } from './response.ts';

/** Answers a GET or HEAD entry, as the address itself would. */
export async function runRead(work: Work, step: ReadStep, options: BundleOptions): Promise<EntryResult> {
  const { query, method, index, resource: body, ifNoneMatch, ifModifiedSince } = step.entry;
  const answer = await awaitAtEntry(index, () => answerGet(work, { ...options, ...(method === 'POST' ? { body } : {}), path: step.path, query, ifNoneMatch, ifModifiedSince }));
  return { kind: 'answer', answer, head: method === 'HEAD' };
}
