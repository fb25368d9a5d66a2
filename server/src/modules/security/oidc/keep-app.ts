import type { Work } from '../../../platform/work.ts';
import { forgetGrants } from '../remembered-sessions.ts';
import type { App } from './app.ts';
import { putApp, removeTokens } from './store.ts';
import { tellAppsChanged } from './tell-apps-changed.ts';

/** Stores a changed registration and, where it is to do less, ends its tokens in the same transaction. */
export async function keepApp(work: Work, app: App, endTokens: boolean): Promise<void> {
  await work.transact(async (inside) => {
    await putApp(inside.db, app, inside.now, true);
    if (endTokens) await removeTokens(inside.db, { app: app.id });
    await tellAppsChanged(inside.db);
  });
  forgetGrants(); // again: a request may have read the old state before it was committed
}
