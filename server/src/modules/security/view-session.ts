// Looks whether a session still stands, without counting as a use of it.
import type { Work } from '../../platform/work.ts';
import type { Session } from './account.ts';
import { readAccessToken } from './oidc/read-access-token.ts';
import { readStoredSession } from './read-session.ts';
import { recallSession } from './remembered-sessions.ts';
import { findSession } from './signin/session-store.ts';
import { tokenHash } from './token.ts';

/** Gives the session of a token as it stands: what stays open by itself (a live stream) must not keep it from resting. */
export async function viewSession(work: Work, token: string): Promise<Session | undefined> {
  const recalled = recallSession(token, work.now);
  if (recalled) return recalled;
  const hash = tokenHash(token);
  const stored = await findSession(work.db, hash, work.now);
  if (stored === undefined) return readAccessToken(work, hash);
  return work.now - stored.lastUsedAt >= stored.idleMinutes * 60_000 ? undefined : readStoredSession(work, stored);
}
