// The HTTP edge: one Fastify for every module's routes, /fhir, /api and the built web.
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { eventSender } from '../../platform/events.ts';
import { requestId } from '../../platform/ids.ts';
import { openLog, type Log } from '../../platform/log.ts';
import { openMetrics, type Metrics } from '../../platform/metrics.ts';
import type { House, ModuleManifest } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { tracedDatabase, tracer } from '../../platform/trace.ts';
import { authenticate } from './authenticate.ts';
import { errorHandler, send } from './errors.ts';
import { prefix as fhirPrefix } from './fhir/endpoint.ts';
import { fhirRoutes } from './fhir/routes.ts';
import { addHealth } from './health.ts';
import { observe } from './observe.ts';
import { decorateRequests } from './request.ts';
import { asksForPage, builtWeb, sendPage, serveWeb } from './static.ts';

export interface HttpOptions {
  readonly log?: Log;
  readonly metrics?: Metrics;
  /** Folder of the built web. */
  readonly web?: string;
  /** How long closing waits for requests in flight, in ms. */
  readonly closeWithinMs?: number;
}

/** Builds the HTTP server of a house; the caller listens. `close()` lets requests in flight finish, for 10 s at most. */
export async function buildHttp(house: House, manifests: readonly ModuleManifest[], options: HttpOptions = {}): Promise<FastifyInstance> {
  const log = options.log ?? openLog(house.settings.logLevel);
  const metrics = options.metrics ?? openMetrics(house.database);
  const app = newFastify(house, log);
  refuseUnguarded(app);
  const spans = tracer();
  const database = spans ? tracedDatabase(house.database, spans) : house.database;
  decorateRequests(app, database, eventSender(house.database, manifests), 'vi');
  app.setErrorHandler(errorHandler(log));
  observe(app, log, metrics, spans);
  securityHeaders(app);
  authenticate(app, house);
  addHealth(app, house, manifests, metrics);
  const web = await serveWeb(app, options.web ?? builtWeb);
  app.setNotFoundHandler((request, reply) => (web && asksForPage(request) ? void sendPage(reply) : send(request, reply, unknownAddress())));
  for (const { routes } of manifests) if (routes) await app.register(async (scope) => routes(scope, house));
  await app.register(async (scope) => fhirRoutes(scope, house, manifests, log), { prefix: fhirPrefix });
  boundClosing(app, options.closeWithinMs ?? 10_000);
  return app;
}

function newFastify(house: House, log: Log): FastifyInstance {
  return fastify({
    logger: false,
    genReqId: (raw) => requestId(raw.headers['x-request-id']),
    bodyLimit: house.settings.bodyLimitBytes,
    // Longer than the idle time of usual proxies (60 s), so that it is never we who close under a request.
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => errorHandler(log)(error, request as never, reply as never),
    routerOptions: { maxParamLength: 256 },
  });
}

/** A route that does not say what it needs stops the start: nothing is open by being forgotten. */
function refuseUnguarded(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    const unguarded = routes.find(({ url, config }) => /^\/(?:api|fhir|oidc)(?:\/|$)/.test(url) && config?.needs === undefined);
    if (unguarded) throw new Error(`${String(unguarded.method)} ${unguarded.url} does not say what it needs (config.needs)`);
  });
}

function unknownAddress(): Refusal {
  return new Refusal('not-found', 'http.not-found', { vi: 'Không có gì ở địa chỉ này.', en: 'There is nothing at this address.' });
}

const contentPolicy = [
  "default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
  "connect-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

function securityHeaders(app: FastifyInstance): void {
  const everywhere = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
  const pages = { ...everywhere, 'content-security-policy': contentPolicy, 'x-frame-options': 'DENY', 'permissions-policy': 'camera=(self), microphone=(self), geolocation=()', 'cross-origin-opener-policy': 'same-origin' };
  app.addHook('onRequest', (request, reply, done) => {
    const machine = request.url.startsWith('/fhir/') || request.url.startsWith('/api/');
    reply.headers(machine ? everywhere : pages).header('x-request-id', request.id);
    if (machine) reply.header('cache-control', 'no-store');
    done();
  });
}

function boundClosing(app: FastifyInstance, ms: number): void {
  const timers: NodeJS.Timeout[] = [];
  app.addHook('preClose', async () => {
    // A connection kept alive after its last answer would hold the server open until the bound.
    timers.push(setInterval(() => app.server.closeIdleConnections(), 50).unref());
    timers.push(setTimeout(() => app.server.closeAllConnections(), ms).unref());
  });
  app.addHook('onClose', async () => timers.forEach(clearTimeout));
}
