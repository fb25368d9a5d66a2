// GET and POST _search: everything that changes nothing.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerGet, computedType, isFresh, readCurrent } from '../../../modules/record/index.ts';
import { formBody } from './body.ts';
import { baseOf, pathOf, queryOf, type Endpoint } from './endpoint.ts';
import { methodNotAllowed } from './method.ts';
import { sendContent, wantsContent } from './native-binary.ts';
import { formOf, plain, preferencesOf } from './negotiate.ts';
import { operate } from './operate.ts';
import { markVersion, sendAnswer, sendJson } from './reply.ts';

/** GET [type]/[id]: the most frequent request of all, so it parses neither query nor resource. */
export async function readOne(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { type, id } = request.params as { type: string; id: string };
  const mark = id.charCodeAt(0);
  if (mark === underscore || mark === dollar || type === 'AuditEvent' || computedType(type) !== undefined || request.url.includes('?')) return readAny(endpoint, request, reply);
  const content = type === 'Binary' && wantsContent(request);
  const form = content ? plain : formOf(request);
  const { version, updated, json } = await readCurrent(request.work, type, id);
  markVersion(reply, version, updated);
  const { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } = request.headers;
  if ((ifNoneMatch !== undefined || ifModifiedSince !== undefined) && isFresh({ version, updated }, ifNoneMatch, ifModifiedSince)) return reply.code(304).send();
  return content ? sendContent(reply, parsed(json)) : sendJson(reply, json, form);
}

/** GET anything else. */
export async function readAny(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = pathOf(request);
  if (path.at(-1) === '_search') throw methodNotAllowed(request, reply, path);
  if (path.at(-1)?.startsWith('$') === true) return operate(endpoint, request, reply, path);
  return answer(endpoint, request, reply, path, queryOf(request));
}

/** POST [type]/_search and its like: the same questions, with the parameters in a form (R4 §3.1.0.9). */
export async function searchByForm(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, path: readonly string[]): Promise<FastifyReply> {
  return answer(endpoint, request, reply, path.slice(0, -1), formBody(request, queryOf(request)));
}

const underscore = 95;
const dollar = 36;

async function answer(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, path: readonly string[], query: URLSearchParams): Promise<FastifyReply> {
  const content = path[0] === 'Binary' && (path.length === 2 || path.length === 4) && path[1] !== '_history' && wantsContent(request, query);
  const form = content ? plain : formOf(request, query);
  const found = await answerGet(request.work, {
    path,
    query,
    base: baseOf(endpoint, request),
    lenient: preferencesOf(request).lenient,
    conditionalDeleteMax: endpoint.conditionalDeleteMax,
    operations: endpoint.operations,
    ifNoneMatch: request.headers['if-none-match'],
    ifModifiedSince: request.headers['if-modified-since'],
  });
  if (!content || found.status !== 200) return sendAnswer(reply, found, form);
  if (found.version !== undefined && found.updated !== undefined) markVersion(reply, found.version, found.updated);
  return sendContent(reply, parsed(found.json));
}

function parsed(json: Buffer | string): Record<string, unknown> {
  return JSON.parse(json.toString()) as Record<string, unknown>;
}
