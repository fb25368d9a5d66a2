// Every process forgets what it remembers of a person's sessions.
import type { Queryable } from '../../platform/database.ts';
import { forgetSessionsOf } from './remembered-sessions.ts';

export const sessionsChannel = 'security_sessions';

/** Tells all processes that an account's sessions or rights have changed; inside a transaction, once it commits. */
export async function tellSessionsChanged(db: Queryable, account: string): Promise<void> {
  forgetSessionsOf(account);
  await db.query({ name: 'security.tell-sessions-changed', text: 'SELECT pg_notify($1, $2)', values: [sessionsChannel, account] });
}
