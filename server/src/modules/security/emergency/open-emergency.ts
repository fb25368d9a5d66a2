// Break-glass: opens a record for a short time, and says so to the privacy officers.
import { randomId } from '../../../platform/ids.ts';
import type { Work } from '../../../platform/work.ts';
import { findPerson, type Person } from '../find-people.ts';
import { checkCount, unusualCount, type Emergency, type Reason } from './emergency.ts';
import { addEmergency, countSince, listOwnOpen, lockEmergenciesOf } from './store.ts';
import { tellRights } from './tell-rights.ts';

export interface OpenEmergency {
  readonly patientId: string;
  readonly reason: Reason;
  /** At least 10 characters. */
  readonly explanation: string;
  readonly hours: number;
  readonly reviewWithinHours: number;
  /** By one account within 24 hours. */
  readonly most: number;
}

const dayMs = 86_400_000;

/**
 * Opens a patient's record to the actor for some hours; one that is open already is given as it stands. Tells `security.emergency-opened` (privacy
 * officers), and `security.emergencies-unusual` at the tenth within a day. Refuses a patient who is not in the record, and what is too many
 * (`security.too-many-emergencies`).
 */
export async function openEmergency(work: Work, input: OpenEmergency): Promise<{ emergency: Emergency; person: Person }> {
  const person = await findPerson(work, input.patientId);
  return work.transact(async (inside) => {
    await lockEmergenciesOf(inside.db, inside.actor.id);
    const open = (await listOwnOpen(inside.db, inside.actor.id, inside.now)).find(({ patient }) => patient === input.patientId);
    if (open !== undefined) return { emergency: open, person };
    const opened = await countSince(inside.db, inside.actor.id, inside.now - dayMs);
    checkCount(opened, input.most);
    const emergency = newEmergency(inside, input, opened + 1);
    await addEmergency(inside.db, emergency);
    await inside.tell({ name: 'security.emergency-opened', data: { emergency: emergency.id } });
    if (emergency.dayCount === unusualCount) await inside.tell({ name: 'security.emergencies-unusual', data: { account: inside.actor.id, emergency: emergency.id } });
    await tellRights(inside, emergency, 'open');
    return { emergency, person };
  });
}

function newEmergency({ actor, now }: Work, { patientId, reason, explanation, hours, reviewWithinHours }: OpenEmergency, dayCount: number): Emergency {
  return {
    id: randomId(), account: actor.id, name: actor.name, patient: patientId, reason, explanation: explanation.trim(),
    openedAt: now, until: now + hours * 3_600_000, reviewDue: now + reviewWithinHours * 3_600_000, dayCount,
  };
}
