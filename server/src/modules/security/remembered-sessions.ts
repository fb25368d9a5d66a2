// Sessions this process has read lately, so that a request costs no query.
import type { Session } from './account.ts';

/** A session is believed for this long; one that another process ends, locks or changes is forgotten at once by a notice (start-sessions.ts). */
const believedMs = 15_000;
const mostRemembered = 20_000;

interface Remembered {
  readonly session: Session;
  readonly until: number;
}

const remembered = new Map<string, Remembered>();

/** Gives a session read less than 15 s ago by this process. */
export function recallSession(token: string, now: number): Session | undefined {
  const found = remembered.get(token);
  return found !== undefined && now < found.until ? found.session : undefined;
}

export function rememberSession(token: string, session: Session, now: number): void {
  remembered.delete(token); // so that the map stays in the order of remembering
  remembered.set(token, { session, until: Math.min(now + believedMs, session.expiresAt) });
  if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
}

export function forgetSession(token: string): void {
  remembered.delete(token);
}

/** Forgets what this process remembers of an account's sessions: its rights, or the sessions, have changed. */
export function forgetSessionsOf(account: string): void {
  for (const [token, { session }] of remembered) if (session.account.id === account) remembered.delete(token);
}

export function forgetAllSessions(): void {
  remembered.clear();
}

/** Forgets all access tokens of apps: one of them, or what stands behind it, has ended. */
export function forgetGrants(): void {
  for (const [token, { session }] of remembered) if (session.actor.grant !== undefined) remembered.delete(token);
}
