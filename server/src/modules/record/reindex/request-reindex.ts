import { isResourceType, typeOfCode } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { unknownType } from '../refusals.ts';
import { loadTypesThere } from '../store/index-rows.ts';
import { requestWalks } from '../store.ts';

/** Has the index rows of types (all when none is named) made anew in the background. Searches go on meanwhile. */
export async function requestReindex(work: Work, types: readonly string[]): Promise<void> {
  const unknown = types.find((type) => !isResourceType(type));
  if (unknown !== undefined) throw unknownType(unknown);
  await work.transact(async ({ db }) => requestWalks(db, types.length > 0 ? types : (await loadTypesThere(db)).map(typeOfCode), [], 0));
}
