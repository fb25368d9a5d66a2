// Reads the session behind a token.
import type { Work } from '../../platform/work.ts';
import { actorOf, type Held, type Session } from './account.ts';
import { emergenciesOf } from './emergency/store.ts';
import { readAccessToken } from './oidc/read-access-token.ts';
import { recallSession, rememberSession } from './remembered-sessions.ts';
import { findSession, lockSession, removeSession, touchSession, type StoredSession } from './signin/session-store.ts';
import { tokenHash } from './token.ts';

/** Last use is noted this coarsely: a write for every request would cost more than it tells. A screen's counts towards its lock. */
const touchedEveryMs = { browser: 30_000, script: 5 * 60_000, machine: 5 * 60_000 };
/** What noting the last use coarsely, and believing a session for 15 s, may hide. */
const slackMs = 45_000;

/** Gives the session of a token, or undefined when it is unknown, has ended, or its account was disabled. One that rested too long is locked. */
export async function readSession(work: Work, token: string): Promise<Session | undefined> {
  const recalled = recallSession(token, work.now);
  if (recalled) return recalled;
  const hash = tokenHash(token);
  const stored = await findSession(work.db, hash, work.now);
  if (stored === undefined) return readGranted(work, token, hash);
  const rested = work.now - stored.lastUsedAt;
  if (rested >= stored.idleMinutes * 60_000) return void (await removeSession(work.db, hash));
  const session = await readStoredSession(work, await lockedWhenLeft(work, stored, hash, rested));
  if (session.held !== 'locked' && rested > touchedEveryMs[stored.kind]) await touchSession(work.db, hash, work.now);
  rememberSession(token, session, work.now);
  return session;
}

/** The access token of an app (oidc/). */
async function readGranted(work: Work, token: string, hash: Buffer): Promise<Session | undefined> {
  const session = await readAccessToken(work, hash);
  if (session !== undefined) rememberSession(token, session, work.now);
  return session;
}

/** A browser that was closed or slept could not lock the session itself. */
async function lockedWhenLeft(work: Work, stored: StoredSession, hash: Buffer, rested: number): Promise<StoredSession> {
  const left = stored.lockMinutes > 0 && stored.lockedAt === undefined && rested > stored.lockMinutes * 60_000 + slackMs;
  if (!left) return stored;
  await lockSession(work.db, hash, work.now);
  return { ...stored, lockedAt: work.now };
}

/** Makes the session that requests carry of what is stored. */
export async function readStoredSession(work: Work, stored: Omit<StoredSession, 'kind'>): Promise<Session> {
  const { id, account, expiresAt, freshAt, lockMinutes } = stored;
  const held: Held | undefined = stored.lockedAt === undefined ? stored.owes : 'locked';
  const emergencies = await emergenciesOf(work.db, account.id, work.now);
  const actor = Object.freeze({ ...actorOf(account), session: id, ...(emergencies.length === 0 ? {} : { emergencies: Object.freeze(emergencies) }) });
  return { id, account, actor, expiresAt, freshAt, lockMinutes, ...(held === undefined ? {} : { held }) };
}
