import type { Work } from '../../../platform/work.ts';
import type { Current } from '../store.ts';
import { shownTo } from './hidden-from.ts';
import { loadAllSeen } from './load-seen.ts';
import { noteSeen } from './trail.ts';

/** Loads live resources as they go out to the actor of the work; undefined where there is none that the actor sees. */
export async function loadShown(work: Work, refs: readonly { readonly type: string; readonly id: string }[]): Promise<((Current & { readonly json: Buffer }) | undefined)[]> {
  const shown = shownTo(work);
  const found = await loadAllSeen(work, refs, false);
  noteSeen(work, found.flatMap((current) => (current?.json === undefined ? [] : [{ patient: current.patient ?? '0' }])));
  return found.map((current) => (current?.json === undefined ? undefined : { ...current, json: shown(current.type, current.json) }));
}
