import { isResourceType } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { bundleJson, type BundleEntry, type BundleLink } from './bundle-json.ts';
import { countOf, intervalOf, pageLinks } from './query-values.ts';
import { readCurrent } from './read-resource.ts';
import { badParameter, unknownType } from './refusals.ts';
import { isBigint } from './search/order.ts';
import { search } from './search/search.ts';
import { everythingPage, type EverythingQuery } from './load-everything.ts';

export interface EverythingInput {
  /** Undefined: of every patient, one after the other. */
  readonly patientId?: string;
  readonly query: URLSearchParams;
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
}

const known = new Set(['start', 'end', '_type', '_since', '_count', '_page', '_format', '_pretty']);
const maxCount = 5000;

/**
 * Writes a Bundle of all that is known of a patient (R4 Patient/$everything): the patient, the patient's compartment and what these refer to
 * (staff, places, organizations, medications). `start` and `end` bound the date of care; `_count` turns it into pages.
 */
export async function readEverything(work: Work, input: EverythingInput): Promise<Buffer> {
  const asked = question(input);
  const page = input.patientId === undefined ? await pageOfAll(work, asked, input.query.get('_page')) : await pageOfOne(work, asked, input);
  const entries: BundleEntry[] = page.entries.map(({ type, id, json, mode }) => ({
    fullUrl: `${input.base}/${type}/${id}`,
    json,
    rest: `"search":{"mode":"${mode}"}`,
  }));
  return bundleJson('searchset', undefined, links(input, page.next), entries);
}

type Asked = Omit<EverythingQuery, 'patientId' | 'after'>;
type Page = Awaited<ReturnType<typeof everythingPage>>;

async function pageOfOne(work: Work, asked: Asked, { patientId, query }: EverythingInput): Promise<Page> {
  await readCurrent(work, 'Patient', patientId!);
  const after = query.get('_page');
  if (after !== null) checkPlace(after);
  return everythingPage(work, { ...asked, patientId: patientId!, ...(after === null ? {} : { after }) });
}

// A page never spans two patients. Its token: where the patient's own pages stand, and the token that leads the search to that patient.
async function pageOfAll(work: Work, asked: Asked, token: string | null): Promise<Page> {
  const [inner = '', outer = ''] = (token ?? '').split('~');
  if (inner !== '') checkPlace(inner);
  const one = new URLSearchParams({ _count: '1' });
  if (outer !== '') one.set('_page', outer);
  const patients = await search(work, 'Patient', one, { lenient: false });
  const patient = patients.entries[0];
  if (patient === undefined) return { entries: [] };
  const page = await everythingPage(work, { ...asked, patientId: patient.id, ...(inner === '' ? {} : { after: inner }) });
  if (page.next !== undefined) return { entries: page.entries, next: `${page.next}~${outer}` };
  return patients.next === undefined ? { entries: page.entries } : { entries: page.entries, next: `~${patients.next}` };
}

function checkPlace(text: string): void {
  if (!/^-?\d{1,17}\.\d{1,3}\.-?\d{1,19}$/.test(text) || !isBigint(text.slice(text.lastIndexOf('.') + 1))) {
    throw badParameter('_page', 'the page link is damaged; start again from the first page.');
  }
}

function question({ query }: EverythingInput): Asked {
  for (const name of query.keys()) if (!known.has(name)) throw badParameter(name, '$everything knows start, end, _type, _since and _count.');
  const [start, end, since] = [intervalOf(query, 'start'), intervalOf(query, 'end'), intervalOf(query, '_since')];
  const types = query.getAll('_type').flatMap((text) => text.split(',')).map((type) => type.trim()).filter((type) => type !== '');
  for (const type of types) if (!isResourceType(type)) throw unknownType(type);
  const count = countOf(query, maxCount);
  return {
    ...(start === undefined ? {} : { start: start.low }),
    ...(end === undefined ? {} : { end: end.high }),
    ...(since === undefined ? {} : { since: since.low }),
    ...(types.length === 0 ? {} : { types }),
    ...(count === undefined ? {} : { count }),
  };
}

function links({ patientId, query, base }: EverythingInput, next: string | undefined): BundleLink[] {
  return pageLinks(`${base}/Patient${patientId === undefined ? '' : `/${patientId}`}/$everything`, query, next);
}
