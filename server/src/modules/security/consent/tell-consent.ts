import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';

/** Tells that a consent was given or withdrawn: an event for others, a word for the audit. */
export async function tellConsent(work: Work, what: 'given' | 'withdrawn', patientId: string, consentId: string): Promise<void> {
  tellAudit(work, { kind: 'consent', patients: [patientId], detail: { consent: consentId, act: what } });
  await work.tell({ name: `security.consent-${what}`, data: { patient: patientId, consent: consentId } });
}
