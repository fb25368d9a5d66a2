import type { ModuleManifest } from '../../platform/module.ts';
import { identityRoutes } from './http.ts';
import { matchPatient } from './match-patient.ts';

export const identity: ModuleManifest = {
  name: 'identity',
  owns: 'who a patient is: finding people, and the facts that tell two people apart',
  routes: identityRoutes,
  operations: [{ code: 'match', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match', needs: 'patient.find', types: ['Patient'], run: matchPatient }],
};
