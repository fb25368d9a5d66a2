import { starterCodeLists } from '@sen/vietnam';
import type { Work } from '../../platform/work.ts';
import { starterTag, storeLists, yieldsToStarter } from './fhir.ts';

/** Stores our starter sets where no official list stands. Safe at every start: what is there unchanged makes no new version. */
export async function addStarterLists(work: Work): Promise<void> {
  const starters = starterCodeLists().map((list) => ({ ...list, meta: { tag: [starterTag] } }));
  const wanted = await Promise.all(starters.map((list) => yieldsToStarter(work, list)));
  const stored = await storeLists(work, starters.filter((_list, i) => wanted[i] === true));
  const refused = stored.find(({ outcome }) => outcome === 'refused');
  if (refused !== undefined) throw new Error(`the record refuses a starter list: ${refused.problem}`);
}
