// What an app asks, for the page on which the person decides.
import type { AppRequest } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import type { App } from './app.ts';
import { readAppQuestion, type AppExchange } from './read-app-question.ts';
import { findConsent } from './store.ts';

/** Tells what an app asks. Refuses a request that is not of this browser, and a launch that is not of this person. */
export async function showAppRequest(work: Work, exchange: AppExchange): Promise<AppRequest> {
  const { app, scopes, launch, choose, asksAnew } = await readAppQuestion(work, exchange);
  const before = await findConsent(work.db, work.actor.id, app.id);
  const answered = before !== undefined && scopes.every((scope) => before.allowed.includes(scope) || before.refused.includes(scope));
  return {
    app: { id: app.id, name: app.name, site: siteOf(app), selfRegistered: app.registeredBy === 'dynamic' },
    scopes: [...scopes], choose, patientIds: [...(work.actor.patients ?? [])], allowedBefore: answered && choose === 'nobody' && !asksAnew, offlineDays: exchange.settings.appRefreshDays,
    ...(launch?.patient === undefined ? {} : { patientId: launch.patient }),
  };
}

/** Where the person goes from here: what a false app cannot choose. */
function siteOf({ redirectUris }: App): string {
  const [first] = redirectUris;
  return first === undefined ? '' : new URL(first).host;
}
