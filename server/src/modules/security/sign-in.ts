// Sign-in: username and password become a session, or the first half of one where a second factor is asked for.
import type { Work } from '../../platform/work.ts';
import { usernameOf } from './account.ts';
import { tellAudit } from './audit/tell-audit.ts';
import { hashPassword, isOutdated, isPassword } from './password.ts';
import { countFailure, forgetFailures, waitBeforeSignIn, type Guesser } from './sign-in-delay.ts';
import { completeSignIn, type From, type SignedIn } from './signin/complete-sign-in.ts';
import { hasSecondFactor } from './signin/owed.ts';
import { mustWait, wrongPassword } from './signin/refusals.ts';
import type { SignInRules } from './signin/session-limits.ts';
import { addStep, findCredentials, noteFailure, renewPasswordHash, type Credentials } from './signin/store.ts';
import { newToken, tokenHash } from './token.ts';

export interface SignIn extends From {
  readonly username: string;
  readonly password: string;
}

/** What is still to be shown, and the ticket that says the password was right. */
export interface SecondStep {
  readonly ticket: string;
  readonly methods: readonly ('totp' | 'passkey' | 'recovery')[];
}

const stepLifeMs = 5 * 60_000;

/** Opens a session, or asks for the second factor. Refuses a wrong password and an unknown user alike (`security.wrong-password`), and too many tries (`security.wait`). */
export async function signIn(work: Work, input: SignIn, rules: SignInRules): Promise<SignedIn | SecondStep> {
  const username = usernameOf(input.username);
  const device = input.device === undefined ? undefined : tokenHash(input.device);
  const person = await findCredentials(work.db, { username }, work.now, device);
  const guesser = { username, address: input.address, knownDevice: person?.knownDevice ? device?.toString('base64') : undefined };
  await judgePassword(work, guesser, input.password, person);
  forgetFailures(guesser, work.now);
  if (person === undefined) throw wrongPassword(); // judgePassword has refused already
  if (person.passwordHash !== undefined && isOutdated(person.passwordHash)) await renewPasswordHash(work.db, person.account.id, await hashPassword(input.password));
  // Beside an administrator's one-time code too: whoever overhears it must not get past the factor that the person still has.
  if (hasSecondFactor(person)) return beginSecondStep(work, person);
  return completeSignIn(work, { person, method: 'password', passwordLength: [...input.password.normalize('NFKC')].length }, input, rules);
}

/** Counts the try, then judges it: parallel guesses count too. */
async function judgePassword(work: Work, guesser: Guesser, password: string, person: Credentials | undefined): Promise<void> {
  const waitMs = waitBeforeSignIn(guesser, work.now);
  tellAudit(work, { kind: 'sign-in', ...(person === undefined ? {} : { actor: person.account.id }), detail: { method: 'password' } });
  if (waitMs > 0) throw mustWait(waitMs);
  countFailure(guesser, work.now);
  const right = await isPassword(password, person?.passwordHash);
  if (right && person?.passwordEnded === false) return;
  await noteFailure(work.db, guesser.username, guesser.address, work.now);
  throw wrongPassword();
}

async function beginSecondStep(work: Work, person: Credentials): Promise<SecondStep> {
  const ticket = newToken();
  await addStep(work.db, { ticketHash: tokenHash(ticket), purpose: 'second-factor', account: person.account.id, lifeMs: stepLifeMs }, work.now);
  return { ticket, methods: [...(person.passkeys > 0 ? ['passkey' as const] : []), ...(person.totp ? ['totp' as const] : []), ...(person.recoveryCodes > 0 ? ['recovery' as const] : [])] };
}
