// Lists tests with their last values, a bounded part of the record at a time.
import type { ResultSeries } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { resultElements, resultOf } from './fhir-results.ts';
import { continuation } from './paging.ts';
import { gatherSeries } from './result-series.ts';

// A thousand results are about five years of a chronic patient; what is older is read when asked for.
const resultsRead = 1000;
const pointsShown = 8;

/** Lists one row a test of a category among the next thousand results, newest first. Results without a category are `other`. */
export async function listResults(
  work: Work, patientId: string, category: ResultSeries['category'], cursor?: string,
): Promise<{ series: ResultSeries[]; next?: string }> {
  const filter = category === 'other' ? '' : `&category=${category}`;
  const base = `patient=Patient/${patientId}${filter}&_sort=-date&_count=${resultsRead}&_elements=${resultElements}`;
  const found = await searchResources(work, 'Observation', continuation(base, cursor));
  const results = found.resources.flatMap((observation) => resultOf(observation, work.language) ?? []);
  const { next } = found;
  return { series: gatherSeries(results.filter((result) => result.category === category), pointsShown), ...(next !== undefined && { next }) };
}
