// Opens a session for an account whose holder has been recognised.
import { randomId } from '../../platform/ids.ts';
import type { Work } from '../../platform/work.ts';
import type { Account, Held, Session } from './account.ts';
import { addSession, type SessionKind } from './signin/session-store.ts';
import { readStoredSession } from './read-session.ts';
import { rememberSession } from './remembered-sessions.ts';
import { newToken, tokenHash } from './token.ts';

/** How and where the person signed in. */
export interface SessionAbout {
  readonly kind: SessionKind;
  readonly method: string;
  readonly address?: string | undefined;
  readonly agent?: string | undefined;
  readonly idleMinutes?: number;
  readonly lockMinutes?: number;
  readonly owes?: Exclude<Held, 'locked'> | undefined;
}

/** Stores a new session of some hours and gives its token, which is kept nowhere else. Without more, it is a machine's: it never rests or locks. */
export async function openSession(
  work: Work, account: Account, hours: number, about: SessionAbout = { kind: 'machine', method: 'command' },
): Promise<{ token: string; session: Session }> {
  const token = newToken();
  const { kind, method, address, agent, owes, idleMinutes = Math.ceil(hours * 60), lockMinutes = 0 } = about;
  const stored = { id: randomId<'Session'>(), account, kind, expiresAt: work.now + hours * 3_600_000, idleMinutes, lockMinutes: kind === 'browser' ? lockMinutes : 0, ...(owes === undefined ? {} : { owes }) };
  await addSession(work.db, { ...stored, account: account.id, tokenHash: tokenHash(token), method, address, agent }, work.now);
  const session = await readStoredSession(work, { ...stored, lastUsedAt: work.now, freshAt: work.now });
  // Inside a transaction the session may still be rolled back, and then must not be believed.
  if (!work.transactional) rememberSession(token, session, work.now);
  return { token, session };
}
