// GET and POST …/$operation (R4 operations.html §3.2.0).
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonOfAnswer, runOperation } from '../../../modules/record/index.ts';
import type { OperationAnswer } from '../../../platform/operation.ts';
import { fhirBody, formBody, mediaTypeOf } from './body.ts';
import { baseOf, queryOf, type Endpoint } from './endpoint.ts';
import { formOf, type Form } from './negotiate.ts';
import { sendJson } from './reply.ts';

const form = 'application/x-www-form-urlencoded';

/** Runs the operation that the path names and sends what it answers. */
export async function operate(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, path: readonly string[]): Promise<FastifyReply> {
  const contentType = mediaTypeOf(request);
  const address = queryOf(request);
  const posted = request.method === 'POST';
  const query = posted && contentType === form ? formBody(request, address) : address;
  // before anything is done: an answer that nobody can read must not be of something that has happened
  const answerForm = hasFormOfItsOwn(endpoint, path) ? undefined : formOf(request, query);
  const answer = await runOperation(request.work, endpoint.operations, path, {
    method: posted ? 'POST' : 'GET',
    query,
    body: posted ? bodyOf(endpoint, request, contentType, path) : undefined,
    contentType,
    accept: request.headers.accept ?? '',
    prefer: textOf(request.headers['prefer']),
    base: baseOf(endpoint, request),
  });
  return send(reply, answer, () => answerForm ?? formOf(request, query));
}

function bodyOf(endpoint: Endpoint, request: FastifyRequest, contentType: string, path: readonly string[]): unknown {
  if (request.body === undefined || request.body === '' || contentType === form) return undefined;
  const takes = endpoint.operations.get(path.at(-1)?.slice(1) ?? '')?.some((operation) => operation.takes?.includes(contentType));
  return takes === true ? request.body : fhirBody(request, endpoint.jsonDepthLimit);
}

function hasFormOfItsOwn({ operations }: Endpoint, path: readonly string[]): boolean {
  return operations.get(path.at(-1)?.slice(1) ?? '')?.some(({ answersOther }) => answersOther === true) === true;
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '');
}

function send(reply: FastifyReply, answer: OperationAnswer, answerForm: () => Form): FastifyReply {
  reply.code(answer.status ?? 200).headers(answer.headers ?? {});
  if (answer.other !== undefined) return reply.header('Content-Type', answer.other.contentType).send(answer.other.body);
  const json = jsonOfAnswer(answer);
  if (json === undefined) return reply.send();
  return sendJson(reply, json, answerForm());
}
