import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findResources, storeResource } from '../ask-record.ts';
import { consentPatient, withdrawnConsent } from '../fhir-consent-view.ts';
import { tellConsent } from './tell-consent.ts';

/** Ends a consent of one of the patients, at once; one that has ended stays as it is. Refuses others (`security.no-such-consent`). */
export async function withdrawConsent(work: Work, consentId: string, patients: readonly string[]): Promise<void> {
  await work.transact(async (inside) => {
    const [found = []] = await findResources.ask(asHouse(inside), { type: 'Consent', query: `_id=${encodeURIComponent(consentId)}` });
    const consent = found[0];
    const patientId = consent && consentPatient(consent);
    if (consent === undefined || patientId === undefined || !patients.includes(patientId)) throw noSuchConsent();
    if (consent['status'] !== 'active') return;
    await storeResource.ask(asHouse(inside), withdrawnConsent(consent, inside.now));
    await tellConsent(inside, 'withdrawn', patientId, consentId);
  });
}

function noSuchConsent(): Refusal {
  return new Refusal('not-found', 'security.no-such-consent', { vi: 'Không có sự đồng ý này.', en: 'There is no such consent.' });
}
