// Sign-out: the session ends at once here, and within 15 s in other processes.
import type { Work } from '../../platform/work.ts';
import { forgetSession } from './remembered-sessions.ts';
import { removeSession } from './store.ts';
import { tokenHash } from './token.ts';

/** Ends the session of a token; an unknown token is no error. */
export async function signOut(work: Work, token: string): Promise<void> {
  await removeSession(work.db, tokenHash(token));
  forgetSession(token);
}
