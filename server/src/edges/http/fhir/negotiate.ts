// Which form the answer takes: JSON or XML, or a clear refusal. R4 §3.1.0.1.9, §3.1.0.1.11, §3.1.0.1.14.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../../platform/refusal.ts';
import { isXmlBody, mediaTypeOf } from './body.ts';

/** The form of an answer. */
export interface Form {
  readonly xml: boolean;
  /** Indented, for people; JSON only. */
  readonly pretty: boolean;
}

const jsonNames = new Set(['json', 'application/json', 'application/fhir+json', 'text/json', 'application/json+fhir']);
const xmlNames = new Set(['xml', 'application/xml', 'application/fhir+xml', 'text/xml', 'application/xml+fhir']);
const usual = new Set(['*/*', 'application/fhir+json', 'application/json', 'application/fhir+json, application/json']);
/** The form of who asks for none. */
export const plain: Form = { xml: false, pretty: false };

/**
 * The form that a client asks for; refuses (406) one that takes neither. `_format` rules over Accept; who takes either gets the form in which
 * the body was sent.
 */
export function formOf(request: FastifyRequest, query?: URLSearchParams): Form {
  const { accept } = request.headers;
  if (query === undefined && (accept === undefined || usual.has(accept))) return plain;
  const format = query?.get('_format') || undefined;
  const xml = wantsXml(format === undefined ? (accept ?? '*/*') : bare(format), isXmlBody(request));
  if (xml === undefined) throw notAcceptable(format ?? accept ?? '');
  return { xml, pretty: query?.get('_pretty') === 'true' };
}

/** Tells whether an error goes out as XML: JSON unless the client asks for XML, or sent XML. */
export function errorsInXml(request: FastifyRequest): boolean {
  const form = mediaTypeOf(request) === 'application/x-www-form-urlencoded' && typeof request.body === 'string' ? `&${request.body}` : '';
  const format = /[?&]_format=([^&]*)/.exec(request.url + form)?.[1];
  const asked = format === undefined ? (request.headers.accept ?? '*/*') : bare(decoded(format));
  return wantsXml(asked, isXmlBody(request)) === true;
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

// The better of the two by quality (RFC 9110 §12.5.1), the usual one when they are equal; undefined when neither will do.
function wantsXml(accept: string, usually: boolean): boolean | undefined {
  const ranges = accept.split(',').map(rangeOf);
  const json = qualityOf(ranges, jsonNames);
  const xml = qualityOf(ranges, xmlNames);
  if (json === 0 && xml === 0) return undefined;
  return json === xml ? usually : xml > json;
}

interface Range {
  readonly name: string;
  readonly quality: number;
}

// What is named rules over what a wildcard takes in. A browser asks for HTML first and XML second, and its user reads JSON more easily.
function qualityOf(ranges: readonly Range[], names: ReadonlySet<string>): number {
  const html = ranges.some(({ name }) => name === 'text/html');
  if (html) return names === jsonNames ? 1 : 0;
  const named = ranges.filter(({ name }) => names.has(name));
  const fitting = named.length > 0 ? named : ranges.filter(({ name }) => name === '*/*' || name === 'application/*' || (name === 'text/*' && names === xmlNames));
  return fitting.reduce((best, { quality }) => Math.max(best, quality), 0);
}

function rangeOf(range: string): Range {
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
