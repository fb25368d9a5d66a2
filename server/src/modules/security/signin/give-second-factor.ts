// The second half of a sign-in: a code of the app, a recovery code, or a passkey.
import type { Work } from '../../../platform/work.ts';
import type { AccountId } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { countFailure, forgetFailures, waitBeforeSignIn } from '../sign-in-delay.ts';
import { tokenHash } from '../token.ts';
import { checkOneTimePassword } from './check-one-time-password.ts';
import { completeSignIn, type From, type SignedIn } from './complete-sign-in.ts';
import { checkRecoveryCode } from './issue-recovery-codes.ts';
import { checkPasskey, type PasskeyProof, type Site } from './passkey-ceremony.ts';
import { mustWait, stepEnded, wrongCode, wrongPasskey } from './refusals.ts';
import type { SignInRules } from './session-limits.ts';
import { findCredentials, noteFailure, takeStep, tryStep, type Credentials } from './store.ts';

export interface SecondFactor {
  readonly ticket: string;
  /** Six digits of an app, or a recovery code. */
  readonly code?: string | undefined;
  readonly passkey?: PasskeyProof | undefined;
}

const mostTries = 5;

/** Completes a sign-in. Refuses a wrong code (`security.wrong-code`), a ticket that ended or was tried five times, and too many tries of this person. */
export async function giveSecondFactor(work: Work, { ticket, code, passkey }: SecondFactor, from: From, site: Site, rules: SignInRules): Promise<SignedIn> {
  const hash = tokenHash(ticket);
  const step = await tryStep(work.db, hash, 'second-factor', mostTries, work.now);
  const person = step?.account === undefined ? undefined : await findCredentials(work.db, { id: step.account }, work.now);
  if (person === undefined) throw stepEnded();
  const method = passkey === undefined ? await codeMethod(work, person, code ?? '', from) : await passkeyMethod(work, person.account.id, passkey, site);
  if ((await takeStep(work.db, hash, 'second-factor', work.now)) === undefined) throw stepEnded(); // another request was faster
  return completeSignIn(work, { person, method: `password+${method}` }, from, rules);
}

/** Six digits can be guessed: whoever knows the password is slowed here as at the first door, wherever the tries come from. */
async function codeMethod(work: Work, { account }: Credentials, code: string, { address }: From): Promise<string> {
  const guesser = { username: `${account.username}\nsecond factor`, address };
  const waitMs = waitBeforeSignIn(guesser, work.now);
  tellAudit(work, { kind: 'second-factor', actor: account.id });
  if (waitMs > 0) throw mustWait(waitMs);
  countFailure(guesser, work.now);
  const isDigits = /^[\d\s]{6,8}$/.test(code);
  const right = isDigits ? await checkOneTimePassword(work, account.id, code) : await checkRecoveryCode(work, account.id, code);
  if (right) forgetFailures(guesser, work.now);
  if (right) return isDigits ? 'totp' : 'recovery';
  await noteFailure(work.db, account.username, address, work.now);
  throw wrongCode();
}

async function passkeyMethod(work: Work, account: AccountId, proof: PasskeyProof, site: Site): Promise<string> {
  if ((await checkPasskey(work, proof, site)) !== account) throw wrongPasskey();
  return 'passkey';
}
