// Which resource each write of a transaction touches: named by its address, chosen by its criteria, or new.
import type { Work } from '../../../platform/work.ts';
import { namesOf, type Criteria } from '../criteria.ts';
import { badBundle, noMatch, severalMatches, tooManyDeletes } from '../refusals.ts';
import { lockQueries, newId } from '../store.ts';
import { atEntry } from './entry-refusals.ts';
import { criteriaKey, matchMany } from './match-many.ts';
import type { WriteStep } from './plan.ts';

export interface Target {
  readonly step: WriteStep;
  readonly id: string;
  /**
   * `known`: may exist, is loaded and locked. `claimed`: the same, but its conditional update found nothing, so the id must be free.
   * `new`: its id was made just now. `matched`: a conditional create found it and leaves it.
   * `twin`: a conditional create like an earlier one of the same Bundle, which makes the resource for both.
   */
  readonly role: 'known' | 'claimed' | 'new' | 'matched' | 'twin';
}

/** Chooses the targets, in the order of the steps; a delete may have several or none. */
export async function chooseTargets(work: Work, steps: readonly WriteStep[], deleteLimit: number): Promise<Target[]> {
  const found = await matchAll(work, steps, deleteLimit);
  const made = new Map<string, string>();
  const targets: Target[] = [];
  for (const step of steps) {
    if (step.id !== undefined) targets.push({ step, id: step.id, role: 'known' });
    else if (step.criteria === undefined) targets.push({ step, id: newId(work.now), role: 'new' });
    else targets.push(...chosen(work, step, step.criteria, found.get(criteriaKey(step.criteria)) ?? [], made));
  }
  return targets;
}

/** Refuses (400) two writes of one resource: R4 lets the order of entries decide nothing. */
export function refuseOverlaps(targets: readonly Target[]): void {
  const seen = new Map<string, number>();
  for (const { step, id, role } of targets) {
    if (role === 'matched' || role === 'twin') continue;
    const names = [`${step.type}/${id}`];
    if (step.kind === 'update' && step.criteria !== undefined) names.push(criteriaKey(step.criteria));
    for (const name of names) {
      const other = seen.get(name);
      if (other !== undefined) {
        throw badBundle(`Entries ${other} and ${step.entry.index} both write ${name.includes('?') ? `what the same criteria of ${step.type} select` : name}; a transaction may write a resource once.`, `Bundle.entry[${step.entry.index}].request`, 'conflict');
      }
      seen.set(name, step.entry.index);
    }
  }
}

function chosen(work: Work, step: WriteStep, criteria: Criteria, ids: readonly string[], made: Map<string, string>): Target[] {
  if (step.kind === 'delete') return ids.map((id) => ({ step, id, role: 'known' }));
  const [id] = ids;
  if (step.kind === 'update') return [id === undefined ? unmatchedUpdate(work, step) : { step, id, role: 'known' }];
  if (step.kind === 'patch') return [{ step, id: patchable(step, criteria, id), role: 'known' }];
  if (id !== undefined) return [{ step, id, role: 'matched' }];
  const twin = made.get(criteriaKey(criteria));
  if (twin !== undefined) return [{ step, id: twin, role: 'twin' }];
  const fresh = newId(work.now);
  made.set(criteriaKey(criteria), fresh);
  return [{ step, id: fresh, role: 'new' }];
}

function patchable(step: WriteStep, criteria: Criteria, id: string | undefined): string {
  if (id === undefined) throw noMatch(criteria.type, `${namesOf(criteria)} (Bundle.entry[${step.entry.index}])`);
  return id;
}

function unmatchedUpdate(work: Work, step: WriteStep): Target {
  const id = step.resource?.id;
  return id === undefined ? { step, id: newId(work.now), role: 'new' } : { step, id, role: 'claimed' };
}

// Looks before it locks: most criteria find something, and then there is nothing to guard.
async function matchAll(work: Work, steps: readonly WriteStep[], deleteLimit: number): Promise<Map<string, string[]>> {
  const asking = new Map<string, WriteStep>();
  for (const step of steps) if (step.criteria !== undefined) asking.set(criteriaKey(step.criteria), step);
  if (asking.size === 0) return new Map();
  const asked = (entries: Iterable<WriteStep>) => Array.from(entries, ({ criteria, entry }) => ({ criteria: criteria!, index: entry.index }));
  const limit = Math.max(1, deleteLimit) + 1;
  const found = await matchMany(work, asked(asking.values()), limit);
  const guarded = [...asking].filter(([key, { kind }]) => (kind === 'create' || kind === 'update') && found.get(key)!.length === 0);
  if (guarded.length > 0) {
    await lockQueries(work.db, guarded.map(([key]) => key));
    for (const [key, ids] of await matchMany(work, asked(guarded.map(([, step]) => step)), limit)) found.set(key, ids);
  }
  for (const [key, step] of asking) atEntry(step.entry.index, () => refuseTooMany(step, found.get(key)!.length, deleteLimit));
  return found;
}

function refuseTooMany({ kind, type, criteria }: WriteStep, matches: number, deleteLimit: number): void {
  if (kind === 'delete' && matches > deleteLimit) throw tooManyDeletes(type, deleteLimit);
  if (kind !== 'delete' && matches > 1) throw severalMatches(type, namesOf(criteria!));
}
