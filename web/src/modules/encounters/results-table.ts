// Pages of results joined into one row a test, and the filter of the list. Pure.
import type { ResultSeries } from '@sen/contracts';
import { isOut } from '../../kit/Out.tsx';
import { plain } from '../../lib/plain.ts';

/** Joins later (older) pages to the tests of earlier ones: older points go before, counts add up. */
export function joinPages(pages: readonly { readonly series: readonly ResultSeries[] }[], pointsShown: number): ResultSeries[] {
  const tests = new Map<string, ResultSeries>();
  for (const series of pages.flatMap((page) => page.series)) {
    const held = tests.get(series.key);
    const joined = held === undefined ? series : { ...held, points: [...series.points, ...held.points].slice(-pointsShown), count: held.count + series.count };
    tests.set(series.key, joined);
  }
  return [...tests.values()];
}

export interface Filter {
  readonly name: string;
  readonly onlyOut: boolean;
}

export function filterSeries(series: readonly ResultSeries[], filter: Filter): ResultSeries[] {
  const words = plain(filter.name).split(/\s+/).filter((word) => word !== '');
  return series.filter((one) => (!filter.onlyOut || isOut(one.points.at(-1)?.mark)) && words.every((word) => plain(one.name).includes(word)));
}
