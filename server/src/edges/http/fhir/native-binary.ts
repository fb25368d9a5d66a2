// Binary as what it holds: a PDF read as a PDF and written as one (R4 binary.html §2.43.1, "Serving Binary Resources using the RESTful API").
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../../platform/refusal.ts';
import { fhirBody, isFhirMedia, mediaType, mediaTypeOf } from './body.ts';

type Json = Readonly<Record<string, unknown>>;

const fhirForms = /\bfhir\+(?:json|xml)|\b(?:json|xml)\+fhir/i;
const mediaTypeText = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: ?;[\x20-\x7e]*)?$/;
/** What a browser may show by itself: it holds no script. Anything else is saved to a file. */
const shown = /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+|text\/plain|application\/(?:pdf|(?:fhir\+)?json))(?: ?;|$)/i;
const headerText = /^[\x21-\x7e]{1,1000}$/;

/** Tells whether a read of a Binary gets its content: whenever the client does not ask for a FHIR form by name, in Accept or `_format`. */
export function wantsContent(request: FastifyRequest, query?: URLSearchParams): boolean {
  return !query?.get('_format') && !fhirForms.test(request.headers.accept ?? '');
}

/** Sends the content of a Binary. Whatever it is, a browser runs nothing in it. */
export function sendContent(reply: FastifyReply, binary: Json): FastifyReply {
  const { id, contentType, data, securityContext } = binary;
  const context = (securityContext as { reference?: unknown } | undefined)?.reference;
  if (typeof context === 'string' && headerText.test(context)) reply.header('X-Security-Context', context);
  const type = typeof contentType === 'string' && mediaTypeText.test(contentType) ? contentType : 'application/octet-stream';
  if (!shown.test(type)) reply.header('Content-Disposition', `attachment; filename="${String(id).replace(/[^\w.-]/g, '')}"`); // RFC 6266 §4.3
  return reply
    .header('Content-Type', type)
    .header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    .header('Vary', 'Accept')
    .send(Buffer.from(typeof data === 'string' ? data : '', 'base64'));
}

/** Tells whether a request writes a Binary, whose body may then be anything. */
export function writesBinary(request: FastifyRequest): boolean {
  const { type } = (request.params ?? {}) as { type?: string };
  return type === 'Binary' && (request.method === 'POST' || request.method === 'PUT');
}

/** The Binary that a body is, or that it becomes: content in FHIR's own media types is content too, unless it is a Binary. */
export function binaryBody(request: FastifyRequest, id: string | undefined, depthLimit: number): unknown {
  const contentType = (request.headers['content-type'] ?? '').trim().replace(/\s+/g, ' ');
  if (!mediaTypeText.test(contentType)) throw mediaType(mediaTypeOf(request), 'the media type of the content');
  const resource = isFhirMedia(mediaTypeOf(request)) ? resourceIn(request, depthLimit) : undefined;
  if ((resource as Json | undefined)?.['resourceType'] === 'Binary') return resource;
  const context = request.headers['x-security-context'];
  const { body } = request;
  return {
    resourceType: 'Binary',
    ...(id === undefined ? {} : { id }),
    contentType,
    ...(typeof context === 'string' ? { securityContext: { reference: context } } : {}),
    ...(body === undefined || body === '' ? {} : { data: (typeof body === 'string' ? Buffer.from(body) : (body as Buffer)).toString('base64') }),
  };
}

// What says that it is FHIR must be; other JSON and XML may be anything.
function resourceIn(request: FastifyRequest, depthLimit: number): unknown {
  try {
    return fhirBody(request, depthLimit);
  } catch (error) {
    if (error instanceof Refusal && !fhirForms.test(mediaTypeOf(request))) return undefined;
    throw error;
  }
}
