import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { departmentOf } from '../fhir-places.ts';

/** A department becomes bookable with its first session. Refuses with `booking.no-such-specialty` what is no department of the facility. */
export async function openSpecialty(work: Work, facility: string, id: string): Promise<void> {
  const known = await work.db.query<{ facility: string }>({ name: 'booking.facility-of-specialty', text: 'SELECT facility FROM booking.specialty WHERE id = $1', values: [id] });
  if (known.rows[0]?.facility === facility) return;
  const resource = known.rows[0] === undefined ? await readResource(asHouse(work), 'Organization', id) : undefined;
  const department = resource === undefined ? undefined : departmentOf(resource);
  if (department?.facility !== facility) throw noSuchSpecialty();
  await work.db.query({ name: 'booking.open-specialty', text: 'INSERT INTO booking.specialty (id, facility, name) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING', values: [id, facility, department.name] });
}

function noSuchSpecialty(): Refusal {
  return new Refusal('not-found', 'booking.no-such-specialty', { vi: 'Không có khoa này trong cơ sở.', en: 'There is no such department in this facility.' });
}
