// Withdraws what one has allowed an app.
import type { Work } from '../../../platform/work.ts';
import { forgetGrants } from '../remembered-sessions.ts';
import { removeConsent, removeTokens } from './store.ts';
import { tellAppsChanged } from './tell-apps-changed.ts';

/** Ends all codes and tokens that an app has of this person, and forgets the answer; an unknown app is no error. */
export async function withdrawApp(work: Work, app: string): Promise<void> {
  await work.transact(async (inside) => {
    await removeConsent(inside.db, inside.actor.id, app);
    await removeTokens(inside.db, { app, account: inside.actor.id });
    await tellAppsChanged(inside.db);
  });
  forgetGrants(); // again: a request may have read the old state before it was committed
}
