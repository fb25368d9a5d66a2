// Keeper of the Consents of patients: what they say holds from the commit that stores them.
import type { Work } from '../../../platform/work.ts';
import { consentRules } from '../fhir-consent.ts';
import { addRules, lockConsents, markConsented, removeRules } from './store.ts';

/** A stored change of a resource, as the record tells it; `after` is undefined for a deletion. */
interface StoredChange {
  readonly id: string;
  readonly after?: { readonly resource: object } | undefined;
}

/**
 * Turns stored Consents into rules, and those withdrawn or deleted into none, in the transaction of the work. Refuses what it cannot enforce (422
 * `security.consent-not-understood`, `security.consent-needs-writing`). Gives the keys of the patients whose mark `consented` changed.
 */
export async function keepConsents(work: Work, changes: readonly StoredChange[]): Promise<bigint[]> {
  const kept = changes.map(({ id, after }) => ({ id, said: after === undefined ? undefined : consentRules({ ...after.resource }, work.now) }));
  const patients = new Set(await removeRules(work.db, kept.map(({ id }) => id)));
  for (const { id, said } of kept) {
    if (said === undefined || said.rules.length === 0) continue;
    await addRules(work.db, id, said.patient, said.rules);
    patients.add(said.patient);
  }
  if (patients.size === 0) return [];
  await lockConsents(work.db, [...patients]);
  return markConsented(work.db, [...patients]);
}
