import { dataElement, jsonText, type JsonDataset, type JsonValue } from '@sen/dicom';
import type { Work } from '../../../platform/work.ts';
import { accessOf, ownPatients } from '../../security/index.ts';
import { attributes, type Attribute, type QueryLevel } from '../query/attributes.ts';
import { findMatches, isAtOrAbove, type MatchRow } from '../query/find-matches.ts';
import { admitStudies } from './check-study.ts';
import { searchKeys } from './query-text.ts';

export interface SearchAnswer {
  readonly json: string;
  /** More match, or not all keys were used. */
  readonly warnings: readonly string[];
}

const column = (keyword: string, sql: string): Attribute => ({ tag: 0, keyword, level: 'patient', sql, matching: 'text' });
const belonging = [column('subject', 's.subject'), column('facility', 's.facility')];
const inOnePass = 1_000;
const mostPasses = 10;

/** Searches (DICOM PS3.18 2024e, 10.6); `within` are the UIDs of the path. Gives only what the actor may see. */
export async function searchArchive(work: Work, level: Exclude<QueryLevel, 'patient'>, query: Readonly<Record<string, unknown>>, within: Readonly<Record<string, string>>): Promise<SearchAnswer> {
  const { keys, limit, offset, unknown } = searchKeys({ ...query, ...within });
  const wanted = [...attributes.values()].filter((one) => isAtOrAbove(one, level));
  const found: MatchRow[] = [];
  let [passes, ended] = [0, false];
  for (; !ended && found.length <= offset + limit && passes < mostPasses; passes++) {
    const rows = await findMatches(work.db, { level, keys, wanted: [...wanted, ...belonging], most: Math.min(inOnePass, offset + limit + 1), skip: passes * Math.min(inOnePass, offset + limit + 1), seen: (place) => visible(work, place) });
    const seen = await admitStudies(work, rows.map(({ subject, facility }) => ({ subject: subject as string | null, facility: String(facility) })));
    found.push(...rows.filter((_row, at) => seen[at]));
    ended = rows.length < Math.min(inOnePass, offset + limit + 1);
  }
  const page = found.slice(offset, offset + limit);
  const isCut = found.length > offset + limit || !ended;
  return {
    json: `[${page.map((row) => jsonText(resultOf(row, wanted, level))).join(',')}]`,
    warnings: [...(isCut ? ['There are more results than were asked for or can be given at once'] : []), ...(unknown.length > 0 ? ['Some keys are not supported and were not used'] : [])],
  };
}

/** What the database can leave out before each row is judged: unmatched ones, and of patients and relatives everybody else's. */
function visible({ actor }: Work, place: (value: unknown) => string): string {
  const access = accessOf(actor);
  const own = access.rules('ImagingStudy', 'read').every(({ relation }) => relation === 'own') && !access.unlimited;
  const matched = own ? `s.subject = ANY (${place(ownPatients(actor))}::text[])` : 's.subject IS NOT NULL';
  if (!access.permits('imaging.work')) return matched;
  return actor.facility === undefined ? (own ? `(s.subject IS NULL OR ${matched})` : 'true') : `(${matched} OR (s.subject IS NULL AND s.facility = ${place(actor.facility)}))`;
}

function resultOf(row: MatchRow, wanted: readonly Attribute[], level: QueryLevel): JsonDataset {
  const parts = [['studies', row['StudyInstanceUID']], ...(level === 'study' ? [] : [['series', row['SeriesInstanceUID']]]), ...(level === 'instance' ? [['instances', row['SOPInstanceUID']]] : [])];
  const address = `/dicomweb/${parts.map((part) => part.join('/')).join('/')}`;
  const values = wanted.map(({ tag, keyword }): [number, JsonDataset[string]] => [tag, elementOf(tag, row[keyword] ?? null)]);
  const all = [...values, [0x00081190, { vr: 'UR', Value: [address] }] as const, [0x00080056, { vr: 'CS', Value: ['ONLINE'] }] as const, [0x00080005, { vr: 'CS', Value: ['ISO_IR 192'] }] as const];
  return Object.fromEntries(all.toSorted(([a], [b]) => a - b).map(([tag, element]) => [tag.toString(16).toUpperCase().padStart(8, '0'), element]));
}

function elementOf(tag: number, value: MatchRow[string]): JsonDataset[string] {
  const vr = dataElement(tag)?.vrs[0] ?? 'LO';
  if (value === null) return { vr };
  return { vr, Value: [value].flat().map((one): JsonValue => (vr === 'PN' ? { Alphabetic: String(one) } : one)) };
}
