// Merges one record into another: all that names the one names the other from then on.
import type { MergeField } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findReferring, importResources, readResource, readVersions } from '../../record/index.ts';
import { moveOwnRecords } from '../../security/index.ts';
import { keepJudged, settlePair } from '../duplicates/store.ts';
import { gonePatient, keptPatient, turnedTo } from '../fhir-merge.ts';
import { noSuchPatient, recordMerged } from '../registration/refusals.ts';
import { resolvePatient } from '../registration/resolve-patient.ts';
import { lockKeys } from '../store.ts';
import { movePatient } from './move-patient.ts';
import { addMerge, addMoves, type Move } from './store.ts';

const batch = 500;

/**
 * Merges `from` into `patientId`, in one transaction: resources, the accounts of patients, and the rows of other modules. Refuses a record that is merged
 * already (`identity.record-merged`) or itself (`identity.same-record`). Both must be for the actor to see. Tells `identity.patients-merged`.
 */
export async function mergePatients(work: Work, input: { patientId: string; from: string; take?: readonly MergeField[] }): Promise<{ mergeId: string; moved: number }> {
  const { patientId: kept, from: gone, take = [] } = input;
  if (kept === gone) throw new Refusal('incorrect', 'identity.same-record', { vi: 'Đây là cùng một hồ sơ.', en: 'This is one and the same record.' });
  return work.transact(async (inner) => {
    await lockKeys(inner.db, [`merge|${kept}`, `merge|${gone}`]);
    const [stays, goes] = [await standing(inner, kept), await standing(inner, gone)];
    const house = asHouse(inner);
    const moves = await turnAll(house, gone, kept);
    moves.push(...(await write(house, [keptPatient(stays, goes, take), gonePatient(goes, kept)])));
    const accounts = await moveOwnRecords(house, { from: gone, to: kept });
    const mergeId = await addMerge(inner.db, { kept, gone, byId: inner.actor.id, byName: inner.actor.name, moved: moves.length - 2, accounts }, inner.now);
    await addMoves(inner.db, mergeId, moves);
    await movePatient.ask(house, { from: gone, to: kept, mergeId, undo: false });
    await keepJudged(inner.db, kept, gone, inner.actor.name, inner.now);
    await settlePair(inner.db, kept, gone, 'merged', inner.actor.name, inner.now);
    await inner.tell({ name: 'identity.patients-merged', data: { kept, gone, merge: mergeId } });
    return { mergeId, moved: moves.length - 2 };
  });
}

async function standing(work: Work, id: string): Promise<Awaited<ReturnType<typeof resolvePatient>>['patient']> {
  const { patient, replacedBy } = await resolvePatient(work, id);
  if (replacedBy !== undefined) throw recordMerged();
  if ((await readResource(asHouse(work), 'Patient', id)) === undefined) throw noSuchPatient();
  return patient;
}

/** Turns what refers to the one, some hundreds at a time: each batch is a few statements, whatever its types. */
async function turnAll(house: Work, from: string, to: string): Promise<Move[]> {
  const referring = await findReferring(house, from);
  const moves: Move[] = [];
  for (let at = 0; at < referring.length; at += batch) {
    const versions = await readVersions(house, referring.slice(at, at + batch));
    const turned = versions.flatMap((version) => (version?.json === undefined ? [] : [turnedTo(version.json, from, to)]));
    moves.push(...(await write(house, turned)));
  }
  return moves;
}

/** Writes all of them or nothing; what turns out unchanged (a reference by another way) is no move. */
async function write(house: Work, resources: Parameters<typeof importResources>[1]): Promise<Move[]> {
  const results = await importResources(house, resources);
  const refused = results.find(({ outcome }) => outcome === 'refused');
  if (refused !== undefined) throw new Refusal('rule', 'identity.merge-blocked', { vi: 'Một phần hồ sơ không ghi lại được, nên chưa nhập.', en: 'A part of the record cannot be written anew, so nothing was merged.' }, refused.issues ?? []);
  return resources.flatMap(({ resourceType: type, id = '', meta }, i) => {
    const before = Number(meta?.versionId ?? 0);
    return results[i]?.outcome === 'updated' ? [{ type, id, before, after: before + 1 }] : [];
  });
}
