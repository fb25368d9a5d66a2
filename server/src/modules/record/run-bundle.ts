import type { Work } from '../../platform/work.ts';
import { readBundle } from './bundle/entries.ts';
import type { BundleOptions } from './bundle/options.ts';
import { bundleResponse } from './bundle/response.ts';
import { runBatch } from './bundle/run-batch.ts';
import { runTransaction } from './bundle/run-transaction.ts';

/** Runs a batch or a transaction (R4 §3.1.0.11) and writes its response Bundle, in the order of the request. */
export async function runBundle(work: Work, bundle: unknown, options: BundleOptions): Promise<Buffer> {
  const { type, entries } = readBundle(bundle, options.maxEntries);
  const run = type === 'transaction' ? runTransaction : runBatch;
  return bundleResponse(type, await run(work, entries, options), options.base, options.returns);
}
