// Reads the session behind a token.
import type { Work } from '../../platform/work.ts';
import { actorOf, type Session } from './account.ts';
import { recallSession, rememberSession } from './remembered-sessions.ts';
import { findSession, touchSession } from './store.ts';
import { tokenHash } from './token.ts';

/** Last use is noted this coarsely: a write for every request would cost more than it tells. */
const touchedEveryMs = 5 * 60_000;

/** Gives the session of a token, or undefined when it is unknown, has ended, or its account was disabled. */
export async function readSession(work: Work, token: string): Promise<Session | undefined> {
  const recalled = recallSession(token, work.now);
  if (recalled) return recalled;
  const hash = tokenHash(token);
  const stored = await findSession(work.db, hash, work.now);
  if (stored === undefined) return undefined;
  if (work.now - stored.lastUsedAt > touchedEveryMs) await touchSession(work.db, hash, work.now);
  const session = { account: stored.account, actor: actorOf(stored.account), expiresAt: stored.expiresAt };
  rememberSession(token, session, work.now);
  return session;
}
