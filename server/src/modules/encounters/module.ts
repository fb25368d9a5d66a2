import type { ModuleManifest } from '../../platform/module.ts';
import { encountersRoutes } from './http.ts';
import { answerSign } from './sign-document.ts';
import { summarizePatient } from './summarize-patient.ts';
import { answerVerify } from './verify-signatures.ts';

export const encounters: ModuleManifest = {
  name: 'encounters',
  owns: 'visits and the chart: what a reader sees of a patient, and when each reader looked',
  migrations: new URL('./migrations/', import.meta.url),
  routes: encountersRoutes,
  operations: [
    { code: 'summary', definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary', needs: 'chart.read', types: ['Patient'], instances: ['Patient'], run: summarizePatient },
    { code: 'sign', definition: 'https://sen.vn/fhir/OperationDefinition/document-sign', needs: 'document.sign', instances: ['DocumentReference'], affectsState: true, run: answerSign },
    { code: 'verify-signature', definition: 'https://sen.vn/fhir/OperationDefinition/document-verify-signature', needs: 'signature.verify', instances: ['DocumentReference'], run: answerVerify },
  ],
};
