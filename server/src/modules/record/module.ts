import { operationParameters } from '../../platform/operation-parameters.ts';
import type { ModuleManifest } from '../../platform/module.ts';
import { readEverything } from './read-everything.ts';
import { setSearchLimits } from './search/limits.ts';
import { continueLineage, setIndexZone } from './store.ts';

export const record: ModuleManifest = {
  name: 'record',
  owns: 'Every FHIR resource: its versions, its history, the log of changes and search.',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    {
      code: 'everything',
      definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
      types: ['Patient'],
      instances: ['Patient'],
      run: async (work, call) => ({
        json: await readEverything(work, { base: call.base, query: operationParameters(call).asQuery(), ...(call.id === undefined ? {} : { patientId: call.id }) }),
      }),
    },
  ],
  start: async ({ settings, database }) => {
    setIndexZone(settings.timeZone, ownBases(settings));
    setSearchLimits({ countDefault: settings.searchCountDefault, countMax: settings.searchCountMax });
    await continueLineage(database);
  },
};

/** The addresses under which clients may name our own resources: the public one, else those of this machine. */
function ownBases({ publicUrl, port }: { publicUrl: string; port: number }): string[] {
  const roots = publicUrl === '' ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : [publicUrl.replace(/\/+$/, '')];
  return roots.map((root) => `${root}/fhir/R4`);
}
