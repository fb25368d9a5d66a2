import type { ModuleManifest } from '../../platform/module.ts';
import { setSearchLimits } from './search/limits.ts';
import { continueLineage, setIndexZone } from './store.ts';

export const record: ModuleManifest = {
  name: 'record',
  owns: 'Every FHIR resource: its versions, its history, the log of changes and search.',
  migrations: new URL('./migrations/', import.meta.url),
  start: async ({ settings, database }) => {
    setIndexZone(settings.timeZone);
    setSearchLimits({ countDefault: settings.searchCountDefault, countMax: settings.searchCountMax });
    await continueLineage(database);
  },
};
