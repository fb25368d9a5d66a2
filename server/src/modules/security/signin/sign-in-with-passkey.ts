// Sign-in with a passkey alone: possession and the user's own check in one act.
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { refreshPatientAccount } from '../patients/open-patient-account.ts';
import { completeSignIn, type From, type SignedIn } from './complete-sign-in.ts';
import { checkPasskey, type PasskeyProof, type Site } from './passkey-ceremony.ts';
import { wrongPasskey } from './refusals.ts';
import type { SignInRules } from './session-limits.ts';
import { findCredentials } from './store.ts';

/** Opens the session of whoever's passkey has answered. */
export async function signInWithPasskey(work: Work, proof: PasskeyProof, from: From, site: Site, rules: SignInRules): Promise<SignedIn> {
  tellAudit(work, { kind: 'sign-in', detail: { method: 'passkey' } });
  const account = await checkPasskey(work, proof, site);
  await refreshPatientAccount(work, account);
  const person = await findCredentials(work.db, { id: account }, work.now);
  if (person === undefined) throw wrongPasskey(); // the account was disabled
  return completeSignIn(work, { person, method: 'passkey' }, from, rules);
}
