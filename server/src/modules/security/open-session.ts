// Opens a session for an account whose holder has been recognised.
import type { Work } from '../../platform/work.ts';
import { actorOf, type Account, type Session } from './account.ts';
import { rememberSession } from './remembered-sessions.ts';
import { addSession } from './store.ts';
import { newToken, tokenHash } from './token.ts';

/** Stores a new session of some hours and gives its token, which is kept nowhere else. */
export async function openSession(work: Work, account: Account, hours: number): Promise<{ token: string; session: Session }> {
  const token = newToken();
  const expiresAt = work.now + hours * 3_600_000;
  await addSession(work.db, tokenHash(token), account.id, work.now, expiresAt);
  const session = { account, actor: actorOf(account), expiresAt };
  // Inside a transaction the session may still be rolled back, and then must not be believed.
  if (!work.transactional) rememberSession(token, session, work.now);
  return { token, session };
}
