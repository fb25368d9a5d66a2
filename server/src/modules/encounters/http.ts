import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import type { Work } from '../../platform/work.ts';
import { checkChartOpen } from '../record/index.ts';
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
import { signDocument } from './sign-document.ts';
import { verifySignatures } from './verify-signatures.ts';

export function encountersRoutes(app: FastifyInstance): void {
  bind(app, contracts.readBanner, ofChart((work, { patientId }) => readBanner(work, patientId)));
  bind(app, contracts.listProblems, ofChart((work, { patientId, limit }) => listProblems(work, patientId, limit)));
  bind(app, contracts.listMedicines, ofChart((work, { patientId, when, cursor }) => listMedicines(work, patientId, when, cursor)));
  bind(app, contracts.latestResults, ofChart((work, { patientId }) => readLatestResults(work, patientId)));
  bind(app, contracts.listResults, ofChart((work, { patientId, category, cursor }) => listResults(work, patientId, category, cursor)));
  bind(app, contracts.readTrend, ofChart((work, { patientId, key, cursor }) => readTrend(work, patientId, key, cursor)));
  bind(app, contracts.readTimeline, ofChart((work, { patientId, limit, cursor }) => readTimeline(work, patientId, limit, cursor)));
  bind(app, contracts.listDocuments, ofChart((work, { patientId, cursor }) => listDocuments(work, patientId, cursor)));
  bind(app, contracts.readDocument, ofChart((work, { patientId, documentId }) => readDocument(work, patientId, documentId)));
  bind(app, contracts.verifyDocument, (work, { patientId, documentId }) => verifySignatures(work, patientId, documentId));
  bind(app, contracts.signDocument, (work, { patientId, documentId, pin }) => signDocument(work, patientId, documentId, pin));
  bind(app, contracts.lookAtChart, ofChart((work, { patientId }) => lookAtChart(work, patientId)));
  bind(app, contracts.listRecentCharts, (work) => listRecentCharts(work));
  bind(app, contracts.listPresentVisits, (work, { cursor }) => listPresentVisits(work, cursor));
}

/** A question about one patient's chart, once the chart is open to whoever asks. */
function ofChart<Input extends { readonly patientId: string }, Output>(answer: (work: Work, input: Input) => Promise<Output>): (work: Work, input: Input) => Promise<Output> {
  return async (work, input) => {
    await checkChartOpen(work, input.patientId);
    return answer(work, input);
  };
}
