import { operationParameters } from '../../platform/operation-parameters.ts';
import type { Database } from '../../platform/database.ts';
import type { ModuleManifest } from '../../platform/module.ts';
import { keepForeignEvents } from '../security/index.ts';
import { keepTerminology, keptTypes } from '../terminology/index.ts';
import { runGraphql } from './graphql/run-graphql.ts';
import { addMeta, deleteMeta, readMeta } from './operations/change-meta.ts';
import { readLastObservations } from './operations/read-last-observations.ts';
import { writeDocument } from './operations/write-document.ts';
import { answersToSecurity } from './answer-security.ts';
import { startFollowingWrites } from './follow-writes.ts';
import { keepStoredRights, rightsKept } from './access/keep-rights.ts';
import { keepDefinitions, keepWrites } from './keep-definitions.ts';
import { keepStoredDefinitions } from './keep-stored-definitions.ts';
import { readEverything } from './read-everything.ts';
import { answerReindex, answerReindexStatus } from './reindex/answer-reindex.ts';
import { startIndexing } from './reindex/start-indexing.ts';
import { runTextJob, textJob } from './search/full-text/run-text-job.ts';
import { setSearchLimits } from './search/limits.ts';
import { continueLineage, setIndexZone } from './store.ts';
import { runValidate } from './validation/run-validate.ts';
import { runSealJob, sealJob } from './sealing/run-seal-job.ts';
import { startSealing } from './sealing/start-sealing.ts';
import { startProfiles } from './validation/start-profiles.ts';

let opened: Database | undefined;
let stopIndexing: (() => Promise<void>) | undefined;
let stopFollowingWrites: (() => Promise<void>) | undefined;
let stopProfiles: (() => Promise<void>) | undefined;

export const record: ModuleManifest = {
  name: 'record',
  owns: 'Every FHIR resource: its versions, its history, the log of changes and search.',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    {
      code: 'graphql',
      definition: 'http://hl7.org/fhir/OperationDefinition/Resource-graphql', needs: 'fhir.use',
      system: true,
      types: 'every',
      instances: 'every',
      takes: ['application/graphql'],
      answersOther: true,
      run: runGraphql,
    },
    { code: 'meta', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta', needs: 'fhir.use', instances: 'every', run: readMeta },
    { code: 'meta-add', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta-add', needs: 'fhir.use', instances: 'every', affectsState: true, run: addMeta },
    { code: 'meta-delete', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta-delete', needs: 'fhir.use', instances: 'every', affectsState: true, run: deleteMeta },
    { code: 'lastn', definition: 'http://hl7.org/fhir/OperationDefinition/Observation-lastn', needs: 'fhir.use', types: ['Observation'], run: readLastObservations },
    { code: 'document', definition: 'http://hl7.org/fhir/OperationDefinition/Composition-document', needs: 'fhir.use', types: ['Composition'], instances: ['Composition'], run: writeDocument },
    {
      code: 'everything',
      definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything', needs: 'fhir.use',
      types: ['Patient'],
      instances: ['Patient'],
      run: async (work, call) => ({
        json: await readEverything(work, { base: call.base, query: operationParameters(call).asQuery(), ...(call.id === undefined ? {} : { patientId: call.id }) }),
      }),
    },
    { code: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate', needs: 'fhir.use', types: 'every', instances: 'every', run: runValidate },
    { code: 'reindex', definition: 'https://sen.vn/fhir/OperationDefinition/reindex', needs: 'record.maintain', system: true, affectsState: true, run: answerReindex },
    { code: 'reindex-status', definition: 'https://sen.vn/fhir/OperationDefinition/reindex-status', needs: 'record.maintain', system: true, run: answerReindexStatus },
  ],
  answers: answersToSecurity,
  jobs: {
    [textJob]: { cron: '* * * * *', run: (work, data) => runTextJob(opened as Database, work, data) },
    [sealJob]: { cron: '* * * * *', run: (work) => runSealJob(work) },
  },
  start: async (house) => {
    const { settings, database } = house;
    opened = database;
    await startSealing(house);
    setIndexZone(settings.timeZone, ownBases(settings));
    setSearchLimits({ countDefault: settings.searchCountDefault, countMax: settings.searchCountMax, fullText: settings.fullText });
    keepDefinitions(keptTypes, keepTerminology);
    keepDefinitions(['AuditEvent'], keepForeignEvents);
    for (const [types, keeper] of rightsKept()) keepWrites(types, keeper);
    await keepStoredDefinitions(house.systemWork(), 'terminology', keptTypes, keepTerminology);
    await continueLineage(database);
    await keepStoredRights(house.systemWork());
    stopProfiles = startProfiles(database, settings.profiles);
    stopIndexing = await startIndexing(house);
    stopFollowingWrites = startFollowingWrites(house);
  },
  stop: async () => {
    await stopFollowingWrites?.();
    await stopProfiles?.();
    await stopIndexing?.();
  },
};

/** The addresses under which clients may name our own resources: the public one, else those of this machine. */
function ownBases({ publicUrl, port }: { publicUrl: string; port: number }): string[] {
  const roots = publicUrl === '' ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : [publicUrl.replace(/\/+$/, '')];
  return roots.map((root) => `${root}/fhir/R4`);
}
