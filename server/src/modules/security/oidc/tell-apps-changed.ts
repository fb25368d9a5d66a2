// Every process forgets the access tokens it believes.
import type { Queryable } from '../../../platform/database.ts';
import { forgetGrants } from '../remembered-sessions.ts';
import { sessionsChannel } from '../tell-sessions-changed.ts';

/** Tells all processes that tokens of apps may have ended; inside a transaction, once it commits. */
export async function tellAppsChanged(db: Queryable): Promise<void> {
  forgetGrants();
  await db.query({ name: 'security.tell-apps-changed', text: 'SELECT pg_notify($1, $2)', values: [sessionsChannel, ''] });
}
