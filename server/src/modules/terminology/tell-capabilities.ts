import type { Queryable } from '../../platform/database.ts';
import { expansionParameters } from './answer-expand.ts';
import { listCodeSystems } from './store-code-systems.ts';

/** The TerminologyCapabilities of this server (R4 terminologycapabilities.html), for /metadata?mode=terminology. `base`: address of the endpoint; now: ms since 1970. */
export async function terminologyCapabilities(db: Queryable, { base, now }: { base: string; now: number }): Promise<object> {
  const systems = Map.groupBy(await listCodeSystems(db), ({ url }) => url);
  return {
    resourceType: 'TerminologyCapabilities', status: 'active', date: new Date(now).toISOString(), kind: 'instance',
    software: { name: 'Sen' }, implementation: { description: 'Sen', url: base },
    codeSystem: [...systems].map(([uri, editions]) => {
      const versions = editions.flatMap(({ version }) => (version === undefined ? [] : [{ code: version }]));
      return { uri, ...(versions.length > 0 ? { version: versions } : {}), subsumption: true };
    }),
    expansion: { hierarchical: true, paging: true, incomplete: false, parameter: expansionParameters.map((name) => ({ name })), textFilter: 'Beginnings of words, all of them, without accents or case, in code, display and designations of every language.' },
    codeSearch: 'all',
    validateCode: { translations: true },
    translation: { needsMap: false },
    closure: { translation: false },
  };
}
