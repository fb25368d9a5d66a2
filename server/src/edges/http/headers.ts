// What every answer tells a browser: which code a page may run, who may frame or embed it, and that answers about patients are kept nowhere.
// OWASP ASVS 5.0 V3.4; W3C CSP Level 3; Trusted Types.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';

declare module 'fastify' {
  interface FastifyReply {
    /** Lets the scripts and styles of this page run, and no others; set by sendPage of static.ts. */
    nonce: string;
  }
}

/** Answers that are data: nothing in them runs, whatever they hold, and none of it stays in a cache. */
const ofData = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
};

/** Files of the web, and the frame that pages share. */
const ofFiles = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'origin-agent-cluster': '?1',
  'x-frame-options': 'DENY',
  'permissions-policy': [
    'camera=(self)', 'microphone=(self)', 'publickey-credentials-get=(self)', 'publickey-credentials-create=(self)', 'fullscreen=(self)', 'clipboard-write=(self)',
    'accelerometer=()', 'autoplay=()', 'bluetooth=()', 'browsing-topics=()', 'clipboard-read=()', 'display-capture=()', 'geolocation=()', 'gyroscope=()', 'hid=()',
    'local-fonts=()', 'magnetometer=()', 'midi=()', 'payment=()', 'serial=()', 'usb=()', 'xr-spatial-tracking=()',
  ].join(', '),
};

const ofOtherFiles = { ...ofFiles, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox" };

/** A year, and all names below: ASVS 5.0 3.4.1, level 2. RFC 6797 §7.2: not to be sent over http. */
const strictTransport = 'max-age=31536000; includeSubDomains';

/** What a page of ours may load and run: only scripts and styles that carry the nonce of this one answer, and what those load. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** Sets the headers of every answer before anything else may answer; a route that needs others sets them afterwards. */
export function setHeaders(app: FastifyInstance): void {
  app.decorateReply('nonce', '');
  app.addHook('onRequest', (request, reply, done) => {
    markAnswer(request, reply);
    done();
  });
  app.addHook('onRoute', (route) => {
    if (route.url === '/api/session' && route.method === 'DELETE') route.onSend = clearBrowser;
  });
}

// ASVS 5.0 14.3.1: what a page has kept goes with the session. Never the cookies: one of them says that this browser is known here.
const clearBrowser: onSendHookHandler = (_request, reply, _payload, done) => {
  if (reply.statusCode < 300) reply.header('clear-site-data', '"cache", "storage"');
  done();
};

/** Sets the headers of one answer: also of those that the framework gives before any hook runs. */
export function markAnswer(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(isData(request.url) ? ofData : ofOtherFiles).header('x-request-id', request.id);
  if (request.protocol === 'https') reply.header('strict-transport-security', strictTransport);
}

/** Makes an answer a page: with its own nonce, and never the answer to a later request (the nonce would be known). */
export function markPage(reply: FastifyReply): void {
  reply.nonce = randomBytes(16).toString('base64');
  reply.header('content-security-policy', contentPolicy(reply.nonce)).header('cache-control', 'no-store');
}

/** Tells whether an address answers with data rather than with a page or a file of the web. */
function isData(url: string): boolean {
  return url.startsWith('/api/') || url.startsWith('/fhir/') || url.startsWith('/dicomweb/') || url.startsWith('/oidc/');
}
