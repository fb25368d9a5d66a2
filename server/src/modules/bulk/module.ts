import type { ModuleManifest } from '../../platform/module.ts';
import type { Operation } from '../../platform/operation.ts';
import type { HospitalEvent, Work } from '../../platform/work.ts';
import { addBulkRoutes } from './http.ts';
import { purgeExpired } from './purge-expired.ts';
import { requestExport } from './request-export.ts';
import { requestImport } from './request-import.ts';
import { resumeJobs } from './resume-jobs.ts';
import { runExport } from './run-export.ts';
import { runImport } from './run-import.ts';
import { addCapabilities } from '../record/index.ts';

const definitions = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';

const operations: readonly Operation[] = [
  { code: 'export', definition: `${definitions}/export`, needs: 'bulk.export', system: true, run: requestExport },
  { code: 'export', definition: `${definitions}/patient-export`, needs: 'bulk.export', types: ['Patient'], run: requestExport },
  { code: 'export', definition: `${definitions}/group-export`, needs: 'bulk.export', instances: ['Group'], run: requestExport },
  { code: 'import', definition: 'https://sen.vn/fhir/OperationDefinition/import', needs: 'bulk.import', system: true, affectsState: true, run: requestImport },
];

const capabilities = { instantiates: ['http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'] };

const jobOf = ({ data }: HospitalEvent): string => String(data['job']);

export const bulk: ModuleManifest = {
  name: 'bulk',
  owns: 'Exports and imports of many resources as NDJSON, in the background.',
  migrations: new URL('./migrations/', import.meta.url),
  routes: addBulkRoutes,
  operations,
  tells: ['bulk.export-waits', 'bulk.import-waits'],
  hears: {
    'bulk.export-waits': (work: Work, event) => runExport(work, jobOf(event)),
    'bulk.import-waits': (work: Work, event) => runImport(work, jobOf(event)),
  },
  jobs: { purge: { cron: '*/10 * * * *', run: (work) => purgeExpired(work) } },
  start: async (house) => {
    addCapabilities(capabilities);
    await resumeJobs(house);
  },
};
