// POST, PUT, PATCH and DELETE.
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  createResource, deleteMatchingResources, deleteResource, nothingDeleted, patchMatchingResource, patchResource, runBundle, updateMatchingResource, updateResource,
  type Failure, type Patch, type Written,
} from '../../../modules/record/index.ts';
import { fhirBody, jsonBody, mediaType, mediaTypeOf } from './body.ts';
import { baseOf, queryOf, type Endpoint } from './endpoint.ts';
import { formOf, preferencesOf } from './negotiate.ts';
import { binaryBody } from './native-binary.ts';
import { sendJson, sendWritten } from './reply.ts';

type Params = { type: string; id: string };

export async function create(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { type } = request.params as Params;
  const ifNoneExist = request.headers['if-none-exist'];
  return write(endpoint, request, reply, () =>
    createResource(request.work, { type, resource: resourceBody(endpoint, request), ifNoneExist: Array.isArray(ifNoneExist) ? ifNoneExist[0] : ifNoneExist }),
  );
}

export async function update(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { type, id } = request.params as Params;
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  return write(endpoint, request, reply, () =>
    updateResource(request.work, { type, id, resource: resourceBody(endpoint, request), ifMatch, ifNoneMatch }),
  );
}

export async function updateMatching(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { type } = request.params as Params;
  const ifMatch = request.headers['if-match'];
  return write(endpoint, request, reply, (query) =>
    updateMatchingResource(request.work, { type, query, resource: fhirBody(request, endpoint.jsonDepthLimit), ifMatch }),
  );
}

export async function patch(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { type, id } = request.params as Params;
  const ifMatch = request.headers['if-match'];
  return write(endpoint, request, reply, (query) => {
    const change = patchBody(endpoint, request, reply);
    return id === undefined
      ? patchMatchingResource(request.work, { type, query, patch: change, ifMatch })
      : patchResource(request.work, { type, id, patch: change, ifMatch });
  });
}

export async function remove(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { type, id } = request.params as Params;
  return write(endpoint, request, reply, () => deleteResource(request.work, { type, id, ifMatch: request.headers['if-match'] }));
}

/** DELETE [type]?criteria: one answer, whether one or several went. */
export async function removeMatching(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { type } = request.params as Params;
  return write(endpoint, request, reply, async (query) => {
    const gone = await deleteMatchingResources(request.work, { type, query, limit: endpoint.conditionalDeleteMax });
    return gone.length === 1 ? gone[0]! : { ...nothingDeleted(type, undefined), outcome: gone.length === 0 ? 'absent' : 'deleted' };
  });
}

/** POST [base]: a batch or a transaction. */
export async function bundle(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, explain: (error: unknown) => Failure): Promise<FastifyReply> {
  const query = queryOf(request);
  const form = formOf(request, query);
  const { returns = 'minimal', lenient } = preferencesOf(request);
  const body = fhirBody(request, endpoint.jsonDepthLimit);
  const json = await runBundle(request.work, body, { ...endpoint, base: baseOf(endpoint, request), lenient, returns, explain });
  return sendJson(reply, json, form);
}

function resourceBody({ jsonDepthLimit }: Endpoint, request: FastifyRequest): unknown {
  const { type, id } = request.params as Partial<Params>;
  return type === 'Binary' ? binaryBody(request, id, jsonDepthLimit) : fhirBody(request, jsonDepthLimit);
}

async function write(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, act: (query: URLSearchParams) => Promise<Written>): Promise<FastifyReply> {
  const query = queryOf(request);
  const form = formOf(request, query);
  const written = await act(query);
  return sendWritten(reply, written, baseOf(endpoint, request), preferencesOf(request), form);
}

const patchTypes = 'application/json-patch+json, application/fhir+json, application/fhir+xml';
const fhirPatchTypes = new Set(patchTypes.split(', ').slice(1).concat('application/json', 'application/xml', 'text/xml'));

function patchBody(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Patch {
  const type = mediaTypeOf(request);
  if (type === 'application/json-patch+json') return { kind: 'json', operations: jsonBody(request, endpoint.jsonDepthLimit) };
  if (fhirPatchTypes.has(type)) return { kind: 'fhirpath', parameters: fhirBody(request, endpoint.jsonDepthLimit) };
  reply.header('Accept-Patch', patchTypes);
  throw mediaType(type, 'application/json-patch+json (JSON Patch) or application/fhir+json, application/fhir+xml (FHIRPath Patch in Parameters)');
}
