// Which form the answer takes: JSON or XML, or a clear refusal. R4 §3.1.0.1.9, §3.1.0.1.11, §3.1.0.1.14.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../../platform/refusal.ts';

/** The form of an answer. */
export interface Form {
  readonly xml: boolean;
  /** Indented, for people; JSON only. */
  readonly pretty: boolean;
}

const jsonNames = new Set(['json', 'application/json', 'application/fhir+json', 'text/json', 'application/json+fhir']);
const xmlNames = new Set(['xml', 'application/xml', 'application/fhir+xml', 'text/xml', 'application/xml+fhir']);
const usual = new Set(['*/*', 'application/fhir+json', 'application/json', 'application/fhir+json, application/json']);
const plain: Form = { xml: false, pretty: false };

/** The form that a client asks for; refuses (406) one that takes neither. `_format` rules over Accept. */
export function formOf(request: FastifyRequest, query?: URLSearchParams): Form {
  const { accept } = request.headers;
  if (query === undefined && (accept === undefined || usual.has(accept))) return plain;
  const asked = query?.get('_format') || accept;
  const xml = asked === undefined ? false : wantsXml(query?.get('_format') ? bare(asked) : asked);
  if (xml === undefined) throw notAcceptable(asked ?? '');
  return { xml, pretty: query?.get('_pretty') === 'true' };
}

/** Tells whether an error goes out as XML: JSON unless the client asks for XML. */
export function errorsInXml(request: FastifyRequest): boolean {
  const format = /[?&]_format=([^&]*)/.exec(request.url)?.[1];
  const asked = format === undefined ? request.headers.accept : bare(decoded(format));
  return asked !== undefined && wantsXml(asked) === true;
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

// The better of the two by quality (RFC 9110 §12.5.1), JSON when they are equal; undefined when neither will do.
function wantsXml(accept: string): boolean | undefined {
  const qualities = { json: 0, xml: 0 };
  for (const range of accept.split(',')) {
    const { name, quality } = rangeOf(range);
    // a browser asks for HTML first and XML second, and its user reads JSON more easily
    const any = name === '*/*' || name === 'application/*' || name === 'text/html';
    if (any || jsonNames.has(name)) qualities.json = Math.max(qualities.json, quality);
    if (xmlNames.has(name) || name === 'text/*') qualities.xml = Math.max(qualities.xml, quality);
  }
  if (qualities.json === 0 && qualities.xml === 0) return undefined;
  return qualities.xml > qualities.json;
}

function rangeOf(range: string): { name: string; quality: number } {
  const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const version = parameters.find((parameter) => parameter.startsWith('fhirversion='))?.slice(12).replaceAll('"', '');
  if (version !== undefined && !version.startsWith('4.0')) return { name, quality: 0 };
  const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
  return { name, quality: Number.isFinite(quality) ? quality : 0 };
}

// A plus in a query string arrives as a space.
function bare(format: string): string {
  return format.trim().toLowerCase().replace(' ', '+');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function notAcceptable(asked: string): Refusal {
  return new Refusal('unsupported', 'http.not-acceptable', { vi: 'Máy chủ này chỉ trả lời bằng JSON hoặc XML.', en: 'This server answers in JSON or XML only.' }, [
    { severity: 'error', code: 'not-supported', diagnostics: `"${asked.slice(0, 100)}" is not offered. Ask for application/fhir+json or application/fhir+xml (Accept, or _format=json, _format=xml); Turtle is not supported.` },
  ]);
}
