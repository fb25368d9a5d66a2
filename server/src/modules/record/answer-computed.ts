import type { Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { accessOf } from '../security/index.ts';
import { bundleJson, warningEntry, type BundleEntry } from './bundle-json.ts';
import { computedType, type ComputedType } from './keep-computed-types.ts';
import { countOf, pageLinks } from './query-values.ts';
import { badParameter } from './refusals.ts';
import { searchBundle, type SearchInput } from './search-resources.ts';
import { search } from './search/search.ts';
import { searchLimits } from './search/limits.ts';
import { shortened } from './shorten.ts';
import { indexZone } from './store.ts';

/** Pages of what is computed and pages of what is stored follow each other under one `_page`. */
const [ofComputed, ofStored] = ['computed.', 'stored.'];

type OfOneType = SearchInput & { readonly type: string };

/** Searches a type that is computed: what is computed first, then what is stored of it (R4 §3.1.0.9). */
export async function searchComputed(work: Work, input: OfOneType): Promise<Buffer> {
  const answers = offered(work, input.type, 'search');
  const place = input.query.get('_page') ?? ofComputed;
  if (answers !== undefined && place.startsWith(ofComputed)) return computedPage(work, input, answers, place.slice(ofComputed.length));
  return place.startsWith(ofStored) ? storedPage(work, input, place.slice(ofStored.length), [], countFor(input)) : searchBundle(work, input);
}

/** A computed resource of that id, for whoever may read the type; undefined when there is none. */
export async function readComputed(work: Work, type: string, id: string): Promise<Buffer | undefined> {
  const found = await offered(work, type, 'read')?.read(work, id);
  return found === undefined ? undefined : Buffer.from(JSON.stringify(found));
}

/** To whom criteria bind the type, nothing is computed: they are judged on what is stored. */
function offered(work: Work, type: string, use: 'read' | 'search'): ComputedType | undefined {
  const access = accessOf(work.actor);
  const may = access.unlimited || (access.rules(type, 'read').some(({ criteria }) => criteria.length === 0) && access.granted(type, use) === 'all');
  return may ? computedType(type) : undefined;
}

async function computedPage(work: Work, input: OfOneType, answers: ComputedType, from: string): Promise<Buffer> {
  const isCount = input.query.get('_summary') === 'count' || input.query.get('_count') === '0';
  const count = isCount ? 1 : countFor(input);
  const page = await answers.search(work, { query: input.query, count, from: from === '' ? undefined : from, zone: indexZone() });
  if (page.resources.length === 0 && from === '') return searchBundle(work, input);
  if (isCount) throw badParameter('_summary', 'What is computed when it is asked for is not counted.');
  const entries = [...page.resources.map((one) => entryOf(one, input, 'match')), ...(page.included ?? []).map((one) => entryOf(one, input, 'include'))];
  if (page.next !== undefined) return bundleJson('searchset', undefined, pageLinks(`${input.base}/${input.type}`, withoutPage(input.query), `${ofComputed}${page.next}`), entries);
  return storedPage(work, input, '', entries, count - page.resources.length);
}

async function storedPage(work: Work, { type, query, base, lenient }: OfOneType, from: string, before: readonly BundleEntry[], count: number): Promise<Buffer> {
  const asked = withoutPage(query);
  if (before.length > 0) asked.set('_count', String(count));
  if (from !== '') asked.set('_page', from);
  const path = `${base}/${type}`;
  if (count === 0) return bundleJson('searchset', undefined, pageLinks(path, withoutPage(query), ofStored), before);
  const page = await search(work, type, asked, { lenient, base });
  const entries = [...before, ...page.entries.map(({ id, json, mode, type: kind }) => ({ fullUrl: `${base}/${kind}/${id}`, json, rest: `"search":{"mode":"${mode}"}` }))];
  if (page.warnings.length > 0) entries.push(warningEntry(page.warnings));
  return bundleJson('searchset', undefined, pageLinks(path, withoutPage(query), page.next === undefined ? undefined : `${ofStored}${page.next}`), entries);
}

function entryOf(resource: Resource, { base, query }: OfOneType, mode: 'match' | 'include'): BundleEntry {
  return { fullUrl: `${base}/${resource.resourceType}/${resource.id}`, json: shortened(Buffer.from(JSON.stringify(resource)), query), rest: `"search":{"mode":"${mode}"}` };
}

function countFor({ query }: OfOneType): number {
  return countOf(query, searchLimits().countMax) ?? searchLimits().countDefault;
}

function withoutPage(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  rest.delete('_page');
  return rest;
}
