import type { ModuleManifest } from '../../platform/module.ts';
import { reviewPatient } from './duplicates/review-patient.ts';
import { identityRoutes } from './http.ts';
import { matchPatient } from './match-patient.ts';

export const identity: ModuleManifest = {
  name: 'identity',
  owns: 'who a patient is: registering and finding people, cards, doubles and their merging, relatives',
  migrations: new URL('./migrations/', import.meta.url),
  routes: identityRoutes,
  operations: [{ code: 'match', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match', needs: 'patient.find', types: ['Patient'], run: matchPatient }],
  tells: ['identity.patient-registered', 'identity.patient-changed', 'identity.patients-merged', 'identity.patients-parted'],
  hears: { 'identity.patient-registered': reviewPatient, 'identity.patient-changed': reviewPatient },
};
