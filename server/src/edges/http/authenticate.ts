// Before any route: who asks, and may anybody ask this without signing in?
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf, readSession, recallSession, type Session } from '../../modules/security/index.ts';
import type { House } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { credentialOf, foreignChange } from './actor.ts';

/** Gives every request its actor; refuses /fhir and /api to those who have not signed in, save for public routes. */
export function authenticate(app: FastifyInstance, house: House): void {
  app.addHook('onRequest', (request, _reply, done) => {
    request.arrivedAt = house.systemWork().now;
    const { url } = request;
    if (!url.startsWith('/fhir/') && !url.startsWith('/api/')) return done();
    const credential = credentialOf(request);
    request.token = credential?.token;
    const foreign = credential?.ambient === false ? undefined : foreignChange(request, credential !== undefined);
    if (foreign) return done(foreign);
    if (credential === undefined) return done(judge(request, undefined));
    const known = recallSession(credential.token, request.arrivedAt);
    // A remembered session is answered in the same tick: no promise, no query.
    if (known) return done(judge(request, known));
    readSession(house.systemWork(), credential.token).then((session) => done(judge(request, session)), done);
  });
}

function judge(request: FastifyRequest, session: Session | undefined): Refusal | undefined {
  if (session === undefined) return judgeUnknown(request);
  request.knownActor = session.actor;
  const needs = request.routeOptions.config?.needs;
  if (needs === undefined || needs === 'open' || accessOf(session.actor).permits(needs)) return undefined;
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
