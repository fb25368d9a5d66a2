// Reads the values of one test over time.
import type { ResultSeries } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { resultElements, resultOf, tokenOf } from './fhir-results.ts';
import { continuation } from './paging.ts';
import { gatherSeries } from './result-series.ts';

const pointsRead = 200;
// A test without a code can only be told by its name, so its values are looked for among the newest thousand results.
const uncodedRead = 1000;

/** Reads the newest 200 values of a test, or those before a cursor; no series when the record holds none. */
export async function readTrend(work: Work, patientId: string, key: string, cursor?: string): Promise<{ series?: ResultSeries; next?: string }> {
  const token = tokenOf(key);
  const filter = token === undefined ? `_count=${uncodedRead}` : `code=${encodeURIComponent(token)}&_count=${pointsRead}`;
  const base = `patient=Patient/${patientId}&${filter}&_sort=-date&_elements=${resultElements}`;
  const found = await searchResources(work, 'Observation', continuation(base, cursor));
  const results = found.resources.flatMap((observation) => resultOf(observation, work.language) ?? []);
  const series = gatherSeries(results.filter((result) => result.key === key), uncodedRead)[0];
  const { next } = found;
  return { ...(series !== undefined && { series }), ...(next !== undefined && { next }) };
}
