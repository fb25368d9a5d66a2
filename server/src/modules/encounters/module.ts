import type { ModuleManifest } from '../../platform/module.ts';
import { encountersRoutes } from './http.ts';
import { summarizePatient } from './summarize-patient.ts';

export const encounters: ModuleManifest = {
  name: 'encounters',
  owns: 'visits and the chart: what a reader sees of a patient, and when each reader looked',
  migrations: new URL('./migrations/', import.meta.url),
  routes: encountersRoutes,
  operations: [
    { code: 'summary', definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary', needs: 'chart.read', types: ['Patient'], instances: ['Patient'], run: summarizePatient },
  ],
};
