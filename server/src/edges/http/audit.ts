// Every answer of /fhir, /api and /oidc is told to the audit before it leaves; nothing is served while it cannot be told.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { auditUnavailable, isAuditRefusing, tellRequest, type AuditKind } from '../../modules/security/index.ts';
import type { House } from '../../platform/module.ts';
import type { TouchAction } from '../../platform/trail.ts';

const audited = /^\/(?:fhir|api|dicomweb|oidc)(?:\/|$|\?)/;
const longestQuery = 4_000;

/** Adds the hooks; belongs before the one that finds out who asks, so that its refusals are told as well. */
export function auditRequests(app: FastifyInstance, house: House): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (isAuditRefusing(house.database) && audited.test(request.url)) return done(auditUnavailable());
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.auditTold || !isTold(request, reply.statusCode)) return done(null, payload);
    request.auditTold = true; // also when it fails: the refusal that is sent instead must not wait for the same disk
    const { kind, action } = doingOf(request);
    const { id, ip, actor, arrivedAt, refusalCode, startedWork, method } = request;
    const told = {
      at: arrivedAt || Date.now(), kind, action, status: reply.statusCode, code: refusalCode, actor, address: ip, door: `${method} ${request.routeOptions.url ?? 'unknown'}`,
      query: askedOf(request), request: id, trail: startedWork?.trail,
    };
    tellRequest(house.database, told, (refusal) => (refusal === undefined ? done(null, payload) : done(refusal)));
  });
}

/** What is open to everybody, and what screens ask again and again of one's own session, tells nothing of anybody when it is only looked at. */
function isTold(request: FastifyRequest, status: number): boolean {
  if (!audited.test(request.url) || request.refusalCode === 'security.audit-unavailable') return false;
  // Who is turned away for asking too often (limits.ts) is counted in the metrics: a line for each would let a flood fill the disk.
  if (status === 429 && request.refusalCode?.startsWith('http.') === true) return false;
  const isLooking = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
  if (!isLooking || status >= 400) return true;
  const { note, patients, touches } = request.startedWork?.trail ?? {};
  if (note !== undefined || (patients?.size ?? 0) > 0 || (touches?.length ?? 0) > 0) return true;
  const needs = request.routeOptions.config?.needs;
  return needs !== 'open' && needs !== 'session.own' && !isOpenPath(request);
}

function isOpenPath({ url }: FastifyRequest): boolean {
  return url.startsWith('/fhir/R4/metadata') || url.startsWith('/fhir/R4/.well-known/');
}

interface Doing {
  readonly kind: AuditKind;
  readonly action: TouchAction;
}

const reading: Doing = { kind: 'read', action: 'R' };
const written: Readonly<Record<string, Doing>> = {
  POST: { kind: 'create', action: 'C' }, PUT: { kind: 'update', action: 'U' }, PATCH: { kind: 'patch', action: 'U' }, DELETE: { kind: 'delete', action: 'D' },
};
const looked: Doing = { kind: 'page', action: 'R' };
const acted: Doing = { kind: 'act', action: 'E' };

/** What a request does, by its method and address (R4 http.html); IHE BALP 1.1 has E for searches. */
function doingOf(request: FastifyRequest): Doing {
  const { method, url } = request;
  const isGet = method === 'GET' || method === 'HEAD';
  if (!url.startsWith('/fhir/')) return isGet ? looked : acted;
  const cut = url.indexOf('?');
  const path = (cut < 0 ? url : url.slice(0, cut)).split('/').slice(3).filter((part) => part !== '');
  const last = path.at(-1) ?? '';
  if (last.startsWith('$')) return { kind: 'operation', action: 'E' };
  if (last === '_search') return { kind: 'search', action: 'E' };
  if (path.length === 0) return isGet ? { kind: 'search', action: 'E' } : { kind: 'batch', action: 'E' };
  if (!isGet) return written[method] ?? acted;
  if (last === '_history') return { kind: 'history', action: 'R' };
  if (path.length === 4) return { kind: 'vread', action: 'R' };
  return path.length === 2 ? reading : { kind: 'search', action: 'E' };
}

/** Path and query, and the form of a search by POST. */
function askedOf({ url, body, headers }: FastifyRequest): string {
  const form = typeof body === 'string' && headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true && url.includes('_search');
  const asked = form ? `${url}${url.includes('?') ? '&' : '?'}${body as string}` : url;
  return asked.length > longestQuery ? `${asked.slice(0, longestQuery)}…` : asked;
}
