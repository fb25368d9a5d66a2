// Methods that an address does not know: 405 with the list of those it does (RFC 9110 §15.5.6).
import { isResourceType } from '@sen/fhir';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../../platform/refusal.ts';

/** Sets Allow and gives the refusal to throw. */
export function methodNotAllowed(request: FastifyRequest, reply: FastifyReply, path: readonly string[]): Refusal {
  const allowed = allowedAt(path);
  if (allowed === undefined) {
    return new Refusal('not-found', 'fhir.unknown-address', { vi: 'Không có gì ở địa chỉ này.', en: 'There is nothing at this address.' }, [
      { severity: 'error', code: 'not-found', diagnostics: `"${(path[0] ?? '').slice(0, 64)}" is not a resource type of FHIR R4.` },
    ]);
  }
  reply.header('Allow', allowed);
  return new Refusal('unsupported', 'http.method', { vi: 'Địa chỉ này không nhận phương thức đó.', en: 'The address does not take this method.' }, [
    { severity: 'error', code: 'not-supported', diagnostics: `${request.method} is not possible here; ${allowed} are.` },
  ]);
}

const reading = 'GET, HEAD';

function allowedAt(path: readonly string[]): string | undefined {
  const [first, second] = path;
  if (first === undefined) return `${reading}, POST`;
  if (path.at(-1) === '_search') return 'POST';
  if (path.at(-1)?.startsWith('$')) return `${reading}, POST`;
  if (first === 'metadata' || first === '_history') return reading;
  if (!isResourceType(first)) return undefined;
  if (second === undefined) return `${reading}, POST, PUT, PATCH, DELETE`;
  return path.length === 2 && second !== '_history' ? `${reading}, PUT, PATCH, DELETE` : reading;
}
