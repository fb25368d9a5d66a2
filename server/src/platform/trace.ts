// OpenTelemetry spans, only where a tracer provider is registered; without one nothing here runs.
import { ProxyTracerProvider, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { Database } from './database.ts';

/** Gives the tracer when somebody registered a provider before the house was built. */
export function tracer(): Tracer | undefined {
  const provider = trace.getTracerProvider();
  if (provider instanceof ProxyTracerProvider) return provider.getDelegateTracer('sen');
  return provider.getTracer('sen');
}

/** Puts a span around every transaction. Statements are not told: their values are patients' data. */
export function tracedDatabase(database: Database, spans: Tracer): Database {
  return {
    ...database,
    transaction: (steps) =>
      spans.startActiveSpan('transaction', async (span) => {
        try {
          return await database.transaction(steps);
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}
