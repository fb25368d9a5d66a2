// Who asks: the credential of a request, the actor behind it, and what a browser may do with a cookie alone.
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/work.ts';
import { Refusal } from '../../platform/refusal.ts';

/** The actor of public routes when nobody has signed in. */
export const anonymous: Actor = Object.freeze({ id: 'anonymous', kind: 'person', name: 'anonymous', roles: Object.freeze([]) });

/** As modules/security sets them: with https only the name that no other host of the domain can set (RFC 6265bis §4.1.3.2). */
const sessionCookie = /(?:^|;\s*)sen_session=([\w-]{43})(?:;|$)/;
const hostSessionCookie = /(?:^|;\s*)__Host-sen_session=([\w-]{43})(?:;|$)/;

export interface Credential {
  readonly token: string;
  /** Sent by a browser on its own, thus also at the wish of another site. */
  readonly ambient: boolean;
}

/** Reads the bearer token or the session cookie of a request. */
export function credentialOf(request: FastifyRequest): Credential | undefined {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) return bearer(authorization);
  if (cookie === undefined) return undefined;
  const token = (hostSessionCookie.exec(cookie) ?? (request.protocol === 'https' ? undefined : sessionCookie.exec(cookie)))?.[1];
  return token ? { token, ambient: true } : undefined;
}

function bearer(authorization: string): Credential | undefined {
  const token = /^Bearer +([\w.~+/=-]{16,512})$/i.exec(authorization)?.[1];
  return token ? { token, ambient: false } : undefined;
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Gives the refusal of a change that another site's page makes a browser send (CSRF): it needs Sec-Fetch-Site or Origin of our own site. */
export function foreignChange(request: FastifyRequest, ambient: boolean): Refusal | undefined {
  if (reading.has(request.method) || isOwn(request, ambient)) return undefined;
  return new Refusal('forbidden', 'http.foreign-site', {
    vi: 'Yêu cầu thay đổi dữ liệu phải đến từ chính trang này.',
    en: 'A request that changes data must come from this site itself.',
  });
}

function isOwn(request: FastifyRequest, ambient: boolean): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  if (origin !== undefined) return sameHost(origin, request.host);
  return !ambient; // a browser always names the origin of a change; scripts need not
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
