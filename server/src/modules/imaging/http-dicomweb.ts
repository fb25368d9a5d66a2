// DICOMweb (DICOM PS3.18 2024e) below /dicomweb: QIDO-RS, WADO-RS, STOW-RS.
import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { joinedGzip } from './archive/joined-gzip.ts';
import { checkStudy } from './dicomweb/check-study.ts';
import { mediaTypes } from './dicomweb/media-type.ts';
import { openFrames } from './dicomweb/open-frames.ts';
import { openInstances } from './dicomweb/open-instances.ts';
import { readEntries, type Place } from './dicomweb/read-stored.ts';
import { receiveInstances } from './dicomweb/receive-instances.ts';
import { noSuchPart, notAcceptable } from './dicomweb/refusals.ts';
import { searchArchive } from './dicomweb/search-archive.ts';

const root = '/dicomweb';
const json = 'application/dicom+json';
const study = `${root}/studies/:study`;
const series = `${study}/series/:series`;
const instance = `${series}/instances/:instance`;
const read = { config: { needs: 'imaging.read' } } as const;
const store = { bodyLimit: Number.MAX_SAFE_INTEGER, config: { needs: 'imaging.store', longBody: true } } as const;

export function addDicomwebRoutes(app: FastifyInstance): void {
  app.register(async (web) => {
    web.removeAllContentTypeParsers();
    web.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const [path, level] of [['studies', 'study'], ['series', 'series'], ['instances', 'instance']] as const) web.get(`${root}/${path}`, read, search(level));
    web.get(`${study}/series`, read, search('series'));
    web.get(`${study}/instances`, read, search('instance'));
    web.get(`${series}/instances`, read, search('instance'));
    for (const path of [study, series, instance]) {
      web.get(path, read, sendInstances);
      web.get(`${path}/metadata`, read, sendMetadata);
    }
    web.get(`${instance}/frames/:frames`, read, sendFrames);
    for (const path of [`${root}/studies`, study]) web.post(path, store, receive);
  });
}

function search(level: 'study' | 'series' | 'instance') {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    checkJson(request);
    const { study, series } = request.params as Partial<Place>;
    const within = { ...(study !== undefined && { StudyInstanceUID: study }), ...(series !== undefined && { SeriesInstanceUID: series }) };
    const found = await searchArchive(request.work, level, request.query as Record<string, unknown>, within);
    for (const warning of found.warnings) reply.header('Warning', `299 sen "${warning}"`);
    return reply.header('Content-Type', json).send(found.json);
  };
}

async function sendMetadata(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  checkJson(request);
  const place = request.params as Place;
  await checkStudy(request.work, place.study);
  const entries = await readEntries(request.work.db, place);
  if (entries.length === 0) throw noSuchPart();
  const packed = joinedGzip(entries);
  // The trailer of a gzip file tells its whole content (RFC 1952, 2.3.1).
  const tag = `"${entries.length}-${packed.subarray(-8).toString('hex')}"`;
  reply.header('ETag', tag).header('Vary', 'Accept, Accept-Encoding').header('Cache-Control', 'private, no-cache').header('Content-Type', json);
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  if (/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.header('Content-Encoding', 'gzip').send(packed);
  return reply.send(gunzipSync(packed));
}

async function sendInstances(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const place = request.params as Place;
  await checkStudy(request.work, place.study);
  const { contentType, body } = await openInstances(request.work.db, place, acceptedBy(request));
  return reply.header('Content-Type', contentType).header('Cache-Control', 'private, no-cache').send(body);
}

async function sendFrames(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { frames, ...place } = request.params as Required<Place> & { frames: string };
  await checkStudy(request.work, place.study);
  const { contentType, body } = await openFrames(request.work.db, place, frames, acceptedBy(request));
  return reply.header('Content-Type', contentType).header('Cache-Control', 'private, max-age=86400').send(body);
}

async function receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { study } = request.params as Partial<Place>;
  const { status, json: text } = await receiveInstances(request.work, request.headers['content-type'] ?? '', request.body as IncomingMessage, study);
  return reply.code(status).header('Content-Type', json).send(text);
}

const acceptedBy = (request: FastifyRequest) => mediaTypes(request.headers.accept ?? '*/*');

function checkJson(request: FastifyRequest): void {
  if (!acceptedBy(request).some(({ type }) => [json, 'application/json', 'application/*', '*/*'].includes(type))) throw notAcceptable();
}
