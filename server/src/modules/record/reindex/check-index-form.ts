import { typeOfCode } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { indexFormat } from '../store/index-format.ts';
import { loadTypesThere } from '../store/index-rows.ts';
import { lockIndexForm, requestWalks, setIndexForm } from '../store.ts';

/**
 * Compares what the stored index rows were made by (form, zone of partial dates) with this code and these settings; has all rows made anew when
 * they differ. Gives true then. Searches go on meanwhile, and say in a warning what they may miss.
 */
export async function checkIndexForm(work: Work, zone: string): Promise<boolean> {
  return work.transact(async ({ db }) => {
    const stored = await lockIndexForm(db);
    const isSame = stored.form === indexFormat && (stored.zone ?? zone) === zone;
    if (isSame && stored.zone !== undefined) return false;
    await setIndexForm(db, { form: indexFormat, zone });
    const types = isSame ? [] : (await loadTypesThere(db)).map(typeOfCode);
    if (types.length > 0) await requestWalks(db, types, ['*'], 0);
    return types.length > 0;
  });
}
