// Apps over HTTP: the administrator's list, opening one from a chart, what one has allowed, and the question an app puts.
import * as api from '@sen/contracts';
import type { AppView } from '@sen/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../../../platform/module.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { bind } from '../../../platform/route.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { readSession } from '../read-session.ts';
import { addressesOf } from './addresses.ts';
import { answerAppRequest } from './answer-app-request.ts';
import type { App } from './app.ts';
import { assignSecret } from './assign-secret.ts';
import { changeApp } from './change-app.ts';
import { closeApp } from './close-app.ts';
import { addOidcDoor } from './http-oidc.ts';
import { openApp } from './open-app.ts';
import { providerOf } from './hold-providers.ts';
import type { AppExchange } from './read-app-question.ts';
import { registerApp } from './register-app.ts';
import { showAppRequest } from './show-app-request.ts';
import { listAllowedApps, listStoredApps } from './store.ts';
import { withdrawApp } from './withdraw-app.ts';

/** Adds /oidc, /api/apps and what belongs to them. */
export function addAppRoutes(app: FastifyInstance, house: House): void {
  addOidcDoor(app, house);
  addAdministration(app, house);
  addOwn(app, house);
  addQuestions(app, house);
}

function addAdministration(app: FastifyInstance, house: House): void {
  const told = (work: Work, id: string, what: string) => tellAudit(work, { kind: 'account', detail: { app: id, what } });
  bind(app, api.listApps, async (work) => ({ apps: (await listStoredApps(work.db)).map(shown) }));
  bind(app, api.registerApp, async (work, input) => {
    const { app: made, secret } = await registerApp(work, input);
    told(work, made.id, 'register');
    return { app: shown(made), ...(secret === undefined ? {} : { secret }) };
  });
  bind(app, api.changeApp, async (work, { appId, ...input }) => {
    const { app: changed, secret } = await changeApp(work, appId, input);
    told(work, appId, 'change');
    return { app: shown(changed), ...(secret === undefined ? {} : { secret }) };
  });
  bind(app, api.switchApp, async (work, { appId, disabled }) => {
    told(work, appId, disabled ? 'disable' : 'enable');
    return { app: shown(await closeApp(work, appId, disabled)) };
  });
  bind(app, api.renewAppSecret, async (work, { appId }) => {
    told(work, appId, 'secret');
    return { secret: await assignSecret(work, appId) };
  });
  bind(app, api.inviteApp, async (work, { hours }, { request }) => {
    const addresses = addressesOf(house.settings.publicUrl, request);
    const provider = await providerOf(house, addresses);
    const token = await new provider.InitialAccessToken({ expiresIn: hours * 3600 }).save();
    told(work, 'invitation', 'invite');
    return { token, address: `${addresses.issuer}/register`, expiresAt: new Date(work.now + hours * 3_600_000).toISOString() };
  });
}

function addOwn(app: FastifyInstance, house: House): void {
  bind(app, api.listLaunchableApps, async (work) => {
    const apps = await listStoredApps(work.db);
    return { apps: apps.filter(({ launchUri, disabled }) => launchUri !== undefined && !disabled).map(({ id, name }) => ({ id, name })) };
  });
  bind(app, api.launchApp, async (work, input, { request }) => {
    tellAudit(work, { kind: 'token', detail: { app: input.appId, what: 'launch' }, ...(input.patientId === undefined ? {} : { patients: [input.patientId] }) });
    return { url: await openApp(work, { ...input, fhir: addressesOf(house.settings.publicUrl, request).fhir }) };
  });
  bind(app, api.listAllowedApps, async (work) => {
    const apps = await listAllowedApps(work.db, work.actor.id, work.now);
    return {
      apps: apps.map(({ app: one, scopes, since, lastUsedAt, offline }) => ({
        id: one.id, name: one.name, scopes: [...scopes], since: new Date(since).toISOString(), lastUsedAt: new Date(lastUsedAt).toISOString(), offline,
        ...(one.redirectUris[0] === undefined ? {} : { site: new URL(one.redirectUris[0]).host }),
      })),
    };
  });
  bind(app, api.withdrawApp, async (work, { appId }) => {
    tellAudit(work, { kind: 'token', detail: { app: appId, what: 'withdraw' } });
    await withdrawApp(work, appId);
    return null;
  });
}

function addQuestions(app: FastifyInstance, house: House): void {
  bind(app, api.readAppRequest, async (work, { requestId }, exchange) => showAppRequest(work, await exchangeOf(house, work, requestId, exchange)));
  bind(app, api.answerAppRequest, async (work, { requestId, ...answer }, exchange) => {
    tellAudit(work, { kind: 'token', detail: { what: answer.allow ? 'allow' : 'refuse' }, ...(answer.patientId === undefined ? {} : { patients: [answer.patientId] }) });
    return { url: await answerAppRequest(work, await exchangeOf(house, work, requestId, exchange), answer) };
  });
}

async function exchangeOf(house: House, work: Work, requestId: string, { request, reply }: { request: FastifyRequest; reply: FastifyReply }): Promise<AppExchange> {
  const addresses = addressesOf(house.settings.publicUrl, request);
  const session = request.token === undefined ? undefined : await readSession(work, request.token);
  if (session === undefined || session.actor.grant !== undefined) throw new Refusal('unauthenticated', 'security.not-signed-in', { vi: 'Xin đăng nhập.', en: 'Please sign in.' });
  return { provider: await providerOf(house, addresses), request: request.raw, response: reply.raw, requestId, session, settings: house.settings, fhir: addresses.fhir };
}

function shown({ secretHash: _secret, jwks, redirectUris, scopes, createdAt, ...app }: App): AppView {
  return { ...app, redirectUris: [...redirectUris], scopes: [...scopes], createdAt: new Date(createdAt).toISOString(), ...(jwks === undefined ? {} : { jwks: { keys: jwks.keys.map((key) => ({ ...key })) } }) };
}
