// All that is known of one patient, page by page: the patient, the compartment, and what these refer to.
import { compartmentPlace, isResourceType, keyOf, typeCode, typeOfCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { unpackContent } from './codec.ts';
import { loadCurrent, loadCurrents } from './load.ts';

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
  date_low: string;
  content: Buffer;
}

const defaultCount = 5000;

/** One page, newest care first; what its resources refer to comes with it, once a page. */
export async function everythingPage(db: Queryable, query: EverythingQuery): Promise<EverythingPage> {
  const count = query.count ?? defaultCount;
  const rows = await memberRows(db, query, count + 1);
  const page = rows.slice(0, count);
  const matches: EverythingEntry[] = page.map((row) => ({ type: typeOfCode(row.type), id: row.id, json: unpackContent(row.content), mode: 'match' }));
  if (query.after === undefined) matches.unshift(...(await patientEntry(db, query)));
  const last = page.at(-1);
  const entries = [...matches, ...(await referred(db, matches, query))];
  return rows.length > count && last !== undefined ? { entries, next: `${last.date_low}.${last.type}.${last.key}` } : { entries };
}

// Both halves use an index of their own; those of the main patient come ordered by date without a sort. The others are few: `+ 0` keeps the
// planner from walking all dates in the hope to meet them soon (2 million resources: over 4 s instead of 3 ms).
async function memberRows(db: Queryable, query: EverythingQuery, limit: number): Promise<Row[]> {
  const place = keyOf(query.patientId);
  const [date, type, key] = query.after?.split('.') ?? [];
  const wanted = `type <> ${typeCode('Patient')} and ($2::smallint[] is null or type = any($2)) and ($3::bigint is null or updated >= $3)
    and (date_high <= -9e15 or (($4::bigint is null or date_high > $4) and ($5::bigint is null or date_low < $5)))
    and ($6::bigint is null or (date_low, type, key) < ($6, $7::smallint, $8::bigint))`;
  const newestFirst = `type desc, key desc limit ${limit}`;
  const columns = 'type, id, key, date_low, content';
  const { rows } = await db.query<Row>({
    plan: 'custom',
    text: `select * from (
        (select ${columns} from record.resource where patient = $1 and patient <> 0 and ${wanted} order by date_low desc, ${newestFirst})
        union all
        (select ${columns} from record.resource where tokens @> array[$9::bigint] and patient <> $1 and ${wanted} order by (date_low + 0) desc, ${newestFirst})
      ) member order by date_low desc, ${newestFirst}`,
    values: [
      String(place), query.types?.map(typeCode) ?? null, query.since ?? null, query.start ?? null, query.end ?? null,
      date ?? null, type ?? null, key ?? null, String(place ^ compartmentPlace),
    ],
  });
  return rows;
}

async function patientEntry(db: Queryable, query: EverythingQuery): Promise<EverythingEntry[]> {
  if (query.types !== undefined && !query.types.includes('Patient')) return [];
  const patient = await loadCurrent(db, 'Patient', query.patientId);
  if (patient?.json === undefined || patient.updated < (query.since ?? 0)) return [];
  return [{ type: 'Patient', id: patient.id, json: patient.json, mode: 'match' }];
}

const reference = /"reference":"(Practitioner|PractitionerRole|Organization|Location|Medication|HealthcareService|Device)\/([A-Za-z0-9\-.]{1,64})["/]/g;
const ROUNDS = 3; // role → practitioner and organization → its parent

async function referred(db: Queryable, matches: readonly EverythingEntry[], { types }: EverythingQuery): Promise<EverythingEntry[]> {
  const seen = new Set(matches.map((entry) => `${entry.type}/${entry.id}`));
  const found: EverythingEntry[] = [];
  let fresh: readonly EverythingEntry[] = matches;
  for (let round = 0; fresh.length > 0 && round < ROUNDS; round++) {
    const refs = fresh.flatMap((entry) => newReferences(entry, seen));
    if (refs.length === 0) break;
    const loaded = await loadCurrents(db, refs, false);
    fresh = loaded.flatMap((current) => (current?.json === undefined ? [] : [{ type: current.type, id: current.id, json: current.json, mode: 'include' as const }]));
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
