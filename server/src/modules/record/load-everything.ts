// All that is known of one patient, page by page: the patient, the compartment, and what these refer to.
import { compartmentPlace, isResourceType, keyOf, typeCode, typeOfCode } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { shownTo } from './access/hidden-from.ts';
import { loadSeen } from './access/load-seen.ts';
import { loadShown } from './access/load-shown.ts';
import { sightOf } from './access/sight.ts';
import { noteSeen } from './access/trail.ts';
import { Parameters } from './search/sql.ts';
import { unpackContent } from './store/codec.ts';

export interface EverythingQuery {
  readonly patientId: string;
  readonly types?: readonly string[];
  /** Only versions made at or after this instant, ms since 1970. */
  readonly since?: number;
  /** Only care that touches [start, end), ms since 1970; what has no date of care always counts. */
  readonly start?: number;
  readonly end?: number;
  readonly count?: number;
  /** Where the page before this one ended. */
  readonly after?: string;
}

export interface EverythingEntry {
  readonly type: string;
  readonly id: string;
  readonly json: Buffer;
  readonly mode: 'match' | 'include';
}

export interface EverythingPage {
  readonly entries: EverythingEntry[];
  readonly next?: string;
}

interface Row {
  type: number;
  id: string;
  key: string;
  version: number;
  date_low: string;
  patient: string;
  content: Buffer;
}

const defaultCount = 5000;

/** One page, newest care first; what its resources refer to comes with it, once a page. */
export async function everythingPage(work: Work, query: EverythingQuery): Promise<EverythingPage> {
  const count = query.count ?? defaultCount;
  const rows = await memberRows(work, query, count + 1);
  const page = rows.slice(0, count);
  noteSeen(work, page);
  const shown = shownTo(work);
  const matches: EverythingEntry[] = page.map((row) => ({ type: typeOfCode(row.type), id: row.id, json: shown(typeOfCode(row.type), unpackContent(row)), mode: 'match' }));
  if (query.after === undefined) matches.unshift(...(await patientEntry(work, query)));
  const last = page.at(-1);
  const entries = [...matches, ...(await referred(work, matches, query))];
  return rows.length > count && last !== undefined ? { entries, next: `${last.date_low}.${last.type}.${last.key}` } : { entries };
}

// Both halves use an index of their own; those of the main patient come ordered by date without a sort. The others are few: `+ 0` keeps the
// planner from walking all dates in the hope to meet them soon (2 million resources: over 4 s instead of 3 ms).
async function memberRows(work: Work, query: EverythingQuery, limit: number): Promise<Row[]> {
  const place = keyOf(query.patientId);
  const [date, type, key] = query.after?.split('.') ?? [];
  const wanted = `type <> ${typeCode('Patient')} and ($2::smallint[] is null or type = any($2)) and ($3::bigint is null or updated >= $3)
    and (date_high <= -9e15 or (($4::bigint is null or date_high > $4) and ($5::bigint is null or date_low < $5)))
    and ($6::bigint is null or (date_low, type, key) < ($6, $7::smallint, $8::bigint))`;
  const newestFirst = `type desc, key desc limit ${limit}`;
  const columns = 'type, id, key, version, date_low, patient, content';
  const parameters = new Parameters(sightOf(work), undefined, [
    String(place), query.types?.map(typeCode) ?? null, query.since ?? null, query.start ?? null, query.end ?? null,
    date ?? null, type ?? null, key ?? null, String(place ^ compartmentPlace),
  ]);
  const seen = parameters.sight.reads('Resource', 'r', parameters);
  const { rows } = await work.db.query<Row>({
    plan: 'custom',
    text: `select * from (
        (select ${columns} from record.resource r where patient = $1 and patient <> 0 and ${wanted} and ${seen} order by date_low desc, ${newestFirst})
        union all
        (select ${columns} from record.resource r where tokens @> array[$9::bigint] and patient <> $1 and ${wanted} and ${seen} order by (date_low + 0) desc, ${newestFirst})
      ) member order by date_low desc, ${newestFirst}`,
    values: parameters.values,
  });
  return rows;
}

async function patientEntry(work: Work, query: EverythingQuery): Promise<EverythingEntry[]> {
  if (query.types !== undefined && !query.types.includes('Patient')) return [];
  const patient = await loadSeen(work, 'Patient', query.patientId);
  if (patient?.json === undefined || patient.updated < (query.since ?? 0)) return [];
  return [{ type: 'Patient', id: patient.id, json: shownTo(work)('Patient', patient.json), mode: 'match' }];
}

const reference = /"reference":"(Practitioner|PractitionerRole|Organization|Location|Medication|HealthcareService|Device)\/([A-Za-z0-9\-.]{1,64})["/]/g;
const ROUNDS = 3; // role → practitioner and organization → its parent

async function referred(work: Work, matches: readonly EverythingEntry[], { types }: EverythingQuery): Promise<EverythingEntry[]> {
  const seen = new Set(matches.map((entry) => `${entry.type}/${entry.id}`));
  const found: EverythingEntry[] = [];
  let fresh: readonly EverythingEntry[] = matches;
  for (let round = 0; fresh.length > 0 && round < ROUNDS; round++) {
    const refs = fresh.flatMap((entry) => newReferences(entry, seen));
    if (refs.length === 0) break;
    const loaded = await loadShown(work, refs);
    fresh = loaded.flatMap((current) => (current === undefined ? [] : [{ type: current.type, id: current.id, json: current.json, mode: 'include' as const }]));
    found.push(...fresh.filter((entry) => types === undefined || types.includes(entry.type)));
  }
  return found;
}

function newReferences({ json }: EverythingEntry, seen: Set<string>): { type: string; id: string }[] {
  const refs: { type: string; id: string }[] = [];
  for (const [, type = '', id = ''] of json.toString('latin1').matchAll(reference)) {
    if (!isResourceType(type) || seen.has(`${type}/${id}`)) continue;
    seen.add(`${type}/${id}`);
    refs.push({ type, id });
  }
  return refs;
}
