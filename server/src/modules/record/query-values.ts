// What the parameters of history and $everything have in common: dates, counts, and links from page to page.
import { dateInterval, type Interval } from '@sen/fhir';
import type { BundleLink } from './bundle-json.ts';
import { badParameter } from './refusals.ts';
import { indexZone } from './store.ts';

/** The interval of a date parameter, in the zone of the index; undefined when it is not given. */
export function intervalOf(query: URLSearchParams, name: string): Interval | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const found = dateInterval(text.replace(' ', '+'), indexZone());
  if (found === undefined) throw badParameter(name, `"${text.slice(0, 40)}" is not a date; 2026-01-31 or 2026-01-31T08:00:00+07:00 is expected.`);
  return found;
}

/** `_count`, cut to `most`; undefined when it is not given. */
export function countOf(query: URLSearchParams, most: number): number | undefined {
  const text = query.get('_count');
  if (text === null || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw badParameter('_count', 'a whole number from 1 is expected.');
  return Math.min(Number(text), most);
}

/** Links of a page: itself and, when there is one, the next. */
export function pageLinks(path: string, query: URLSearchParams, next: string | undefined): BundleLink[] {
  const self: BundleLink = { relation: 'self', url: query.size === 0 ? path : `${path}?${query}` };
  if (next === undefined) return [self];
  const following = new URLSearchParams(query);
  following.set('_page', next);
  return [self, { relation: 'next', url: `${path}?${following}` }];
}
