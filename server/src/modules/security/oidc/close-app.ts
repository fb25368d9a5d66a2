// Disables an app, or lets it ask again.
import type { Work } from '../../../platform/work.ts';
import type { App } from './app.ts';
import { keepApp } from './keep-app.ts';
import { loadApp } from './load-app.ts';

/** Disables an app, which ends all its tokens, or enables it, which brings none of them back. */
export async function closeApp(work: Work, id: string, closed: boolean): Promise<App> {
  const app = { ...(await loadApp(work, id)), disabled: closed };
  await keepApp(work, app, closed);
  return app;
}
