// Which form the answer takes: JSON, or a clear refusal. R4 §3.1.0.1.9, §3.1.0.1.11, §3.1.0.1.14.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../../platform/refusal.ts';

const jsonNames = new Set(['json', 'application/json', 'application/fhir+json', 'text/json', 'application/json+fhir']);
const usual = new Set(['*/*', 'application/fhir+json', 'application/json', 'application/fhir+json, application/json']);

/** Refuses (406) a client that takes no JSON. `_format` rules over Accept. */
export function checkAccept(request: FastifyRequest, query?: URLSearchParams): void {
  const format = query?.get('_format');
  if (format !== null && format !== undefined && format !== '') {
    if (!jsonNames.has(bare(format))) throw notAcceptable(format);
    return;
  }
  const { accept } = request.headers;
  if (accept === undefined || usual.has(accept)) return;
  if (!accept.split(',').some(takesJson)) throw notAcceptable(accept);
}

/** Tells whether the client asks for an answer that people can read. */
export function wantsPretty(query: URLSearchParams): boolean {
  return query.get('_pretty') === 'true';
}

export interface Preferences {
  readonly returns: 'minimal' | 'representation' | 'OperationOutcome' | undefined;
  readonly lenient: boolean;
}

/** Reads Prefer: return=… and handling=… (R4 §3.1.0.1.8). Other preferences may be ignored (RFC 7240). */
export function preferencesOf(request: FastifyRequest): Preferences {
  const header = request.headers['prefer'];
  if (header === undefined) return { returns: undefined, lenient: false };
  const text = Array.isArray(header) ? header.join(',') : header;
  const returns = /(?:^|[,;\s])return\s*=\s*"?(minimal|representation|OperationOutcome)/i.exec(text)?.[1]?.toLowerCase();
  return {
    returns: returns === 'operationoutcome' ? 'OperationOutcome' : (returns as 'minimal' | 'representation' | undefined),
    lenient: /(?:^|[,;\s])handling\s*=\s*"?lenient/i.test(text),
  };
}

function takesJson(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const version = parameters.find((parameter) => parameter.startsWith('fhirversion='))?.slice(12).replaceAll('"', '');
  if (parameters.some((parameter) => /^q=0(\.0+)?$/.test(parameter))) return false;
  if (version !== undefined && !version.startsWith('4.0')) return false;
  return type === '*/*' || type === 'application/*' || jsonNames.has(type);
}

// A plus in a query string arrives as a space.
function bare(format: string): string {
  return format.split(';')[0]!.trim().toLowerCase().replace(' ', '+');
}

function notAcceptable(asked: string): Refusal {
  return new Refusal('unsupported', 'http.not-acceptable', { vi: 'Máy chủ này chỉ trả lời bằng JSON.', en: 'This server answers in JSON only.' }, [
    { severity: 'error', code: 'not-supported', diagnostics: `"${asked.slice(0, 100)}" is not offered. Ask for application/fhir+json (Accept, or _format=json); XML and Turtle are not supported.` },
  ]);
}
