import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { bundleJson, warningEntry, type BundleEntry, type BundleLink } from './bundle-json.ts';
import { checkAddress } from './identity.ts';
import { explained } from './search/explain.ts';
import { search, type SearchPage } from './search/search.ts';

export interface SearchResult {
  readonly resources: Resource[];
  readonly included: Resource[];
  readonly total?: number;
  /** Token for `_page` of the following page; absent on the last. */
  readonly next?: string;
}

/** Searches a type with a FHIR query string, such as `patient=Patient/123&_sort=-date&_count=50`. Refuses unknown parameters. */
export async function searchResources(work: Work, type: string, query: string): Promise<SearchResult> {
  const page = await searchJson(work, type, query);
  const parsed = (mode: 'match' | 'include') =>
    page.entries.filter((entry) => entry.mode === mode).map((entry) => parseLossless(entry.json.toString()) as Resource);
  return {
    resources: parsed('match'),
    included: parsed('include'),
    ...(page.total === undefined ? {} : { total: page.total }),
    ...(page.next === undefined ? {} : { next: page.next }),
  };
}

/** The same without parsing: the resources as stored bytes. */
export function searchJson(work: Work, type: string, query: string): Promise<SearchPage> {
  checkAddress(type);
  return search(work, type, new URLSearchParams(query), { lenient: false });
}

export interface SearchInput {
  readonly type: string | undefined;
  readonly compartment?: { readonly type: string; readonly id: string };
  readonly query: URLSearchParams;
  readonly lenient: boolean;
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
}

/** Searches a type, a compartment or the system and writes the Bundle (R4 §3.1.0.9, §3.1.1); with `_explain=true` how that is done. */
export async function searchBundle(work: Work, input: SearchInput): Promise<Buffer> {
  const { type, compartment, base } = input;
  if (type !== undefined) checkAddress(type);
  if (compartment !== undefined) checkAddress(compartment.type, compartment.id);
  const run = (asked: Work): Promise<SearchPage> => search(asked, type, input.query, { lenient: input.lenient, base, ...(compartment === undefined ? {} : { compartment }) });
  if (input.query.get('_explain') === 'true') return Buffer.from(JSON.stringify(await explained(work, run)));
  const page = await run(work);
  const entries: BundleEntry[] = page.entries.map((found) => ({
    fullUrl: `${base}/${found.type}/${found.id}`,
    json: found.json,
    rest: found.mode === 'match' ? '"search":{"mode":"match"}' : '"search":{"mode":"include"}',
  }));
  if (page.warnings.length > 0) entries.push(warningEntry(page.warnings));
  return bundleJson('searchset', page.total, links(input, page), entries);
}

function links({ type, compartment, base }: SearchInput, { self, next }: SearchPage): BundleLink[] {
  const path = compartment === undefined
    ? [base, type].filter((part) => part !== undefined).join('/')
    : `${base}/${compartment.type}/${compartment.id}/${type ?? '*'}`;
  const url = self === '' ? path : `${path}?${self}`;
  if (next === undefined) return [{ relation: 'self', url }];
  return [{ relation: 'self', url }, { relation: 'next', url: `${url}${self === '' ? '?' : '&'}_page=${encodeURIComponent(next)}` }];
}
