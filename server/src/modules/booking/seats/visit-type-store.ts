// Kinds of visit in force on a day.
import type { Queryable } from '../../../platform/database.ts';

export interface StoredVisitType {
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly minutes: number;
}

export const usualVisitType = 'first';

export async function visitTypesOn(db: Queryable, day: string): Promise<StoredVisitType[]> {
  const { rows } = await db.query<StoredVisitType & { place: number }>({
    name: 'booking.visit-types',
    text: `SELECT DISTINCT ON (code) code, name_vi AS "nameVi", name_en AS "nameEn", minutes, place FROM booking.visit_type WHERE valid_from <= $1 ORDER BY code, valid_from DESC`,
    values: [day],
  });
  return rows.sort((one, other) => one.place - other.place);
}
