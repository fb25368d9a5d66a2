// Reads the tests that matter most now, each with its last five values.
import type { ResultSeries } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { resultElements, resultOf, tokenOf, type LabResult } from './fhir-results.ts';
import { chooseTiles, gatherSeries } from './result-series.ts';

const pointsShown = 5;
// The newest 120 hold the last three or four full blood panels; tests chosen from them that need older values ask for their own.
const laboratoryRead = 120;
const vitalSignsRead = 40;

/** Reads at most eight series. */
export async function readLatestResults(work: Work, patientId: string): Promise<{ series: ResultSeries[] }> {
  const [laboratory, vitalSigns] = await Promise.all([
    newest(work, patientId, 'category=laboratory', laboratoryRead),
    newest(work, patientId, 'category=vital-signs', vitalSignsRead),
  ]);
  const tiles = chooseTiles(gatherSeries(laboratory.results, pointsShown), gatherSeries(vitalSigns.results, pointsShown));
  const mayHaveMore = { laboratory: laboratory.more, 'vital-signs': vitalSigns.more, other: false };
  const series = await Promise.all(tiles.map((tile) => (tile.points.length < pointsShown && mayHaveMore[tile.category] ? completed(work, patientId, tile) : tile)));
  return { series };
}

async function newest(work: Work, patientId: string, filter: string, count: number): Promise<{ results: LabResult[]; more: boolean }> {
  const found = await searchResources(work, 'Observation', `patient=Patient/${patientId}&${filter}&_sort=-date&_count=${count}&_elements=${resultElements}`);
  return { results: found.resources.flatMap((observation) => resultOf(observation, work.language) ?? []), more: found.next !== undefined };
}

async function completed(work: Work, patientId: string, tile: ResultSeries): Promise<ResultSeries> {
  const token = tokenOf(tile.key);
  if (token === undefined) return tile;
  const { results } = await newest(work, patientId, `code=${encodeURIComponent(token)}`, pointsShown);
  return gatherSeries(results, pointsShown).find((series) => series.key === tile.key) ?? tile;
}
