// The door of the OpenID provider, /oidc, and what SMART tells of it at the FHIR endpoint. The provider is a Koa application: it gets each request in
// memory, so that every answer leaves by the same way as all others (headers, audit, log).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import inject, { type Response as Answered } from 'light-my-request';
import type Provider from 'oidc-provider';
import type { House } from '../../../platform/module.ts';
import type { Session } from '../account.ts';
import { readSession } from '../read-session.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { addressesOf, type Addresses } from './addresses.ts';
import type { Passed, TokenNote } from './complete-answers.ts';
import { giveSession, withoutLent } from './give-session.ts';
import { providerOf } from './hold-providers.ts';
import { translateRequest } from './translate-request.ts';
import { smartConfiguration } from './smart-configuration.ts';

/** Adds /oidc/… and /fhir/R4/.well-known/smart-configuration. Each of them is for those who have not signed in: it asks for what it needs itself. */
export function addOidcDoor(app: FastifyInstance, house: House): void {
  const open = { needs: 'open' } as const;
  app.get('/fhir/R4/.well-known/smart-configuration', { config: open }, (request, reply) => reply.type('application/json; charset=utf-8').send(JSON.stringify(smartConfiguration(addressesOf(house.settings.publicUrl, request)))));
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(['application/x-www-form-urlencoded', 'application/json'], { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.route({ method: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'], url: '/oidc/*', config: open, handler: (request, reply) => answer(house, request, reply) });
  });
}

async function answer(house: House, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const addresses = addressesOf(house.settings.publicUrl, request);
  const provider = await providerOf(house, addresses);
  const asked = await translateRequest(request.work.db, { method: request.method, url: request.url.slice('/oidc'.length), body: typeof request.body === 'string' ? request.body : undefined, authorized: request.headers.authorization !== undefined });
  const session = asked.url.startsWith('/authorize') ? await sessionOf(request) : undefined;
  const headers = { ...forwarded(request, addresses), cookie: await giveSession(provider, request.headers.cookie, session) };
  const note = ({ app, what, actor }: TokenNote) => tellAudit(request.work, { kind: 'token', action: 'E', detail: { app, what }, ...(actor === undefined ? {} : { actor }) });
  const passed = { method: asked.method as 'GET', url: asked.url, headers, remoteAddress: request.ip, ...(asked.body === undefined ? {} : { payload: asked.body }) };
  return send(reply, await inject(dispatch(provider, addresses, { note, certificate: request.clientCertificate?.thumbprint }), passed), addresses);
}

function send(reply: FastifyReply, answered: Answered, addresses: Addresses): FastifyReply {
  reply.code(answered.statusCode);
  for (const [name, value] of Object.entries(answered.headers)) if (value !== undefined && !ownHeaders.has(name)) reply.header(name, value);
  const cookies = withoutLent(answered.headers['set-cookie']);
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  if (typeof answered.headers.location === 'string') reply.header('location', toPage(answered.headers.location, addresses));
  return reply.send(answered.rawPayload);
}

/** Set by ourselves, or of the hop that ends here. */
const ownHeaders = new Set(['connection', 'content-length', 'date', 'keep-alive', 'location', 'set-cookie', 'transfer-encoding', 'access-control-allow-credentials']);

function dispatch(provider: Provider, { path }: Addresses, passed: Passed) {
  const run = provider.callback();
  return (request: unknown, response: unknown) => {
    const asked = request as IncomingMessage & Passed & { originalUrl?: string };
    Object.assign(asked, passed, { originalUrl: `${path}/oidc${asked.url}` }); // from which the provider knows under which path it stands
    void run(asked, response as ServerResponse);
  };
}

/** The provider believes what X-Forwarded-* say: they are ours alone. */
function forwarded({ headers }: FastifyRequest, { base }: Addresses): Record<string, string> {
  const { protocol, host } = new URL(base);
  const kept = ['accept', 'authorization', 'content-type', 'origin', 'access-control-request-method', 'access-control-request-headers', 'user-agent'];
  const taken = kept.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : []));
  return { ...Object.fromEntries(taken), host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) };
}

const sessionCookie = /(?:^|;\s*)sen_session=([\w-]{43})(?:;|$)/;
/** With https the only one believed: the other could be planted by any host of the domain, and an app be given away in somebody else's name. */
const hostSessionCookie = /(?:^|;\s*)__Host-sen_session=([\w-]{43})(?:;|$)/;

/** Who has signed in here, in this browser. One who is away from the screen, or still owes a step of the sign-in, has not. */
async function sessionOf(request: FastifyRequest): Promise<Session | undefined> {
  const { cookie = '' } = request.headers;
  const token = (hostSessionCookie.exec(cookie) ?? (request.protocol === 'https' ? undefined : sessionCookie.exec(cookie)))?.[1];
  const session = token === undefined ? undefined : await readSession(request.work, token);
  return session === undefined || session.held !== undefined || session.actor.grant !== undefined ? undefined : session;
}

/** The question to the person is a page of the web; its cookie goes to the API behind that page alone. */
function toPage(location: string, { path }: Addresses): string {
  const uid = new RegExp(`^${path}/api/app-requests/([\\w-]{1,64})$`).exec(location)?.[1];
  return uid === undefined ? location : `${path}/authorize/${uid}`;
}
