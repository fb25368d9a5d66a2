// Parts two merged records again: every resource that the merge wrote and nobody has touched since becomes exactly what it was.
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { importResources, readResource, readVersions } from '../../record/index.ts';
import { moveOwnRecords } from '../../security/index.ts';
import { settlePair } from '../duplicates/store.ts';
import { parsed, partedPatient, revivedPatient } from '../fhir-merge.ts';
import { resolvePatient } from '../registration/resolve-patient.ts';
import { lockKeys } from '../store.ts';
import { movePatient } from './move-patient.ts';
import { endMerge, findMerge, followRenewed, movesOf, type Merge, type Move, type Renewed } from './store.ts';

const batch = 500;

/**
 * Undoes a merge. What was changed since stays with the kept record and is listed; what was added since stays there too, being about the one patient.
 * Refuses a merge that is undone already (`identity.merge-undone`) or whose kept record was merged since (`identity.merged-since`). Tells `identity.patients-parted`.
 */
export async function undoMerge(work: Work, mergeId: string): Promise<{ restored: number; stayed: { type: string; id: string }[] }> {
  return work.transact(async (inner) => {
    const merge = await findMerge(inner.db, mergeId);
    if (merge === undefined) throw new Refusal('not-found', 'identity.no-such-merge', { vi: 'Không có lần nhập hồ sơ này.', en: 'There is no such merge.' });
    if (merge.undone_at !== null) throw new Refusal('conflict', 'identity.merge-undone', { vi: 'Lần nhập này đã được tách.', en: 'This merge has been undone already.' });
    await lockKeys(inner.db, [`merge|${merge.kept}`, `merge|${merge.gone}`]);
    if ((await resolvePatient(inner, merge.kept)).replacedBy !== undefined) throw mergedSince();
    const house = asHouse(inner);
    const { restored, stayed } = await restoreAll(house, merge, await movesOf(inner.db, mergeId));
    await moveOwnRecords(house, { from: merge.kept, to: merge.gone, accounts: merge.accounts });
    await movePatient.ask(house, { from: merge.kept, to: merge.gone, mergeId, undo: true, stayed: stayed.map(({ type, id }) => `${type}/${id}`) });
    await endMerge(inner.db, mergeId, inner.actor.name, stayed.length, inner.now);
    await settlePair(inner.db, merge.kept, merge.gone, null, inner.actor.name, inner.now);
    await inner.tell({ name: 'identity.patients-parted', data: { kept: merge.kept, gone: merge.gone, merge: mergeId } });
    return { restored, stayed };
  });
}

/** What that merge moved went on with the later one: parted in another order, it would come back to the wrong record. */
function mergedSince(): Refusal {
  return new Refusal('conflict', 'identity.merged-since', { vi: 'Hồ sơ đã nhận lần nhập này về sau lại nhập vào hồ sơ khác: tách lần sau trước.', en: 'The record that was kept has been merged into another since: part that one first.' });
}

async function restoreAll(house: Work, { kept, gone }: Merge, moves: readonly Move[]): Promise<{ restored: number; stayed: { type: string; id: string }[] }> {
  const stayed: { type: string; id: string }[] = [];
  let restored = 0;
  for (let at = 0; at < moves.length; at += batch) {
    const some = moves.slice(at, at + batch);
    const untouched = await readVersions(house, some.map(({ type, id, before }) => ({ type, id, version: before })));
    const resources = [];
    const renewed: Renewed[] = [];
    for (const [i, move] of some.entries()) {
      const before = untouched[i];
      const now = await readResource(house, move.type, move.id);
      if (before?.json === undefined) continue;
      const person = move.type === 'Patient' && (move.id === kept || move.id === gone);
      const same = now !== undefined && Number(now.meta?.versionId) === move.after;
      if (same) renewed.push({ type: move.type, id: move.id, was: move.before, now: move.after + 1 });
      if (same) resources.push(parsed(before.json));
      else if (person && now !== undefined) resources.push(move.id === kept ? partedPatient(now, parsed(before.json), gone) : revivedPatient(now, kept));
      else stayed.push({ type: move.type, id: move.id });
      if (!person && same) restored += 1;
    }
    const results = await importResources(house, resources);
    await followRenewed(house.db, renewed);
    if (results.some(({ outcome }) => outcome === 'refused')) throw new Refusal('rule', 'identity.unmerge-blocked', { vi: 'Một phần hồ sơ không trả lại được, nên chưa tách.', en: 'A part of the record cannot be put back, so nothing was parted.' });
  }
  return { restored, stayed };
}
