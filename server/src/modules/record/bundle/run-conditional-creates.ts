import type { Work } from '../../../platform/work.ts';
import { loadShown } from '../access/load-shown.ts';
import { storeAndKeep } from '../keep-definitions.ts';
import { lockQueries, newId } from '../store.ts';
import { nextVersion } from '../update-resource.ts';
import { untouched } from '../written.ts';
import { criteriaKey, matchMany } from './match-many.ts';
import type { WriteStep } from './plan.ts';
import type { EntryResult } from './response.ts';
import { writtenBy } from './written-by.ts';

/**
 * Conditional creates of a batch, together: what is there is found in a few searches, what is not is made in one transaction under its locks.
 * An entry that cannot be settled so (several matches, the twin of another entry, a race lost) is left without a result, for its turn alone.
 */
export async function runConditionalCreates(work: Work, steps: readonly WriteStep[], results: EntryResult[]): Promise<void> {
  const found = await matchMany(work, asked(steps), 2);
  const matched = steps.filter((step) => found.get(keyOf(step))!.length === 1);
  await tellMatched(work, matched, found, results);
  const missing = [...new Map(steps.filter((step) => found.get(keyOf(step))!.length === 0).map((step) => [keyOf(step), step])).values()];
  if (missing.length > 0) await work.transact((inner) => makeMissing(inner, missing, results));
}

async function tellMatched(work: Work, steps: readonly WriteStep[], found: ReadonlyMap<string, string[]>, results: EntryResult[]): Promise<void> {
  if (steps.length === 0) return;
  const currents = await loadShown(work, steps.map((step) => ({ type: step.type, id: found.get(keyOf(step))![0]! })));
  steps.forEach((step, i) => {
    const current = currents[i];
    if (current !== undefined) results[step.entry.index] = { kind: 'written', written: untouched('matched', current) };
  });
}

async function makeMissing(work: Work, steps: readonly WriteStep[], results: EntryResult[]): Promise<void> {
  await lockQueries(work.db, steps.map(keyOf));
  const meanwhile = await matchMany(work, asked(steps), 1);
  const free = steps.filter((step) => meanwhile.get(keyOf(step))!.length === 0);
  const changes = free.map((step) => nextVersion(work.now, step.type, newId(work.now), undefined, step.resource!, 'POST'));
  const stored = await storeAndKeep(work, changes);
  free.forEach((step, i) => {
    if (stored[i] === true) results[step.entry.index] = { kind: 'written', written: writtenBy(changes[i]!) };
  });
}

function asked(steps: readonly WriteStep[]) {
  return steps.map(({ criteria, entry }) => ({ criteria: criteria!, index: entry.index }));
}

function keyOf({ criteria }: WriteStep): string {
  return criteriaKey(criteria!);
}
