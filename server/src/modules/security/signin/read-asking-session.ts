// The session of the request under way.
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import type { Session } from '../account.ts';
import { readSession } from '../read-session.ts';

/** Gives the session of a request's token; refuses one that is none (`security.not-signed-in`), such as a device's or an app's. */
export async function readAskingSession(work: Work, token: string | undefined): Promise<{ token: string; session: Session }> {
  const session = token === undefined ? undefined : await readSession(work, token);
  if (token !== undefined && session !== undefined) return { token, session };
  throw new Refusal('unauthenticated', 'security.not-signed-in', { vi: 'Xin đăng nhập.', en: 'Please sign in.' });
}
