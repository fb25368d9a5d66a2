// The desk registers somebody, having looked at those who are alike.
import type { Registration } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { registerPatient, type Registered } from '../registration/register-patient.ts';
import { keepJudged } from './store.ts';

/** Registers, and keeps that the people whom the clerk was shown are somebody else. */
export async function registerAtDesk(work: Work, input: { registration: Registration; onceKey?: string; notTheSameAs?: readonly string[] }): Promise<Registered> {
  return work.transact(async (inner) => {
    const registered = await registerPatient(inner, input.registration, input.onceKey);
    for (const other of input.notTheSameAs ?? []) if (other !== registered.patientId) await keepJudged(inner.db, registered.patientId, other, inner.actor.name, inner.now);
    return registered;
  });
}
