// Addresses of jobs, beside the FHIR operations that start them: status, cancelling, files, uploads.
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../../platform/module.ts';
import { cancelJob } from './cancel-job.ts';
import { openFile } from './open-file.ts';
import { readStatus } from './read-status.ts';
import { receiveUpload } from './receive-upload.ts';

const prefix = '/fhir/R4';
const ndjson = 'application/fhir+ndjson';

/** Adds the routes below /fhir/R4/_bulk. */
export function addBulkRoutes(app: FastifyInstance, house: House): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([ndjson, 'application/ndjson', 'application/x-ndjson', 'application/gzip'], (_request, payload, done) => done(null, payload));
  app.get(`${prefix}/_bulk/:job`, { config: { needs: 'fhir.use' } }, sendStatus);
  app.delete(`${prefix}/_bulk/:job`, { config: { needs: 'fhir.use' } }, async (request, reply) => {
    await cancelJob(request.work, (request.params as { job: string }).job);
    return reply.code(202).send();
  });
  app.get(`${prefix}/_bulk/:job/:file`, { config: { needs: 'fhir.use' } }, sendFile);
  app.post(`${prefix}/_bulk`, { bodyLimit: Number.MAX_SAFE_INTEGER, config: { needs: 'bulk.import', longBody: true } }, async (request, reply) => {
    const { status = 200, headers = {}, resource } = await receiveUpload(request.work, baseOf(house, request), request.body as IncomingMessage);
    return reply.code(status).headers(headers).header('Content-Type', 'application/fhir+json; charset=utf-8').send(JSON.stringify(resource));
  });
}

async function sendStatus(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const status = await readStatus(request.work, (request.params as { job: string }).job);
  if (status.state === 'running') return reply.code(202).header('X-Progress', status.progress).header('Retry-After', status.retryAfterSeconds).send();
  if (status.state === 'failed') return reply.code(500).header('Content-Type', 'application/fhir+json; charset=utf-8').send(JSON.stringify(status.outcome));
  return reply.header('Expires', new Date(status.expiresAt).toUTCString()).header('Content-Type', 'application/json').send(JSON.stringify(status.manifest));
}

/** Files lie compressed: sent as they are to clients that take gzip, unpacked on the way to others. */
async function sendFile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { job, file } = request.params as { job: string; file: string };
  const { expires = '', signature = '' } = request.query as Record<string, string>;
  const { gzip, bytes } = await openFile(request.work, { job, file, expires: Number(expires) }, String(signature));
  reply.header('Content-Type', ndjson).header('Vary', 'Accept-Encoding');
  if (takesGzip(request.headers['accept-encoding'])) return reply.header('Content-Encoding', 'gzip').header('Content-Length', bytes).send(gzip);
  const plain = createGunzip();
  gzip.on('error', (error) => plain.destroy(error));
  plain.on('close', () => gzip.destroy());
  return reply.send(gzip.pipe(plain));
}

/** RFC 9110 §12.5.3, as far as gzip goes. */
function takesGzip(header: string | undefined): boolean {
  return (header ?? '').split(',').some((part) => /^(?:gzip|x-gzip|\*)(?:\s*;\s*q=(?!0(?:\.0*)?$)[\d.]+)?$/i.test(part.trim()));
}

const hostName = /^[A-Za-z0-9.\-[\]:_]{1,255}$/;

/** Address of the FHIR endpoint as the client sees it. */
function baseOf({ settings }: House, request: FastifyRequest): string {
  if (settings.publicUrl !== '') return settings.publicUrl.replace(/\/+$/, '') + prefix;
  return `${request.protocol}://${hostName.test(request.host) ? request.host : 'localhost'}${prefix}`;
}
