// A transaction: every entry or none, in a handful of statements however many entries it has. R4 §3.1.0.11.2.
import type { Work } from '../../../platform/work.ts';
import { checkMayWrite } from '../access/check-writes.ts';
import { loadAllSeen } from '../access/load-seen.ts';
import { nothingDeleted } from '../delete-resource.ts';
import { raceLost } from '../refusals.ts';
import type { Current } from '../store.ts';
import { untouched, type Written } from '../written.ts';
import { atEntry, eachEntry, RaceLost } from './entry-refusals.ts';
import { readEntry } from './entries.ts';
import { planStep, type ReadStep, type WriteStep } from './plan.ts';
import { transactionLinks } from './references.ts';
import type { BundleOptions } from './options.ts';
import type { EntryResult } from './response.ts';
import { runRead } from './run-read.ts';
import { storeDrafts } from './store-drafts.ts';
import { chooseTargets, refuseOverlaps, type Target } from './targets.ts';

/** Runs the entries as one; gives a result for each, in their order. Refuses all when one cannot be done. */
export async function runTransaction(work: Work, entries: readonly unknown[], options: BundleOptions): Promise<EntryResult[]> {
  const steps = eachEntry(entries, (entry, index) => planStep(readEntry(entry, index, options.base), true));
  const writes = steps.filter((step): step is WriteStep => step.kind !== 'read');
  for (const { entry, kind, type } of writes) atEntry(entry.index, () => checkMayWrite(work, type, kind === 'patch' ? 'update' : kind));
  const reads = steps.filter((step): step is ReadStep => step.kind === 'read');
  for (let attempt = 1; ; attempt++) {
    try {
      return await work.transact(async (inner) => {
        const results = await runWrites(inner, writes, options);
        for (const step of reads) results[step.entry.index] = await runRead(inner, step, options);
        return results;
      });
    } catch (error) {
      if (!(error instanceof RaceLost)) throw error;
      // Inside a wider transaction the whole cannot begin anew; and nobody loses five races in a row by chance.
      if (work.transactional || attempt === 5) throw raceLost(error.type, error.id);
    }
  }
}

async function runWrites(work: Work, steps: readonly WriteStep[], options: BundleOptions): Promise<EntryResult[]> {
  const targets = await chooseTargets(work, steps, options.conditionalDeleteMax);
  refuseOverlaps(targets);
  const currents = await loadTargets(work, targets);
  const links = transactionLinks(targets, options.base);
  const writable = targets.filter((target) => target.role !== 'matched' && target.role !== 'twin');
  const written = await storeDrafts(work, writable, currents, links);
  const results: EntryResult[] = [];
  for (const step of steps) results[step.entry.index] = { kind: 'written', written: nothingDeleted(step.type, step.id) };
  for (const target of targets) results[target.step.entry.index] = { kind: 'written', written: outcomeOf(target, currents, written) };
  return results;
}

// What is written is locked; what a conditional create found is only read, so that transactions which share a doctor do not wait for each other.
async function loadTargets(work: Work, targets: readonly Target[]): Promise<Map<string, Current>> {
  const currents = new Map<string, Current>();
  const written = targets.filter(({ role }) => role === 'known' || role === 'claimed');
  const matched = targets.filter(({ role }) => role === 'matched');
  for (const group of [written, matched]) {
    if (group.length === 0) continue;
    const refs = group.map(({ step, id }) => ({ type: step.type, id }));
    for (const current of await loadAllSeen(work, refs, group === written)) {
      if (current !== undefined) currents.set(`${current.type}/${current.id}`, current);
    }
  }
  return currents;
}

function outcomeOf({ step, id, role }: Target, currents: ReadonlyMap<string, Current>, written: ReadonlyMap<string, Written>): Written {
  const name = `${step.type}/${id}`;
  const current = currents.get(name);
  if (role === 'matched' && current !== undefined) return untouched('matched', current);
  const done = written.get(name);
  if (done === undefined) throw new RaceLost(step.type, id);
  return role === 'twin' ? { ...done, outcome: 'matched' } : done;
}
