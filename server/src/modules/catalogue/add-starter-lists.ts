import { starterCodeLists } from '@sen/vietnam';
import type { Work } from '../../platform/work.ts';
import { starterTag, storeLists, withoutOfficial } from './fhir.ts';

/** Stores our starter sets where no official list stands. Safe at every start: what is there unchanged makes no new version. */
export async function addStarterLists(work: Work): Promise<void> {
  const starters = starterCodeLists().map((list) => ({ ...list, meta: { tag: [starterTag] } }));
  const stored = await storeLists(work, await withoutOfficial(work, starters));
  const refused = stored.find(({ outcome }) => outcome === 'refused');
  if (refused !== undefined) throw new Error(`the record refuses a starter list: ${refused.problem}`);
}
