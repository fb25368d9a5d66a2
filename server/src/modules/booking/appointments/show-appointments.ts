import type { AppointmentView } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { tellAudit } from '../../security/index.ts';
import type { StoredAppointment } from './appointment-store.ts';
import { view } from './view.ts';

/** Shows appointments with the names of their patients, and notes for the audit whose they are. The caller has judged who may see them. */
export async function showAppointments(work: Work, found: readonly StoredAppointment[], sparse = false): Promise<AppointmentView[]> {
  if (found.length === 0) return [];
  const facilities = new Map<string, string>();
  for (const id of new Set(found.map(({ facility }) => facility))) facilities.set(id, await facilityName(work, id));
  tellAudit(work, { patients: [...new Set(found.map(({ patientId }) => patientId))] });
  return found.map((one) => view(one, { language: work.language, now: work.now, patientName: one.personName, facilityName: facilities.get(one.facility) ?? '', sparse }));
}

/** Empty for a facility that the record does not know, as in a hospital that has no clinics yet. */
export async function facilityName(work: Work, id: string): Promise<string> {
  if (id === '') return '';
  const facility = await readResource(asHouse(work), 'Organization', id);
  return typeof facility?.['name'] === 'string' ? facility['name'] : '';
}

/** The number to call, as the record has it. */
export async function facilityPhone(work: Work, id: string): Promise<string | undefined> {
  if (id === '') return undefined;
  const telecom = ((await readResource(asHouse(work), 'Organization', id))?.['telecom'] ?? []) as readonly { system?: string; value?: string }[];
  return telecom.find(({ system }) => system === 'phone')?.value;
}
