// The review of an emergency access, which must be closed.
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { noSuchEmergency } from './close-emergency.ts';
import { keyOf } from '../fhir-types.ts';
import { endOrderRelations } from '../relations/end-relations.ts';
import { checkReview, type Emergency, type Verdict } from './emergency.ts';
import { lockEmergency, practitionerOf, storeReview } from './store.ts';

/** Judges an emergency access; one that was not justified ends what orders made of it. Refuses one's own (`security.own-emergency`) and one that has been judged (`security.emergency-reviewed`). */
export async function reviewEmergency(work: Work, input: { id: string; verdict: Verdict; note: string }): Promise<Emergency> {
  return work.transact(async (inside) => {
    const emergency = await lockEmergency(inside.db, input.id);
    if (emergency === undefined) throw noSuchEmergency();
    checkReview(emergency, inside.actor.id);
    const review = { reviewer: inside.actor.id, name: inside.actor.name, at: inside.now, verdict: input.verdict, note: input.note.trim() };
    await storeReview(inside.db, input.id, review);
    if (input.verdict === 'not-justified') await endWhatItMade(inside, emergency);
    await inside.tell({ name: 'security.emergency-reviewed', data: { emergency: input.id, verdict: input.verdict } });
    tellAudit(inside, { kind: 'review', patients: [emergency.patient], detail: { emergency: input.id, verdict: input.verdict } });
    return { ...emergency, review };
  });
}

async function endWhatItMade({ db, now }: Work, { account, patient }: Emergency): Promise<void> {
  const practitioner = await practitionerOf(db, account);
  if (practitioner !== undefined) await endOrderRelations(db, String(keyOf(patient)), practitioner, now);
}
