// Opens an app from a chart: SMART App Launch 2.2.0, EHR launch.
import type { Work } from '../../../platform/work.ts';
import { newToken, tokenHash } from '../token.ts';
import { noApp } from './refusals.ts';
import { addLaunch, findApp } from './store.ts';

/** Long enough to sign in to the app, too short to be worth keeping. */
const launchMs = 5 * 60_000;

export interface LaunchInput {
  readonly appId: string;
  readonly patientId?: string;
  readonly encounterId?: string;
  /** Our FHIR endpoint. */
  readonly fhir: string;
}

/** Gives the address at which the app starts, with a launch that only this person and this app can use, once, within 5 minutes. */
export async function openApp(work: Work, { appId, patientId, encounterId, fhir }: LaunchInput): Promise<string> {
  const app = await findApp(work.db, appId);
  if (app === undefined || app.disabled || app.launchUri === undefined) throw noApp();
  const token = newToken();
  const context = { ...(patientId === undefined ? {} : { patient: patientId }), ...(encounterId === undefined ? {} : { encounter: encounterId }) };
  await addLaunch(work.db, tokenHash(token), { app: appId, account: work.actor.id, ...context }, work.now, work.now + launchMs);
  const url = new URL(app.launchUri);
  url.searchParams.set('iss', fhir);
  url.searchParams.set('launch', token);
  return url.href;
}
