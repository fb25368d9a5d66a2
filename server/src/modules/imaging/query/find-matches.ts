// One statement for a query of any level: what matches all keys, the newest first.
import type { Queryable } from '../../../platform/database.ts';
import type { Attribute, QueryLevel } from './attributes.ts';
import { conditionOf } from './condition.ts';

export interface MatchQuery {
  readonly level: QueryLevel;
  /** Of whose archive; all when it is not said. */
  readonly facility?: string;
  readonly keys: readonly { readonly attribute: Attribute; readonly values: readonly string[] }[];
  /** What the answer should have. */
  readonly wanted: readonly Attribute[];
  readonly most: number;
  readonly skip?: number;
  /** Of these alone, as who asks may see them. */
  readonly seen?: (place: (value: unknown) => string) => string;
}

/** Values by keyword; absent ones are null. */
export type MatchRow = Readonly<Record<string, string | number | readonly string[] | null>>;

const tables: Readonly<Record<QueryLevel, string>> = {
  patient: 'imaging.study s',
  study: 'imaging.study s',
  series: 'imaging.study s JOIN imaging.series r ON r.study_uid = s.uid',
  instance: 'imaging.study s JOIN imaging.series r ON r.study_uid = s.uid JOIN imaging.instance i ON i.series_uid = r.uid',
};

const order: Readonly<Record<QueryLevel, string>> = {
  patient: 's.patient_id, s.issuer, s.received_at DESC',
  study: 's.study_date DESC NULLS LAST, s.study_time DESC NULLS LAST, s.uid',
  series: 's.study_date DESC NULLS LAST, s.study_time DESC NULLS LAST, s.uid, r.number, r.uid',
  instance: 's.uid, r.number, r.uid, i.number, i.uid',
};

const depth: Readonly<Record<QueryLevel, number>> = { patient: 0, study: 1, series: 2, instance: 3 };

/** Whether an attribute can be told at a level: those of the levels above are told with each match. */
export function isAtOrAbove({ level }: Attribute, asked: QueryLevel): boolean {
  return depth[level] <= depth[asked];
}

/** Gives up to `most` matches. A patient is told once, as the newest study has him. */
export async function findMatches(db: Queryable, { level, facility, keys, wanted, most, skip = 0, seen }: MatchQuery): Promise<readonly MatchRow[]> {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    ...(facility === undefined ? [] : [`s.facility = ${place(facility)}`]),
    ...(seen === undefined ? [] : [seen(place)]),
    ...(level === 'patient' ? ['s.patient_id IS NOT NULL'] : []),
    ...keys.filter(({ attribute }) => isAtOrAbove(attribute, level)).flatMap(({ attribute, values: asked }) => conditionOf(attribute, asked, place) ?? []),
  ];
  const columns = wanted.filter((attribute) => isAtOrAbove(attribute, level)).map(({ sql, keyword }) => `${sql} AS "${keyword}"`);
  const { rows } = await db.query<MatchRow>({
    text: `SELECT ${level === 'patient' ? 'DISTINCT ON (s.patient_id, s.issuer) ' : ''}${['true AS found', ...columns].join(', ')} FROM ${tables[level]}
      ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`} ORDER BY ${order[level]} LIMIT ${place(most)} OFFSET ${place(skip)}`,
    values,
  });
  return rows;
}
