// What security keeps of stored resources, so that a row can be judged without reading others: who cares for whom, who is famous or works here, and what
// patients have said. Kept in the transaction of the write.
import type { Work } from '../../../platform/work.ts';
import { careTypes, keepConsents, keepGuards, keepRelations } from '../../security/index.ts';
import { keepStoredWrites } from '../keep-stored-definitions.ts';
import type { WriteKeeper } from '../keep-definitions.ts';
import type { Change } from '../store.ts';
import { moveMarks } from './move-marks.ts';

const relations: WriteKeeper = { keep: keepRelations };
const consents: WriteKeeper = { keep: async (work, changes) => moveMarks(work, await keepConsents(work, changes)) };
const guards: WriteKeeper = {
  keep: async (work, changes) => moveMarks(work, (await keepGuards(work, changes)).map(({ patient }) => patient)),
  wants: hasLabels,
};

/** Only labels make a patient famous or a colleague, and only their going ends it. */
function hasLabels({ after, current }: Change): boolean {
  return after?.resource.meta?.['security'] !== undefined || current?.json?.includes('"security"') === true;
}

/** Registers the keepers. Call at start. */
export function rightsKept(): readonly (readonly [types: readonly string[], keeper: WriteKeeper])[] {
  return [[careTypes, relations], [['Patient'], guards], [['Consent'], consents]];
}

/** Keeps once what was stored before there were keepers. */
export async function keepStoredRights(work: Work): Promise<void> {
  await keepStoredWrites(work, 'relations', careTypes, relations.keep);
  await keepStoredWrites(work, 'guards', ['Patient'], (inner, changes) => guards.keep(inner, changes.filter(hasLabels)));
  await keepStoredWrites(work, 'consents', ['Consent'], consents.keep);
}
