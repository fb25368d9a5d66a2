// Sign-in: username and password become a session.
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { usernameOf, type Session } from './account.ts';
import { isPassword } from './password.ts';
import { openSession } from './open-session.ts';
import { countFailure, forgetFailures, waitBeforeSignIn } from './sign-in-delay.ts';
import { findAccount } from './store.ts';

export interface SignIn {
  readonly username: string;
  readonly password: string;
  /** Network address the attempt comes from. */
  readonly address: string;
  readonly hours: number;
}

/** Opens a session. Refuses a wrong password and an unknown user alike (`security.wrong-password`), and too many tries (`security.wait`). */
export async function signIn(work: Work, input: SignIn): Promise<{ token: string; session: Session }> {
  const username = usernameOf(input.username);
  const waitMs = waitBeforeSignIn(username, input.address, work.now);
  if (waitMs > 0) throw mustWait(waitMs);
  countFailure(username, input.address, work.now);
  const found = await findAccount(work.db, username);
  const right = await isPassword(input.password, found?.passwordHash);
  if (!found || !right) throw wrongPassword();
  forgetFailures(username, input.address);
  return openSession(work, found.account, input.hours);
}

function wrongPassword(): Refusal {
  return new Refusal('unauthenticated', 'security.wrong-password', {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    en: 'The username or the password is not right.',
  });
}

function mustWait(waitMs: number): Refusal {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  const refusal = new Refusal('busy', 'security.wait', {
    vi: `Sai nhiều lần. Xin thử lại sau ${retryAfterSeconds} giây.`,
    en: `Too many wrong tries. Please try again in ${retryAfterSeconds} s.`,
  });
  return Object.assign(refusal, { retryAfterSeconds });
}
