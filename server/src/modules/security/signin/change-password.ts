// A person chooses a new password.
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import type { Session } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { endSessions } from '../end-sessions.ts';
import { hashPassword, isPassword } from '../password.ts';
import { countFailure, forgetFailures, waitBeforeSignIn } from '../sign-in-delay.ts';
import { checkNewPassword } from './check-new-password.ts';
import { hasSecondFactor, owedBy } from './owed.ts';
import { mustWait } from './refusals.ts';
import type { SignInRules } from './session-limits.ts';
import { setOwed } from './session-store.ts';
import { findCredentials, setPassword, type Credentials } from './store.ts';

export interface PasswordChange {
  readonly session: Session;
  readonly current: string;
  readonly next: string;
}

/** Changes the password of the person of a session, and ends the person's other sessions. Refuses a wrong current one (`security.wrong-current-password`) and a weak new one. */
export async function changePassword(work: Work, { session, current, next }: PasswordChange, rules: SignInRules): Promise<void> {
  const { id } = session.account;
  tellAudit(work, { kind: 'account', detail: { act: 'change-password' } });
  const person = await findCredentials(work.db, { id }, work.now);
  if (person === undefined || !(await knowsCurrent(work, person, session.id, current))) throw wrongCurrent();
  const { name, username } = person.account;
  await checkNewPassword(work, next, { words: [name, username], secondFactor: hasSecondFactor(person) });
  if (next === current) throw new Refusal('rule', 'security.password-same', { vi: 'Mật khẩu mới phải khác mật khẩu cũ.', en: 'The new password must differ from the old one.' });
  const hash = await hashPassword(next);
  await work.transact(async (inside) => {
    await setPassword(inside.db, id, hash, work.now);
    await setOwed(inside.db, id, owedBy({ ...person, mustChange: false }, rules, work.now));
    await endSessions(inside, id, { except: session.id });
  });
}

async function knowsCurrent(work: Work, person: Credentials, session: string, current: string): Promise<boolean> {
  const guesser = { username: person.account.username, address: '', knownDevice: session };
  const waitMs = waitBeforeSignIn(guesser, work.now);
  if (waitMs > 0) throw mustWait(waitMs);
  countFailure(guesser, work.now);
  const right = await isPassword(current, person.passwordHash);
  if (right) forgetFailures(guesser, work.now);
  return right;
}

function wrongCurrent(): Refusal {
  return new Refusal('rule', 'security.wrong-current-password', { vi: 'Mật khẩu hiện tại không đúng.', en: 'The current password is not right.' });
}
