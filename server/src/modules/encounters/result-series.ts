// Results of one test gathered over time, and the choice of those that matter most now. Pure.
import type { ResultSeries } from '@sen/contracts';
import type { LabResult } from './fhir-results.ts';
import { isCritical, isOutOfRange } from './marks.ts';

/** Gathers results, given newest first, into one series a test; series in the order of their newest result, points newest last. */
export function gatherSeries(results: readonly LabResult[], pointsShown: number): ResultSeries[] {
  const tests = new Map<string, LabResult[]>();
  for (const result of results) {
    const held = tests.get(result.key);
    if (held === undefined) tests.set(result.key, [result]);
    else held.push(result);
  }
  return [...tests.values()].map((held) => seriesOf(held, pointsShown));
}

function seriesOf(newestFirst: readonly LabResult[], pointsShown: number): ResultSeries {
  const latest = newestFirst[0] as LabResult;
  return {
    key: latest.key,
    name: latest.name,
    category: latest.category,
    ...(latest.unit !== undefined && { unit: latest.unit }),
    ...(latest.band !== undefined && { band: latest.band }),
    ...(latest.secondBand !== undefined && { secondBand: latest.secondBand }),
    points: newestFirst.slice(0, pointsShown).reverse().map(pointOf),
    count: newestFirst.length,
  };
}

function pointOf(result: LabResult): ResultSeries['points'][number] {
  const { key: _key, name: _name, category: _category, band: _band, secondBand: _secondBand, ...point } = result;
  return point;
}

const tilesShown = 8;
// LOINC: blood pressure panel and body weight, the two measures that doctors asked to see on every summary.
const alwaysShown = ['85354-9', '29463-7'];
// The tests by which common chronic diseases are followed (LOINC), in the order in which they are shown: sugar, kidney, salts, fats, blood, liver.
const followed = [
  '4548-4', '17856-6', '14771-0', '1558-6', '2345-7', '2339-0', '98979-8', '62238-1', '33914-3', '14682-9', '2160-0', '38483-4', '2823-3', '6298-4',
  '22748-8', '13457-7', '18262-6', '32294-1', '9318-7', '14959-1', '718-7', '777-3', '6690-2', '1988-5', '1742-6', '3016-3', '33762-6', '89579-7',
];

/**
 * Chooses at most eight series for the summary: laboratory tests that are critical, then out of range, then those by which diseases are followed,
 * then newest; blood pressure and weight take the last places when they were measured. Chosen tests keep the same order from visit to visit.
 */
export function chooseTiles(laboratory: readonly ResultSeries[], vitalSigns: readonly ResultSeries[]): ResultSeries[] {
  const measured = alwaysShown.flatMap((code) => vitalSigns.filter((series) => loincOf(series) === code));
  const numeric = laboratory.filter((series) => series.points.some((point) => point.number !== undefined));
  const ranked = numeric
    .map((series, at) => ({ series, weight: weightOf(series) - at / 1000 }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, tilesShown - measured.length)
    .map((one) => one.series)
    .sort((a, b) => place(a) - place(b));
  const others = vitalSigns.filter((series) => !measured.includes(series) && series.points.some((point) => point.number !== undefined));
  return [...ranked, ...measured, ...others].slice(0, tilesShown);
}

function loincOf(series: ResultSeries): string | undefined {
  return series.key.startsWith('http://loinc.org|') ? series.key.slice('http://loinc.org|'.length) : undefined;
}

function place(series: ResultSeries): number {
  const at = followed.indexOf(loincOf(series) ?? '');
  return at < 0 ? followed.length : at;
}

function weightOf(series: ResultSeries): number {
  const mark = series.points.at(-1)?.mark;
  const repeated = Math.min(series.count, 5) / 5;
  return (isCritical(mark) ? 8 : 0) + (isOutOfRange(mark) ? 4 : 0) + (place(series) < followed.length ? 3 : 0) + repeated;
}
