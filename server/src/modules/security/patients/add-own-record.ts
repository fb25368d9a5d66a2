// A patient has let somebody act for them: that person's account opens the record from now on.
import type { Work } from '../../../platform/work.ts';
import { tellSessionsChanged } from '../tell-sessions-changed.ts';
import type { AccountId } from '../account.ts';

/** Adds a patient to an account, and where it stands in the record, so that a later sign-in looks there again. */
export async function addOwnRecord(work: Work, { account, patient, source }: { account: string; patient: string; source: string }): Promise<void> {
  await work.db.query({
    name: 'security.add-own-record',
    text: `UPDATE security.account SET patients = patients || $2::text, roles = CASE WHEN 'relative' = ANY(roles) THEN roles ELSE roles || 'relative'::text END
      WHERE id::text = $1 AND NOT $2 = ANY(patients)`,
    values: [account, patient],
  });
  await work.db.query({ name: 'security.add-source', text: 'UPDATE security.upstream_identity SET sources = sources || $2::text WHERE account_id::text = $1 AND NOT $2 = ANY(sources)', values: [account, source] });
  await tellSessionsChanged(work.db, account as AccountId);
}
