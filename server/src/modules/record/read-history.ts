import type { Work } from '../../platform/work.ts';
import { bundleJson, type BundleEntry, type BundleLink } from './bundle-json.ts';
import { checkAddress } from './identity.ts';
import { countOf, intervalOf, pageLinks } from './query-values.ts';
import { badParameter, resourceNotFound } from './refusals.ts';
import { shortened } from './shorten.ts';
import { historyCount, historyPage, loadCurrent, type HistoryQuery, type Version } from './store.ts';

export interface HistoryInput {
  /** Undefined for the history of the whole system. */
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly query: URLSearchParams;
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
}

const defaultCount = 50;
const maxCount = 1000;
const known = new Set(['_since', '_at', '_count', '_page', '_format', '_pretty', '_summary', '_elements', '_sort']);

/** Writes the history of a resource, a type or the system, newest first, as a Bundle (R4 §3.1.0.12). */
export async function readHistory(work: Work, input: HistoryInput): Promise<Buffer> {
  const { type, id, base } = input;
  if (type !== undefined) checkAddress(type, id);
  const asked = question(input);
  const scope = { ...(type === undefined ? {} : { type }), ...(id === undefined ? {} : { id }) };
  if (asked.counting) return countHistory(work, input, scope, asked);
  const page = await historyPage(work.db, { ...scope, ...asked });
  if (page.versions.length === 0 && id !== undefined) await mustHaveExisted(work, type!, id);
  const filtered = asked.since !== undefined || asked.at !== undefined;
  const total = filtered ? undefined : await historyCount(work.db, scope);
  return bundleJson('history', total, links(input, page.next), page.versions.map((version) => entry(base, version, input.query)));
}

/** `_count=0` and `_summary=count`: how many versions, and none of them (R4 search.html, _count, of which history has the paging). */
async function countHistory(work: Work, input: HistoryInput, scope: { type?: string; id?: string }, asked: Pick<HistoryQuery, 'since' | 'at'>): Promise<Buffer> {
  if (scope.type !== undefined && scope.id !== undefined) await mustHaveExisted(work, scope.type, scope.id);
  return bundleJson('history', await historyCount(work.db, { ...scope, ...asked }), links(input, undefined), []);
}

async function mustHaveExisted(work: Work, type: string, id: string): Promise<void> {
  if ((await loadCurrent(work.db, type, id)) === undefined) throw resourceNotFound(type, id);
}

function question({ query, id }: HistoryInput) {
  for (const name of query.keys()) if (!known.has(name)) throw badParameter(name, 'history knows _since, _at and _count (R4 §3.1.0.12).');
  if (!['', '-_lastUpdated'].includes(query.get('_sort') ?? '')) throw badParameter('_sort', 'a history is told newest first.');
  const since = intervalOf(query, '_since');
  const at = intervalOf(query, '_at');
  const before = query.get('_page');
  if (before !== null && !isPlace(before, id !== undefined)) throw badParameter('_page', 'the page link is damaged; start again from the first page.');
  const counting = query.get('_count') === '0' || query.get('_summary') === 'count';
  return {
    counting,
    count: counting ? 0 : (countOf(query, maxCount) ?? defaultCount),
    ...(since === undefined ? {} : { since: since.low }),
    ...(at === undefined ? {} : { at: [at.low, at.high] as [number, number] }),
    ...(before === null ? {} : { before }),
  };
}

// Of one resource: a version. Of many: a change and a position in the feed.
function isPlace(text: string, ofOne: boolean): boolean {
  return ofOne ? /^[1-9]\d{0,8}$/.test(text) : /^\d{1,18}\.\d{1,18}$/.test(text);
}

function links({ type, id, query, base }: HistoryInput, next: string | undefined): BundleLink[] {
  return pageLinks(`${base}/${[type, id, '_history'].filter((part) => part !== undefined).join('/')}`, query, next);
}

function entry(base: string, { type, id, version, updated, json, method }: Version, query: URLSearchParams): BundleEntry {
  const made = version === 1 && json !== undefined;
  const status = json === undefined ? '204 No Content' : made ? '201 Created' : '200 OK';
  const url = method === 'POST' ? type : `${type}/${id}`;
  const request = `"request":{"method":"${method}","url":"${url}"}`;
  const response = `"response":{"status":"${status}","etag":"W/\\"${version}\\"","lastModified":"${new Date(updated).toISOString()}"}`;
  return { fullUrl: `${base}/${type}/${id}`, json: json === undefined ? undefined : shortened(json, query), rest: `${request},${response}` };
}
