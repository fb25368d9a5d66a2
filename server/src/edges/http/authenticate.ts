// Before any route: who asks, and may anybody ask this without signing in?
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf, heldRefusal, readSession, recallSession, staleRefusal, type Session } from '../../modules/security/index.ts';
import type { House } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { credentialOf, foreignChange, type Credential } from './actor.ts';
import { guarded } from './doors.ts';
import { unknownAddress } from './errors.ts';
import type { Limits } from './limits.ts';

/** Gives every request its actor; refuses /fhir, /api and /dicomweb to those who have not signed in, save for public routes. */
export function authenticate(app: FastifyInstance, house: House, limits: Limits): void {
  const judge = (request: FastifyRequest, session: Session | undefined) => limits(request, session?.actor) ?? judgeRights(request, session);
  app.addHook('onRequest', (request, _reply, done) => {
    request.arrivedAt = house.systemWork().now;
    const { url } = request;
    if (url.startsWith('/oidc/')) return done(limits(request, undefined)); // asks for what it needs itself
    if (!url.startsWith('/fhir/') && !url.startsWith('/api/') && !url.startsWith('/dicomweb/')) return done(disguised(request));
    const credential = credentialOf(request);
    request.token = credential?.token;
    const foreign = credential?.ambient === false ? undefined : foreignChange(request, credential !== undefined);
    if (foreign) return done(foreign);
    if (credential === undefined) return done(judge(request, undefined));
    const known = recallSession(credential.token, request.arrivedAt);
    // A remembered session is answered in the same tick: no promise, no query.
    if (known) return done(judge(request, believed(request, credential, known)));
    readSession(house.systemWork(), credential.token).then((session) => done(judge(request, believed(request, credential, session))), done);
  });
}

/** The router decodes and cuts addresses (`/%61pi/…`, `http://any.host/api/…`); limits, audit and rights go by what was sent. A door under another name is none. */
function disguised(request: FastifyRequest): Refusal | undefined {
  return guarded.test(request.routeOptions.url ?? '') ? unknownAddress() : undefined;
}

/** The token of an app is a bearer token: in a cookie, where a browser would send it on its own, it is none; nor without the certificate it is bound to. */
function believed(request: FastifyRequest, { ambient }: Credential, session: Session | undefined): Session | undefined {
  if (ambient && session?.actor.grant !== undefined) return undefined;
  return session?.certificate !== undefined && session.certificate !== request.clientCertificate?.thumbprint ? undefined : session;
}

function judgeRights(request: FastifyRequest, session: Session | undefined): Refusal | undefined {
  if (session === undefined) return judgeUnknown(request);
  request.knownActor = session.actor;
  const { needs, whileHeld, needsFresh } = request.routeOptions.config ?? {};
  if (needs === 'open') return undefined;
  if (session.held !== undefined && whileHeld?.includes(session.held) !== true) return heldRefusal(session.held);
  if (needs === undefined || accessOf(session.actor).permits(needs)) return needsFresh ? staleRefusal(session, request.arrivedAt) : undefined;
  return new Refusal('forbidden', 'security.not-permitted', { vi: 'Tài khoản này không được làm việc đó.', en: 'This account is not permitted to do that.' });
}

function judgeUnknown(request: FastifyRequest): Refusal | undefined {
  if (request.routeOptions.config?.needs === 'open' || isOpen(request.url)) return undefined;
  return new Refusal('unauthenticated', 'security.not-signed-in', { vi: 'Xin đăng nhập.', en: 'Please sign in.' });
}

const open = /^\/fhir\/R4\/(?:metadata|\.well-known\/[^?]*)(?:\?|$)/;

/** R4 §3.1.0.11: anybody may read what a server can do. */
function isOpen(url: string): boolean {
  return open.test(url);
}
