// What has been merged, by whom, and what was parted again.
import type { MergeLine } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { dayOf } from '../age.ts';
import { personLine } from '../fhir.ts';
import { latestMerges } from './store.ts';

/** Gives the last hundred, newest first, of those whose people the actor may see. */
export async function listMerges(work: Work, patient?: string): Promise<{ merges: MergeLine[] }> {
  const merges = await latestMerges(work.db, patient);
  const ids = [...new Set(merges.flatMap(({ kept, gone }) => [kept, gone]))];
  const lines = new Map<string, MergeLine['kept']>();
  for (let at = 0; at < ids.length; at += 100) {
    const { resources } = await searchResources(work, 'Patient', `_id=${ids.slice(at, at + 100).map((id) => encodeURIComponent(id)).join(',')}&_count=100`);
    for (const one of resources) lines.set(one.id ?? '', personLine(one, dayOf(work.now)));
  }
  return {
    merges: merges.flatMap((merge): MergeLine[] => {
      const [kept, gone] = [lines.get(merge.kept), lines.get(merge.gone)];
      if (kept === undefined || gone === undefined) return [];
      const undone = merge.undone_at === null ? {} : { undone: { at: merge.undone_at.toISOString(), by: merge.undone_by ?? '', stayed: merge.stayed ?? 0 } };
      return [{ id: merge.id, at: merge.at.toISOString(), by: merge.by_name, moved: merge.moved, kept, gone, ...undone }];
    }),
  };
}
