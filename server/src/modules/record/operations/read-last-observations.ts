import { parseLossless, type Resource } from '@sen/fhir';
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import { operationParameters } from '../../../platform/operation-parameters.ts';
import type { Work } from '../../../platform/work.ts';
import { bundleJson, warningEntry, type BundleEntry } from '../bundle-json.ts';
import { pageLinks } from '../query-values.ts';
import { badParameter } from '../refusals.ts';
import { search, type SearchEntry } from '../search/search.ts';
import { shortened } from '../shorten.ts';

const subjects = ['patient', 'subject'];
const topics = ['category', 'code', 'combo-code', 'code-value-concept'];
const batch = 500;
/** Beyond this the last of each kind may lie too far back to be looked for; the answer says so. */
const lookedAtMax = 20_000;

/**
 * Answers `Observation/$lastn` (R4 observation-operation-lastn.html): the newest `max` (1 unless told) Observations of each code among those that the search
 * parameters select, grouped by code, newest first. Needs a patient, and a category or code. What was entered in error is left out.
 */
export async function readLastObservations(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const asked = operationParameters(call).asQuery();
  const max = readMax(asked.get('max'));
  const filters = filtersOf(asked);
  const groups: Groups = new Map();
  let lookedAt = 0;
  let page: string | undefined;
  do {
    const found = await search(work, 'Observation', pageQuery(filters, page), { lenient: false, base: call.base });
    for (const entry of found.entries) if (entry.mode === 'match') addToGroup(groups, entry, max, lookedAt++);
    page = found.next;
  } while (page !== undefined && lookedAt < lookedAtMax);
  const entries = [...new Set(groups.values())].flatMap((group) => group.map((one) => entryOf(one.entry, call.base, asked)));
  const total = entries.length;
  if (page !== undefined) entries.push(warningEntry([{ severity: 'warning', code: 'too-costly', diagnostics: `Only the newest ${lookedAtMax} Observations were looked at; name a code to look further back.` }]));
  return { json: bundleJson('searchset', total, pageLinks(`${call.base}/Observation/$lastn`, asked, undefined), entries) };
}

/** The newest of one kind, newest first. */
type Group = { readonly entry: SearchEntry; readonly place: number }[];
/** Groups by subject and coding; several names may lead to one group. */
type Groups = Map<string, Group>;

function readMax(text: string | null): number {
  if (text === null || text === '') return 1;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw badParameter('max', 'a whole number from 1 to 9999 is expected.');
  return Number(text);
}

const notFilters = ['max', '_format', '_pretty', '_count', '_sort', '_page', '_total', '_summary', '_elements'];

function filtersOf(asked: URLSearchParams): URLSearchParams {
  const filters = new URLSearchParams(asked);
  for (const name of notFilters) filters.delete(name);
  const names = [...filters.keys()].map((key) => key.split(/[:.]/)[0] as string);
  const foreign = names.find((name) => name === '_include' || name === '_revinclude');
  if (foreign !== undefined) throw badParameter(foreign, '$lastn gives Observations only.');
  if (!names.some((name) => subjects.includes(name))) throw badParameter('patient', '$lastn needs the patient (patient or subject).');
  if (!names.some((name) => topics.includes(name))) throw badParameter('category', '$lastn needs a category or a code.');
  return filters;
}

function pageQuery(filters: URLSearchParams, page: string | undefined): URLSearchParams {
  const query = new URLSearchParams(filters);
  query.append('status:not', 'entered-in-error');
  query.set('_sort', '-date');
  query.set('_count', String(batch));
  if (page !== undefined) query.set('_page', page);
  return query;
}

// Observations of a subject are of one kind when one of their codings is the same: one may carry the local code, another LOINC, a third both. That
// third makes one kind of the two, though each had begun a group of its own.
function addToGroup(groups: Groups, entry: SearchEntry, max: number, place: number): void {
  const names = namesOf(parseLossless(entry.json.toString()) as Resource);
  const met = [...new Set(names.map((name) => groups.get(name)).filter((group) => group !== undefined))];
  const [group = []] = met;
  if (met.length > 1) group.splice(0, Infinity, ...met.flat().sort((a, b) => a.place - b.place).slice(0, max));
  if (group.length < max) group.push({ entry, place });
  for (const [name, other] of met.length > 1 ? groups : []) if (met.includes(other)) groups.set(name, group);
  for (const name of names) groups.set(name, group);
}

function namesOf(observation: Resource): string[] {
  const code = observation['code'] as { coding?: { system?: string; code?: string }[]; text?: string } | undefined;
  const subject = (observation['subject'] as { reference?: string } | undefined)?.reference ?? '';
  const codings = (code?.coding ?? []).filter((coding) => coding.code !== undefined).map((coding) => `${subject} ${coding.system ?? ''}|${coding.code}`);
  return codings.length > 0 ? codings : [`${subject} text ${(code?.text ?? '').trim().toLowerCase()}`];
}

function entryOf({ type, id, json }: SearchEntry, base: string, asked: URLSearchParams): BundleEntry {
  return { fullUrl: `${base}/${type}/${id}`, json: shortened(json, asked), rest: '"search":{"mode":"match"}' };
}
