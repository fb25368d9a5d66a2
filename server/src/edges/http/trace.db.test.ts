import { context, propagation, trace, TraceFlags, type Context, type Span, type SpanOptions, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { openLog } from '../../platform/log.ts';
import type { ModuleManifest } from '../../platform/module.ts';
import { tracer } from '../../platform/trace.ts';
import { buildHttp } from './server.ts';

interface Recorded {
  readonly name: string;
  readonly parent: string | undefined;
  readonly attributes: Record<string, unknown>;
  ended: boolean;
}

const spans: Recorded[] = [];
const contexts = new AsyncLocalStorage<Context>();
const probe: ModuleManifest = {
  name: 'probe',
  owns: 'nothing',
  routes: (app) => void app.get('/probe/:name', async (request) => request.work.transact(async () => ({}))),
};
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  trace.disable();
  context.disable();
  propagation.disable();
  await db.close();
});

/** As an SDK would register itself, as small as the interface allows. */
function registerProvider(): void {
  const root = () => contexts.getStore() ?? ({ getValue: () => undefined } as unknown as Context);
  const startSpan = (name: string, options: SpanOptions = {}, parent = context.active()): Span => {
    const recorded: Recorded = { name, parent: trace.getSpanContext(parent)?.spanId, attributes: { ...options.attributes }, ended: false };
    spans.push(recorded);
    const spanContext = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: `${spans.length}`.padStart(16, '0'), traceFlags: TraceFlags.SAMPLED };
    return { spanContext: () => spanContext, setAttribute: (key: string, value: unknown) => void (recorded.attributes[key] = value), setStatus: () => undefined, end: () => void (recorded.ended = true) } as unknown as Span;
  };
  const startActiveSpan = (name: string, run: (span: Span) => unknown) => {
    const span = startSpan(name);
    return context.with(trace.setSpan(context.active(), span), () => run(span));
  };
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan }) as unknown as Tracer });
  context.setGlobalContextManager({
    active: () => contexts.getStore() ?? root(), with: (active, run, self, ...args) => contexts.run(active, () => run.call(self as never, ...args)),
    bind: (_active, target) => target, enable: () => context as never, disable: () => context as never,
  });
  propagation.setGlobalPropagator({
    extract: (active, carrier) => trace.setSpanContext(active, { traceId: 'x', spanId: String((carrier as Record<string, string>)['traceparent']?.split('-')[2]), traceFlags: 1 }),
    inject: () => undefined, fields: () => [],
  });
}

describe('OpenTelemetry', () => {
  it('costs nothing while nobody has registered a provider', () => {
    expect(tracer()).toBeUndefined();
  });

  it('spans each request under the caller\'s trace, and its transaction under the request, without the address', async () => {
    const { ROOT_CONTEXT } = await import('@opentelemetry/api');
    contexts.enterWith(ROOT_CONTEXT);
    registerProvider();
    const app = await buildHttp(db.house, [probe], { log: openLog('silent'), web: '/nowhere' });
    const answer = await app.inject({ url: '/probe/BiMat?name=BiMat', headers: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' } });
    expect(answer.statusCode).toBe(200);
    await app.close();
    const [request, transaction] = spans;
    expect(request).toMatchObject({ name: 'GET /probe/:name', parent: '00f067aa0ba902b7', ended: true, attributes: { 'http.route': '/probe/:name', 'http.response.status_code': 200 } });
    expect(transaction).toMatchObject({ name: 'transaction', parent: '0000000000000001', ended: true });
    expect(JSON.stringify(spans)).not.toContain('BiMat');
  });
});
