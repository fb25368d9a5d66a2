// From values to heights, and round numbers for axes. Pure.
import type { Band, ResultPoint } from '@sen/contracts';

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Distance from the top. */
  y(value: number): number;
}

/** A scale that holds every value and those edges of the bands that lie near: a far edge would flatten the line. */
export function scaleOf(points: readonly ResultPoint[], bands: readonly (Band | undefined)[], height: number): Scale {
  const values = points.flatMap((point) => [point.number, point.second]).filter((value) => value !== undefined);
  let low = Math.min(...values);
  let high = Math.max(...values);
  const reach = Math.max(high - low, Math.abs(high) * 0.15, 1e-9) * 1.5;
  for (const edge of bands.flatMap((band) => [band?.low, band?.high])) {
    if (edge === undefined || edge < low - reach || edge > high + reach) continue;
    low = Math.min(low, edge);
    high = Math.max(high, edge);
  }
  const margin = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
  // Where a band only touches the picture, a strip of it is drawn: an edge alone would not say which side is normal.
  const strip = (high - low) * 0.22;
  const [band] = bands;
  const bottom = low - (band?.high !== undefined && band.high <= low ? strip : margin);
  const top = high + (band?.low !== undefined && band.low >= high ? strip : margin);
  return { low: bottom, high: top, y: (value) => ((top - Math.min(top, Math.max(bottom, value))) / (top - bottom)) * height };
}

/** The part of a band within a scale: `lines` are the edges that are really edges, not the end of the picture. */
export function bandEdges(band: Band | undefined, scale: Scale): { top: number; bottom: number; lines: number[] } | undefined {
  if (band === undefined || (band.low === undefined && band.high === undefined)) return undefined;
  const top = Math.min(band.high ?? scale.high, scale.high);
  const bottom = Math.max(band.low ?? scale.low, scale.low);
  if (bottom >= top) return undefined;
  const lines = [band.high, band.low].filter((edge) => edge !== undefined && edge <= scale.high && edge >= scale.low) as number[];
  return { top, bottom, lines };
}

/** At most `count` round numbers within a scale. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? 10 * power;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return ticks;
}

/** How many decimals tell the ticks of an axis apart. */
export function decimalTicks(ticks: readonly number[]): number {
  return Math.max(0, ...ticks.map((tick) => /\.(\d+)$/.exec(String(tick))?.[1]?.length ?? 0));
}

const dayMs = 86_400_000;

/** Dates along a time axis as partial FHIR dates: years for a long span, months for a middling one, else days. */
export function timeTicks(first: number, last: number, count: number): { time: number; text: string }[] {
  const span = last - first;
  const length = span > 3 * 365 * dayMs ? 4 : span > 120 * dayMs ? 7 : 10;
  const steps = Math.max(1, count - 1);
  const times = span === 0 ? [first] : Array.from({ length: steps + 1 }, (_, at) => first + (span * at) / steps);
  const told = times.map((time) => ({ time, text: new Date(time).toISOString().slice(0, length) }));
  return told.filter((tick, at) => at === 0 || tick.text !== told[at - 1]?.text);
}
