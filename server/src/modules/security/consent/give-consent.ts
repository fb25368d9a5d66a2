// A patient shares or restricts: it becomes a Consent of the record, which the keeper turns into rules.
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { storeResource } from '../ask-record.ts';
import { consentOf, consentSeen } from '../fhir-consent-view.ts';
import { findPerson } from '../find-people.ts';
import { findRecipient } from './find-recipients.ts';
import { checkSharing, type ConsentGiven, type ConsentSeen } from './sharing.ts';
import { tellConsent } from './tell-consent.ts';

export type GiveConsent = Omit<ConsentGiven, 'recipient' | 'facility'> & { readonly recipient: Pick<ConsentGiven['recipient'], 'kind' | 'reference'> };

/** Stores what a patient said; it holds at once. Tells `security.consent-given`. */
export async function giveConsent(work: Work, input: GiveConsent): Promise<ConsentSeen> {
  const { id: patientId } = await findPerson(work, input.patientId);
  const recipient = await findRecipient(work, input.recipient.kind, input.recipient.reference);
  const { facility } = work.actor;
  const given: ConsentGiven = { ...input, patientId, recipient, ...(facility === undefined ? {} : { facility }) };
  checkSharing(given, work.now);
  const consent = consentOf(given, work.now);
  return work.transact(async (inside) => {
    const [id = ''] = await storeResource.ask(asHouse(inside), consent);
    await tellConsent(inside, 'given', patientId, id);
    return consentSeen({ ...consent, id }, inside.now);
  });
}
