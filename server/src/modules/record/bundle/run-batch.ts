// A batch: each entry succeeds or fails alone. Plain writes share their statements all the same. R4 §3.1.0.11.1.
import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { checkMayWrite } from '../access/check-writes.ts';
import { loadAllSeen } from '../access/load-seen.ts';
import { sameContent } from '../content.ts';
import { createResource } from '../create-resource.ts';
import { deleteMatchingResources, deleteResource, deletion, nothingDeleted } from '../delete-resource.ts';
import { checkIfMatch, checkIfNoneMatch } from '../identity.ts';
import { storeAndKeep } from '../keep-definitions.ts';
import { patchMatchingResource, patchResource } from '../patch-resource.ts';
import { newId, type Change, type Current } from '../store.ts';
import { isDeleted, nextVersion, updateMatchingResource, updateResource } from '../update-resource.ts';
import { untouched, type Written } from '../written.ts';
import { atEntry, awaitAtEntry } from './entry-refusals.ts';
import { readEntry } from './entries.ts';
import { planStep, type Step, type WriteStep } from './plan.ts';
import type { BundleOptions } from './options.ts';
import type { EntryResult } from './response.ts';
import { runConditionalCreates } from './run-conditional-creates.ts';
import { runRead } from './run-read.ts';
import { writtenBy } from './written-by.ts';

const groupSize = 500;
const order = { delete: 0, create: 1, update: 2, patch: 3, read: 4 } as const;

/** Runs the entries one by one in effect; gives a result for each, in their order. */
export async function runBatch(work: Work, entries: readonly unknown[], options: BundleOptions): Promise<EntryResult[]> {
  const results: EntryResult[] = new Array(entries.length);
  const steps: Step[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      steps.push(atEntry(index, () => permitted(work, planStep(readEntry(entry, index, options.base), false))));
    } catch (error) {
      results[index] = { kind: 'failed', failure: options.explain(error) };
    }
  }
  steps.sort((a, b) => order[a.kind] - order[b.kind]);
  const grouped = groupable(steps);
  for (let from = 0; from < grouped.length; from += groupSize) await runGroup(work, grouped.slice(from, from + groupSize), results);
  const conditional = steps.filter((step): step is WriteStep => step.kind === 'create' && step.criteria !== undefined);
  for (let from = 0; from < conditional.length; from += groupSize) await tryTogether(work, conditional.slice(from, from + groupSize), results);
  for (const step of steps) if (results[step.entry.index] === undefined) results[step.entry.index] = await runAlone(work, step, options);
  return results;
}

function isHouse({ actor }: Work): boolean {
  return accessOf(actor).unlimited;
}

function permitted(work: Work, step: Step): Step {
  if (step.kind !== 'read') checkMayWrite(work, step.type, step.kind === 'patch' ? 'update' : step.kind);
  return step;
}

// Whatever goes wrong for all is told to each, alone; results given before a rollback are taken back.
async function tryTogether(work: Work, steps: readonly WriteStep[], results: EntryResult[]): Promise<void> {
  if (steps.length < 2) return;
  const settled: EntryResult[] = [];
  try {
    await runConditionalCreates(work, steps, settled);
  } catch (error) {
    if (work.transactional) throw error;
    return;
  }
  for (const { entry } of steps) if (settled[entry.index] !== undefined) results[entry.index] = settled[entry.index]!;
}

// The first plain write of each resource; whatever follows on the same resource runs after it, alone.
function groupable(steps: readonly Step[]): WriteStep[] {
  const seen = new Set<string>();
  return steps.filter((step): step is WriteStep => {
    if (step.kind === 'read' || step.kind === 'patch' || step.criteria !== undefined) return false;
    if (step.id === undefined) return true;
    const name = `${step.type}/${step.id}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

// What the group leaves without a result (a race lost, a failed precondition, a value the database refuses) runs alone, and is told its own reason.
async function runGroup(work: Work, steps: readonly WriteStep[], results: EntryResult[]): Promise<void> {
  if (steps.length < 2) return;
  const named = steps.filter((step) => step.id !== undefined);
  const currents = new Map<WriteStep, Current | undefined>();
  if (named.length > 0) {
    const loaded = await loadAllSeen(work, named.map((step) => ({ type: step.type, id: step.id! })), false);
    named.forEach((step, i) => currents.set(step, loaded[i]));
  }
  const changes: { step: WriteStep; change: Change }[] = [];
  for (const step of steps) {
    const next = nextOf(work, step, currents.get(step));
    if (next === undefined) continue;
    // judged when it runs alone
    if ('outcome' in next && next.outcome === 'unchanged' && !isHouse(work)) continue;
    if ('outcome' in next) results[step.entry.index] = { kind: 'written', written: next };
    else changes.push({ step, change: next });
  }
  const stored = await storeTogether(work, changes.map(({ change }) => change));
  changes.forEach(({ step, change }, i) => {
    if (stored[i] === true) results[step.entry.index] = { kind: 'written', written: writtenBy(change) };
  });
}

function nextOf(work: Work, step: WriteStep, current: Current | undefined): Change | Written | undefined {
  const { type, kind, resource, entry } = step;
  if (kind === 'create') return nextVersion(work.now, type, newId(work.now), undefined, resource!, 'POST');
  const id = step.id!;
  try {
    checkIfMatch(entry.ifMatch, type, id, current);
    if (kind === 'update') checkIfNoneMatch(entry.ifNoneMatch, type, id, current);
  } catch {
    return undefined;
  }
  if (kind === 'update') {
    if (isDeleted(current)) return undefined;
    if (current !== undefined && sameContent(resource!, current)) return untouched('unchanged', current);
    return nextVersion(work.now, type, id, current, resource!, 'PUT');
  }
  if (current === undefined) return nothingDeleted(type, id);
  return current.json === undefined ? untouched('absent', current) : deletion(work.now, current);
}

async function storeTogether(work: Work, changes: readonly Change[]): Promise<boolean[]> {
  if (changes.length === 0) return [];
  try {
    return await work.transact((inner) => storeAndKeep(inner, changes));
  } catch (error) {
    if (work.transactional) throw error;
    return [];
  }
}

async function runAlone(work: Work, step: Step, options: BundleOptions): Promise<EntryResult> {
  try {
    if (step.kind === 'read') return await runRead(work, step, options);
    return { kind: 'written', written: await awaitAtEntry(step.entry.index, () => writeAlone(work, step, options)) };
  } catch (error) {
    return { kind: 'failed', failure: options.explain(error) };
  }
}

async function writeAlone(work: Work, step: WriteStep, options: BundleOptions): Promise<Written> {
  const { type, id, resource, entry } = step;
  const { query, ifMatch, ifNoneMatch, ifNoneExist } = entry;
  switch (step.kind) {
    case 'create':
      return createResource(work, { type, resource, ifNoneExist });
    case 'update':
      return id === undefined ? updateMatchingResource(work, { type, query, resource, ifMatch }) : updateResource(work, { type, id, resource, ifMatch, ifNoneMatch });
    case 'patch':
      return id === undefined
        ? patchMatchingResource(work, { type, query, patch: step.patch!, ifMatch })
        : patchResource(work, { type, id, patch: step.patch!, ifMatch });
    case 'delete':
      if (id !== undefined) return deleteResource(work, { type, id, ifMatch });
      return (await deleteMatchingResources(work, { type, query, limit: options.conditionalDeleteMax }))[0] ?? nothingDeleted(type, undefined);
  }
}
