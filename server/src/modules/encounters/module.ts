import type { ModuleManifest } from '../../platform/module.ts';
import { movePatient, resolveCode } from '../identity/index.ts';
import { encountersRoutes } from './http.ts';
import { queueRoutes } from './http-queue.ts';
import { learnTurnLengths, reportLateRooms, startQueue } from './queue/start-queue.ts';
import { loadRooms } from './queue/find-room.ts';
import { findTicketedPatient } from './queue/find-ticketed-patient.ts';
import { answerMovePatient } from './queue/move-visits.ts';
import { answerSign } from './sign-document.ts';
import { summarizePatient } from './summarize-patient.ts';
import { answerVerify } from './verify-signatures.ts';

export const encounters: ModuleManifest = {
  name: 'encounters',
  owns: 'visits and the chart: what a reader sees of a patient, and when each reader looked',
  migrations: new URL('./migrations/', import.meta.url),
  routes: (app, house) => {
    encountersRoutes(app);
    queueRoutes(app, house);
  },
  tells: ['encounters.visit-arrived', 'encounters.visit-called', 'encounters.visit-began', 'encounters.visit-finished', 'encounters.visit-left', 'encounters.room-late'],
  jobs: {
    'report-late-rooms': { cron: '* * * * *', run: (work) => reportLateRooms(work) },
    'learn-lengths': { cron: '40 * * * *', run: (work) => learnTurnLengths(work) },
    'load-rooms': { cron: '*/10 * * * *', run: (work) => loadRooms(work) },
  },
  answers: { ...movePatient.answeredBy(answerMovePatient), ...resolveCode.answeredBy(findTicketedPatient) },
  start: (house) => startQueue(house),
  operations: [
    { code: 'summary', definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary', needs: 'chart.read', types: ['Patient'], instances: ['Patient'], run: summarizePatient },
    { code: 'sign', definition: 'https://sen.vn/fhir/OperationDefinition/document-sign', needs: 'document.sign', instances: ['DocumentReference'], affectsState: true, run: answerSign },
    { code: 'verify-signature', definition: 'https://sen.vn/fhir/OperationDefinition/document-verify-signature', needs: 'signature.verify', instances: ['DocumentReference'], run: answerVerify },
  ],
};
