import type { Work } from '../../../platform/work.ts';

/** The facility asked for, else that of the actor, else the one with the most specialties. */
export async function findFacility(work: Work, asked?: string): Promise<string> {
  const own = work.actor.facility ?? asked;
  if (own !== undefined) return own;
  const text = 'SELECT facility FROM booking.specialty WHERE active GROUP BY facility ORDER BY count(*) DESC, facility LIMIT 1';
  return (await work.db.query<{ facility: string }>({ name: 'booking.largest-facility', text })).rows[0]?.facility ?? '';
}
