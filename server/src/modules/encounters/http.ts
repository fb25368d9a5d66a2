import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import { listDocuments } from './list-documents.ts';
import { listMedicines } from './list-medicines.ts';
import { listPresentVisits } from './list-present-visits.ts';
import { listProblems } from './list-problems.ts';
import { listRecentCharts } from './list-recent-charts.ts';
import { listResults } from './list-results.ts';
import { lookAtChart } from './look-at-chart.ts';
import { readBanner } from './read-banner.ts';
import { readDocument } from './read-document.ts';
import { readLatestResults } from './read-latest-results.ts';
import { readTimeline } from './read-timeline.ts';
import { readTrend } from './read-trend.ts';

export function encountersRoutes(app: FastifyInstance): void {
  bind(app, contracts.readBanner, (work, { patientId }) => readBanner(work, patientId));
  bind(app, contracts.listProblems, (work, { patientId, limit }) => listProblems(work, patientId, limit));
  bind(app, contracts.listMedicines, (work, { patientId, when, cursor }) => listMedicines(work, patientId, when, cursor));
  bind(app, contracts.latestResults, (work, { patientId }) => readLatestResults(work, patientId));
  bind(app, contracts.listResults, (work, { patientId, category, cursor }) => listResults(work, patientId, category, cursor));
  bind(app, contracts.readTrend, (work, { patientId, key, cursor }) => readTrend(work, patientId, key, cursor));
  bind(app, contracts.readTimeline, (work, { patientId, limit, cursor }) => readTimeline(work, patientId, limit, cursor));
  bind(app, contracts.listDocuments, (work, { patientId, cursor }) => listDocuments(work, patientId, cursor));
  bind(app, contracts.readDocument, (work, { patientId, documentId }) => readDocument(work, patientId, documentId));
  bind(app, contracts.lookAtChart, (work, { patientId }) => lookAtChart(work, patientId));
  bind(app, contracts.listRecentCharts, (work) => listRecentCharts(work));
  bind(app, contracts.listPresentVisits, (work, { cursor }) => listPresentVisits(work, cursor));
}
