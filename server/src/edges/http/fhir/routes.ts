// The FHIR R4 RESTful API at /fhir/R4 (http.html). A few parametric routes; what an address means is decided once, in the record.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GoneRefusal, type Failure } from '../../../modules/record/index.ts';
import type { Log } from '../../../platform/log.ts';
import { faultFields } from '../../../platform/log.ts';
import type { House, ModuleManifest } from '../../../platform/module.ts';
import { operationTable } from '../../../platform/operation.ts';
import { takeRawBodies } from '../bodies.ts';
import { faultOutcome, operationOutcome, statusOf } from '../errors.ts';
import { asRefusal } from '../known-errors.ts';
import { mediaType, mediaTypeOf } from './body.ts';
import { endpointOf, pathOf, type Endpoint } from './endpoint.ts';
import { methodNotAllowed } from './method.ts';
import { operate } from './operate.ts';
import { readAny, readOne, searchByForm } from './read.ts';
import { writesBinary } from './native-binary.ts';
import { errorsInXml } from './negotiate.ts';
import { markVersion, sendJson } from './reply.ts';
import { bundle, create, patch, remove, removeMatching, update, updateMatching } from './write.ts';

/** Adds the FHIR API to a scope whose prefix is that of endpoint.ts. */
export function fhirRoutes(app: FastifyInstance, house: House, manifests: readonly ModuleManifest[], log: Log): void {
  const endpoint = endpointOf(house.settings, operationTable(manifests));
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, needs: 'fhir.use' };
  });
  takeRawBodies(app, bodiesOfOperations(manifests));
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (writesBinary(request)) done(null, body);
    else done(mediaType(mediaTypeOf(request), 'application/fhir+json or application/fhir+xml'));
  });
  tellGone(app);
  app.setNotFoundHandler((request, reply) => {
    throw methodNotAllowed(request, reply, pathOf(request));
  });
  const on = (handler: Handler) => (request: FastifyRequest, reply: FastifyReply) => handler(endpoint, request, reply);
  app.get('/:type/:id', on(readOne));
  app.get('/', on(readAny));
  app.get('/*', on(readAny));
  app.post('/', (request, reply) => bundle(endpoint, request, reply, (error) => explain(error, request, log)));
  app.post('/:type', on(postToType));
  app.post('/*', on(postElsewhere));
  app.put('/:type', on(toResources(updateMatching)));
  app.put('/:type/:id', on(toResources(update)));
  app.patch('/:type', on(toResources(patch)));
  app.patch('/:type/:id', on(toResources(patch)));
  app.delete('/:type', on(toResources(removeMatching)));
  app.delete('/:type/:id', on(toResources(remove)));
}

type Handler = (endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function bodiesOfOperations(manifests: readonly ModuleManifest[]): string[] {
  return [...new Set(manifests.flatMap(({ operations = [] }) => operations.flatMap(({ takes = [] }) => takes)))];
}

/** Keeps a write from addresses that are no resource: metadata, _history, _search, $operations. */
function toResources(write: Handler): Handler {
  return async (endpoint, request, reply) => {
    const { type, id = '' } = request.params as { type: string; id?: string };
    if (type === 'metadata' || /^[_$]/.test(type) || /^[_$]/.test(id)) throw methodNotAllowed(request, reply, pathOf(request));
    return write(endpoint, request, reply);
  };
}

async function postToType(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = pathOf(request);
  const [type = ''] = path;
  if (type === '_search') return searchByForm(endpoint, request, reply, path);
  if (type.startsWith('$')) return operate(endpoint, request, reply, path);
  if (type === 'metadata' || type === '_history') throw methodNotAllowed(request, reply, path);
  return create(endpoint, request, reply);
}

async function postElsewhere(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = pathOf(request);
  if (path.at(-1) === '_search') return searchByForm(endpoint, request, reply, path);
  if (path.at(-1)?.startsWith('$')) return operate(endpoint, request, reply, path);
  throw methodNotAllowed(request, reply, path);
}

// R4 §3.1.0.2: a deleted resource answers 410; the version of its deletion lets a client bring it back with If-Match.
function tellGone(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof GoneRefusal)) throw error;
    markVersion(reply, error.version, error.updated);
    return sendJson(reply.code(410), JSON.stringify(operationOutcome(error, request.language)), { xml: errorsInXml(request), pretty: false });
  });
}

function explain(error: unknown, request: FastifyRequest, log: Log): Failure {
  const refusal = asRefusal(error);
  if (refusal !== undefined) return { status: statusOf(refusal), outcome: operationOutcome(refusal, request.language) };
  log.error('fault', { requestId: request.id, method: request.method, route: 'batch entry', ...faultFields(error) });
  return { status: 500, outcome: faultOutcome(request.language) };
}
