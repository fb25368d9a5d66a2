// Bodies of FHIR requests stay text: the record parses them itself, keeping `1.0` as `1.0`.
import type { FastifyInstance } from 'fastify';

const textual = ['application/fhir+json', 'application/json', 'application/json-patch+json', 'application/x-www-form-urlencoded'];

/** Makes bodies of the FHIR media types arrive as the raw string in this scope (an encapsulated plugin) only. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(textual, { parseAs: 'string' }, (_request, body, done) => done(null, body));
}
