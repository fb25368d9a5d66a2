// One log line, one count and, where somebody traces, one span for each request. The route's pattern stands for the address.
import { context, propagation, SpanKind, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';

/** Adds the hooks that watch requests. */
export function observe(app: FastifyInstance, log: Log, metrics: Metrics, spans: Tracer | undefined): void {
  if (spans) traceRequests(app, spans);
  app.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    const durationMs = Math.round(reply.elapsedTime * 100) / 100;
    metrics.request(request.method, route, reply.statusCode, durationMs);
    const traceId = traceIdOf(request.headers['traceparent']);
    log.info('request', { requestId: request.id, method: request.method, route, status: reply.statusCode, durationMs, actor: request.actor.id, ...(traceId ? { traceId } : {}) });
    done();
  });
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}

/** Trace id of a W3C traceparent header (Trace Context, level 1, §3.2). */
function traceIdOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(header)?.[1] : undefined;
}

function traceRequests(app: FastifyInstance, spans: Tracer): void {
  const running = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, _reply, done) => {
    const parent = propagation.extract(context.active(), request.headers);
    const name = `${request.method} ${routeOf(request)}`;
    const attributes = { 'http.request.method': request.method, 'http.route': routeOf(request) };
    const span = spans.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    running.set(request, span);
    context.with(trace.setSpan(parent, span), done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const span = running.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}
