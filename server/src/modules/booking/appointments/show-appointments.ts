import type { AppointmentView } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { readPatients } from '../../identity/index.ts';
import { readResource } from '../../record/index.ts';
import { tellAudit } from '../../security/index.ts';
import type { StoredAppointment } from './appointment-store.ts';
import { view } from './view.ts';

/** Shows appointments with the names of their patients, and notes for the audit whose they are. The caller has judged who may see them. */
export async function showAppointments(work: Work, found: readonly StoredAppointment[], sparse = false): Promise<AppointmentView[]> {
  if (found.length === 0) return [];
  const names = await namesOf(work, [...new Set(found.map(({ patientId }) => patientId))]);
  const facilities = new Map<string, string>();
  for (const id of new Set(found.map(({ facility }) => facility))) facilities.set(id, await facilityName(work, id));
  tellAudit(work, { patients: [...names.keys()] });
  return found.map((one) => view(one, { language: work.language, now: work.now, patientName: names.get(one.patientId) ?? '', facilityName: facilities.get(one.facility) ?? '', sparse }));
}

/** Names of patients by id, whatever the actor may read of them: a booking that one may see has a name. */
export async function namesOf(work: Work, patientIds: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let at = 0; at < patientIds.length; at += 100) {
    for (const [id, { name }] of await readPatients(asHouse(work), patientIds.slice(at, at + 100))) names.set(id, name);
  }
  return names;
}

export async function facilityName(work: Work, id: string): Promise<string> {
  const facility = await readResource(asHouse(work), 'Organization', id);
  return typeof facility?.['name'] === 'string' ? facility['name'] : '';
}
