// Sessions this process has read lately, so that a request costs no query.
import type { Session } from './account.ts';

/** A session ended by another process, or an account disabled, is still believed for this long. */
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
