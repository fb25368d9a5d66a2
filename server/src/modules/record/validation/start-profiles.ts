import type { Database } from '../../../platform/database.ts';
import { listenTo } from '../../../platform/listen.ts';
import { definitionsChannel, keepDefinitions } from '../keep-definitions.ts';
import { setEnforcement, type Enforcement } from './check-profiles.ts';
import { keepProfiles } from './keep-profiles.ts';
import { forgetProfiles } from './load-profiles.ts';

/** Sets what is enforced, and has the profiles read again whenever another process changes them. Gives what stops it. */
export function startProfiles(database: Database, enforcement: Enforcement): () => Promise<void> {
  keepDefinitions(['StructureDefinition'], keepProfiles);
  setEnforcement(enforcement);
  forgetProfiles();
  return listenTo(database, definitionsChannel, (payload) => {
    if (payload === 'StructureDefinition' || payload === '') forgetProfiles();
  });
}
