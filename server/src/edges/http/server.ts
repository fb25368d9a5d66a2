// The HTTP edge: one Fastify for every module's routes, /fhir, /api and the built web.
import fastify, { type FastifyInstance } from 'fastify';
import { addressTest } from '../../platform/addresses.ts';
import { eventSender } from '../../platform/events.ts';
import { requestId } from '../../platform/ids.ts';
import { openLog, type Log } from '../../platform/log.ts';
import { openMetrics, type Metrics } from '../../platform/metrics.ts';
import type { House, ModuleManifest } from '../../platform/module.ts';
import { tracedDatabase, tracer } from '../../platform/trace.ts';
import { auditRequests } from './audit.ts';
import { authenticate } from './authenticate.ts';
import { allowOtherSites } from './cors.ts';
import { boundBodies } from './bound-bodies.ts';
import { listDoors } from './doors.ts';
import { errorHandler, send, unknownAddress } from './errors.ts';
import { prefix as fhirPrefix } from './fhir/endpoint.ts';
import { fhirRoutes } from './fhir/routes.ts';
import { markAnswer, setHeaders } from './headers.ts';
import { addHealth } from './health.ts';
import { checkHost } from './host.ts';
import { requestLimits } from './limits.ts';
import { liveRoutes } from './live.ts';
import { observe } from './observe.ts';
import { decorateRequests } from './request.ts';
import { cutSlowBodies } from './slow-body.ts';
import { asksForPage, builtWeb, serveWeb } from './static.ts';
import { addClientCertificates, followTls, openTls, type Tls } from './tls.ts';

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
  const tls = openTls(house.settings, serverTimes, log);
  const app = newFastify(house, log, tls);
  followTls(app, tls);
  addClientCertificates(app);
  listDoors(app);
  const spans = tracer();
  const database = spans ? tracedDatabase(house.database, spans) : house.database;
  decorateRequests(app, database, eventSender(house.database, manifests), 'vi');
  app.setErrorHandler(errorHandler(log));
  observe(app, log, metrics, spans);
  setHeaders(app);
  auditRequests(app, house);
  checkHost(app, house.settings);
  allowOtherSites(app);
  authenticate(app, house, requestLimits(app, house.settings));
  boundBodies(app);
  cutSlowBodies(app);
  addHealth(app, house, manifests, metrics);
  const sendPage = await serveWeb(app, options.web ?? builtWeb);
  app.setNotFoundHandler((request, reply) => (sendPage && asksForPage(request) ? sendPage(reply) : send(request, reply, unknownAddress())));
  for (const { routes } of manifests) if (routes) await app.register(async (scope) => routes(scope, house));
  liveRoutes(app, house);
  await app.register(async (scope) => fhirRoutes(scope, house, manifests, log), { prefix: fhirPrefix });
  boundClosing(app, options.closeWithinMs ?? 10_000);
  return app;
}

const serverTimes = {
  // Longer than the idle time of usual proxies (60 s), so that it is never we who close under a request.
  keepAliveTimeout: 72_000,
  // Headers that come byte by byte (slow loris). Bodies have their own time (slow-body.ts); a large import may take an hour.
  headersTimeout: 15_000,
  requestTimeout: 3_600_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};

function newFastify(house: House, log: Log, tls: Tls | undefined): FastifyInstance {
  const { keepAliveTimeout, requestTimeout, ...http } = serverTimes;
  return fastify({
    logger: false,
    genReqId: (raw) => requestId(raw.headers['x-request-id']),
    bodyLimit: house.settings.bodyLimitBytes,
    keepAliveTimeout,
    forceCloseConnections: 'idle',
    requestTimeout,
    http,
    ...(tls ? { serverFactory: tls.serverFactory } : {}),
    // X-Forwarded-* set request.ip, host and protocol only when the nearest sender is a proxy we know: anybody can write such headers.
    trustProxy: addressTest(house.settings.trustProxy) ?? false,
    frameworkErrors: (error, request, reply) => {
      markAnswer(request as never, reply as never);
      errorHandler(log)(error, request as never, reply as never);
    },
    routerOptions: { maxParamLength: 256 },
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
