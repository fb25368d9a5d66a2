// A request of an app under way: read for the person and the browser it belongs to.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { AppRequest } from '@sen/contracts';
import type { Settings } from '../../../platform/config.ts';
import type { Work } from '../../../platform/work.ts';
import type { Session } from '../account.ts';
import { tokenHash } from '../token.ts';
import type { App } from './app.ts';
import { badLaunch, mustConfirm, noApp, requestGone } from './refusals.ts';
import { needsPatient, splitScopes } from './smart-scope.ts';
import { findApp, findLaunch, type Launch } from './store.ts';

/** A request under way, in the browser that began it. */
export interface AppExchange {
  readonly provider: Provider;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly session: Session;
  readonly settings: Pick<Settings, 'appRefreshDays'>;
  /** Our FHIR endpoint. */
  readonly fhir: string;
}

export interface AppQuestion {
  readonly app: App;
  readonly scopes: readonly string[];
  readonly launch: Launch | undefined;
  readonly launchHash: Buffer | undefined;
  readonly choose: AppRequest['choose'];
  readonly asksAnew: boolean;
}

/** Reads what is asked. Refuses a request that is not of this browser, and a launch that is not of this person and this app. */
export async function readAppQuestion(work: Work, exchange: AppExchange, allowing = true): Promise<AppQuestion> {
  const { provider, request, response, requestId, session } = exchange;
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (interaction === undefined || interaction.uid !== requestId) throw requestGone();
  const { client_id: client, scope, launch: launchToken, prompt, max_age: maxAge, sen_asked: senAsked } = interaction.params as Readonly<Record<string, string | undefined>>;
  const app = client === undefined ? undefined : await findApp(work.db, client);
  if (app === undefined || app.disabled) throw noApp();
  if (allowing && session.freshAt < freshSince(interaction.iat, prompt, maxAge)) throw mustConfirm();
  const scopes = splitScopes(scope);
  const launchHash = launchToken === undefined ? undefined : tokenHash(launchToken);
  const launch = launchHash === undefined ? undefined : await findLaunch(work.db, launchHash, work.now);
  const isOurs = launch !== undefined && launch.app === app.id && launch.account === work.actor.id;
  if (allowing && (launchHash !== undefined || scopes.includes('launch')) && !isOurs) throw badLaunch();
  return { app, scopes, launch, launchHash, choose: whomToChoose(work, scopes, launch), asksAnew: senAsked === 'consent' || interaction.lastSubmission !== undefined };
}

/** OpenID Connect Core §3.1.2.1: `prompt=login` and `max_age` say how old the last proof of who the person is may be. In ms since 1970. */
function freshSince(askedAtSeconds: number, prompt: string | undefined, maxAge: string | number | undefined): number {
  if (prompt?.split(' ').includes('login') === true) return askedAtSeconds * 1000;
  return maxAge === undefined ? 0 : (askedAtSeconds - Number(maxAge)) * 1000;
}

function whomToChoose(work: Work, scopes: readonly string[], launch: Launch | undefined): AppRequest['choose'] {
  if (!needsPatient(scopes) || launch?.patient !== undefined) return 'nobody';
  return isForOwnOnly(work) ? 'own' : 'anybody';
}

function isForOwnOnly({ actor }: Work): boolean {
  return actor.roles.every((role) => role === 'patient' || role === 'relative');
}
