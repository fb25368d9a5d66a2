// The built web: hashed assets for ever, pages from index.html with a nonce of their own, and nothing of it for /api, /fhir and /oidc.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { markPage } from './headers.ts';

export const builtWeb = fileURLToPath(new URL('../../../../web/dist/', import.meta.url));

/** As web/vite.config.ts writes it (html.cspNonce). */
const placeOfNonce = '__SEN_NONCE__';

/** The worker of the patient app fetches our own files and nothing else. W3C CSP Level 3 §3.4: a worker obeys the policy of its own answer. */
const policyOfWorker = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/** Serves a folder made by the web's build, when there is one; gives what sends a page of it. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<((reply: FastifyReply) => Promise<FastifyReply>) | undefined> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return undefined;
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    cacheControl: false,
    index: false,
    dotfiles: 'ignore',
    // a page goes out by sendPage only
    allowedPath: (path) => !/\.html(?:\.(?:br|gz))?$/i.test(path),
    setHeaders: (reply, path) => {
      // Vite puts a content hash into the name of everything under assets/.
      reply.header('Cache-Control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (/[\\/]sw\.js(?:\.(?:br|gz))?$/.test(path)) reply.header('content-security-policy', policyOfWorker);
    },
  });
  const sendFile = async (reply: FastifyReply, file: string) => {
    const page = await readFile(file, 'utf8');
    markPage(reply);
    return reply.code(200).type('text/html; charset=utf-8').send(page.replaceAll(placeOfNonce, reply.nonce));
  };
  const sendPage = (reply: FastifyReply) => sendFile(reply, index);
  app.get('/', { config: { needs: 'open' } }, (_request, reply) => sendPage(reply));
  const patientApp = join(folder, 'app.html');
  if (existsSync(patientApp)) for (const url of ['/app', '/app/*']) app.get(url, { config: { needs: 'open' } }, (_request, reply) => sendFile(reply, patientApp));
  const board = join(folder, 'board.html');
  if (existsSync(board)) app.get('/board/:key', { config: { needs: 'open' } }, (_request, reply) => sendFile(reply, board));
  const kiosk = join(folder, 'kiosk.html');
  if (existsSync(kiosk)) app.get('/kiosk', { config: { needs: 'open' } }, (_request, reply) => sendFile(reply, kiosk));
  const booking = join(folder, 'public.html');
  if (existsSync(booking)) for (const url of ['/dat-kham', '/dat-kham/*']) app.get(url, { config: { needs: 'open' } }, (_request, reply) => sendFile(reply, booking));
  return sendPage;
}

/** Tells whether a request without a route of its own asks for a page, which the web draws itself. */
export function asksForPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = request.url.split('?', 1)[0] ?? '';
  if (/^\/(?:api|fhir|dicomweb|oidc|\.well-known|assets)(?:\/|$)/.test(path)) return false;
  return !/\/\.|\.[a-z0-9]{1,8}$/i.test(path); // neither hidden nor a file
}
