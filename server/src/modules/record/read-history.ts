import type { Work } from '../../platform/work.ts';
import { bundleJson, type BundleEntry, type BundleLink } from './bundle-json.ts';
import { checkAddress } from './identity.ts';
import { countOf, intervalOf, pageLinks } from './query-values.ts';
import { badParameter, historyNotCounted, resourceNotFound } from './refusals.ts';
import { shortened } from './shorten.ts';
import { shownTo } from './access/hidden-from.ts';
import { loadSeen } from './access/load-seen.ts';
import { seenHistoryPage, seesWholeHistory } from './access/seen-history.ts';
import { noteRead } from './access/trail.ts';
import { historyCount, historyPage, type HistoryPage, type HistoryQuery, type Version } from './store.ts';

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
  const whole = seesWholeHistory(work, type);
  if (!whole && type !== undefined && id !== undefined) await mustHaveExisted(work, type, id);
  if (asked.counting) return countHistory(work, input, scope, asked, whole);
  const page = whole ? await historyPage(work.db, { ...scope, ...asked }) : await seenHistoryPage(work, { ...scope, ...asked });
  if (whole && page.versions.length === 0 && id !== undefined) await mustHaveExisted(work, type!, id);
  const filtered = asked.since !== undefined || asked.at !== undefined;
  const total = filtered ? undefined : await totalOf(work, scope, page, whole, asked.before);
  const shown = shownTo(work);
  for (const version of page.versions) if (version.json !== undefined) noteRead(work, version, version.patient);
  return bundleJson('history', total, links(input, page.next), page.versions.map((version) => entry(base, { ...version, json: version.json === undefined ? undefined : shown(version.type, version.json) }, input.query)));
}

/** R4 §3.1.1.1.1: a total may be left out. Whoever sees not all learns it only where it is the length of the only page. */
async function totalOf(work: Work, scope: { type?: string; id?: string }, page: HistoryPage, whole: boolean, before: string | undefined): Promise<number | undefined> {
  if (whole) return historyCount(work.db, scope);
  return before === undefined && page.next === undefined ? page.versions.length : undefined;
}

/** `_count=0` and `_summary=count`: how many versions, and none of them (R4 search.html, _count, of which history has the paging). */
async function countHistory(work: Work, input: HistoryInput, scope: { type?: string; id?: string }, asked: Pick<HistoryQuery, 'since' | 'at'>, whole: boolean): Promise<Buffer> {
  if (!whole) throw historyNotCounted();
  if (scope.type !== undefined && scope.id !== undefined) await mustHaveExisted(work, scope.type, scope.id);
  return bundleJson('history', await historyCount(work.db, { ...scope, ...asked }), links(input, undefined), []);
}

async function mustHaveExisted(work: Work, type: string, id: string): Promise<void> {
  if ((await loadSeen(work, type, id, 'history')) === undefined) throw resourceNotFound(type, id);
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
