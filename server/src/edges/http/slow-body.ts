// Who sends a body byte by byte holds a connection and its memory (slow POST). A body must come within half a minute, and longer the larger it says it is.
import type { FastifyInstance, FastifyRequest } from 'fastify';

const leastMs = 30_000;
/** Slower than any line of a hospital: 32 KiB a second. */
const leastBytesPerMs = 32;
/** For a body that does not say how long it is. */
const unknownMs = 300_000;

/** How long the body of a request may take, in ms. */
export function bodyTimeMs(contentLength: string | undefined): number {
  if (contentLength === undefined) return unknownMs;
  return leastMs + Number(contentLength) / leastBytesPerMs;
}

/** Cuts connections whose body does not come in time. A route with `config.longBody` takes its time: it streams to a file. */
export function cutSlowBodies(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request) && request.routeOptions.config?.longBody !== true) watch(request);
    done();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0');
}

function watch({ raw, headers }: FastifyRequest): void {
  const timer = setTimeout(() => raw.complete || raw.destroy(), bodyTimeMs(headers['content-length'])).unref();
  raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}
