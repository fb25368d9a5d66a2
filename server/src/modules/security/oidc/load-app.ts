import type { Work } from '../../../platform/work.ts';
import type { App } from './app.ts';
import { noApp } from './refusals.ts';
import { findApp } from './store.ts';

/** Gives a registered app, disabled or not. Refuses (`security.no-app`) an id that there is none of. */
export async function loadApp(work: Work, id: string): Promise<App> {
  const app = await findApp(work.db, id);
  if (app === undefined) throw noApp();
  return app;
}
