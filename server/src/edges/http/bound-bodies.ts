// Which bodies the server takes at all, before any route reads one.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../platform/refusal.ts';

/** Bytes of a body that a stranger may send, where the route says nothing else. */
const openBodyLimit = 64 * 1024;

/**
 * Takes little from strangers, no `text/plain` (a form of another site can send it without asking: Fetch, CORS-safelisted request-header), and
 * nothing compressed: unpacking is left to imports, which count while they unpack.
 */
export function boundBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRoute', (route) => {
    if (route.config?.needs === 'open') route.bodyLimit ??= openBodyLimit;
  });
  app.addHook('onRequest', (request, reply, done) => done(isCompressed(request) ? refuseCoding(reply) : undefined));
}

function isCompressed(request: FastifyRequest): boolean {
  const coding = request.headers['content-encoding'];
  return coding !== undefined && coding.toLowerCase() !== 'identity' && request.routeOptions.config?.longBody !== true;
}

// RFC 9110 §12.5.3: the answer says which codings the server takes.
function refuseCoding(reply: FastifyReply): Refusal {
  reply.header('Accept-Encoding', 'identity');
  return new Refusal('unsupported', 'http.content-encoding', {
    vi: 'Máy chủ không nhận nội dung nén (Content-Encoding).', en: 'The server takes no compressed bodies (Content-Encoding).',
  });
}
