// Sign-out: the session ends at once, in every process.
import type { Work } from '../../platform/work.ts';
import { forgetSession, forgetSessionsOf } from './remembered-sessions.ts';
import { removeSession } from './signin/session-store.ts';
import { tellSessionsChanged } from './tell-sessions-changed.ts';
import { tokenHash } from './token.ts';

/** Ends the session of a token; an unknown token is no error. */
export async function signOut(work: Work, token: string): Promise<void> {
  const account = await removeSession(work.db, tokenHash(token));
  forgetSession(token);
  if (account === undefined) return;
  forgetSessionsOf(account); // the apps that acted within this session, too
  await tellSessionsChanged(work.db, account);
}
