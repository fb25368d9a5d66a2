import type { MessageChannel, MessagePreferences } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Actor, Work } from '../../../platform/work.ts';
import { meansNow } from '../means-now.ts';
import { readPreferencesOf, writePreferences } from './store.ts';

/** How oneself, or one of one’s family, is told. */
export async function readPreferences(work: Work, patientId?: string): Promise<{ preferences: MessagePreferences; available: MessageChannel[]; devices: number }> {
  const patient = ownPatient(work.actor, patientId);
  const preferences = await readPreferencesOf(work.db, [patient]);
  const { rows } = await work.db.query<{ n: number }>({ name: 'messages.count-devices', text: 'SELECT count(*)::int AS n FROM messages.push_subscription WHERE account = $1', values: [work.actor.id] });
  work.trail.touches.push({ action: 'R', type: 'Patient', id: patient });
  return { preferences: preferences(patient), available: [...(meansNow()?.channels.keys() ?? [])], devices: rows[0]?.n ?? 0 };
}

export async function changePreferences(work: Work, { patientId, preferences }: { patientId?: string; preferences: MessagePreferences }): Promise<null> {
  const patient = ownPatient(work.actor, patientId);
  await writePreferences(work.db, patient, preferences, work.actor.id, work.now);
  work.trail.touches.push({ action: 'U', type: 'Patient', id: patient });
  work.trail.note = { action: 'U', detail: { preferences: true } };
  return null;
}

/** Anybody else's record is answered as one that is not there. */
function ownPatient({ patients = [], grant }: Actor, asked: string | undefined): string {
  const own = grant?.patient === undefined ? patients : patients.filter((id) => id === grant.patient);
  const patient = asked ?? own[0];
  if (patient === undefined || !own.includes(patient)) throw new Refusal('not-found', 'messages.no-such-patient', { vi: 'Không có hồ sơ người bệnh này.', en: 'There is no record of this patient.' });
  return patient;
}
