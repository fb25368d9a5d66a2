// Bodies of FHIR requests: parsed here, once, with every digit kept.
import { hasDuplicateName, jsonDepthExceeds, parseLossless, readXml, XmlError } from '@sen/fhir';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../../platform/refusal.ts';
import { placeOfJsonError } from './json-error.ts';

const jsonTypes = new Set(['application/fhir+json', 'application/json']);
const xmlTypes = new Set(['application/fhir+xml', 'application/xml', 'text/xml']);

/** The media type of the body, without parameters. */
export function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Tells whether a media type is one of JSON or XML, in which a resource may come. */
export function isFhirMedia(type: string): boolean {
  return jsonTypes.has(type) || xmlTypes.has(type);
}

/** Tells whether a body is written as XML. */
export function isXmlBody(request: FastifyRequest): boolean {
  return xmlTypes.has(mediaTypeOf(request));
}

/** Parses a FHIR body in JSON or XML; refuses another media type (415), text that is neither, and what is nested too deeply (400). */
export function fhirBody(request: FastifyRequest, depthLimit: number): unknown {
  const type = mediaTypeOf(request);
  const xml = xmlTypes.has(type);
  if (request.body !== undefined && !xml && !jsonTypes.has(type)) throw mediaType(type, 'application/fhir+json or application/fhir+xml');
  // R4 http.html §3.1.0.1.13: a server that does not know the version of the content answers 415
  const version = /;\s*fhirVersion\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (version !== undefined && !/^4\.0(\.|$)/.test(version)) throw mediaType(`${type}; fhirVersion=${version}`, 'application/fhir+json; fhirVersion=4.0');
  return xml ? xmlBody(request, depthLimit) : jsonBody(request, depthLimit);
}

function xmlBody(request: FastifyRequest, depthLimit: number): unknown {
  try {
    return readXml(typeof request.body === 'string' ? request.body : '', { depth: depthLimit });
  } catch (error) {
    if (error instanceof XmlError) throw badXml(error.message);
    throw error;
  }
}

/** Parses a body whose media type the caller has judged. */
export function jsonBody(request: FastifyRequest, depthLimit: number): unknown {
  const sent = request.body;
  const text = typeof sent === 'string' ? sent.replace(/^\uFEFF/, '') : '';
  if (text.trim() === '') throw badJson('The body is empty; a resource in JSON is expected.');
  if (jsonDepthExceeds(text, depthLimit)) throw badJson(`The JSON nests deeper than ${depthLimit} levels (setting SEN_JSON_DEPTH_LIMIT).`, 'too-costly');
  const parsed = parse(text);
  if (hasDuplicateName(text, parsed)) throw badJson('An object has a property name twice; names must be unique (R4 json.html §2.6.2).');
  return parsed;
}

function parse(text: string): unknown {
  try {
    return parseLossless(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw badJson(placeOfJsonError(text, error.message));
    throw error;
  }
}

/** The parameters of a form body (POST _search), after those of the address. */
export function formBody(request: FastifyRequest, query: URLSearchParams): URLSearchParams {
  if (request.body === undefined || request.body === '') return query;
  const type = mediaTypeOf(request);
  if (type !== 'application/x-www-form-urlencoded') throw mediaType(type, 'application/x-www-form-urlencoded');
  for (const [name, value] of new URLSearchParams(String(request.body))) query.append(name, value);
  return query;
}

/** The refusal (415) of a body in another form. */
export function mediaType(found: string, expected: string): Refusal {
  return new Refusal('unsupported', 'http.media-type', { vi: 'Kiểu nội dung (Content-Type) không được hỗ trợ.', en: 'The Content-Type is not supported.' }, [
    { severity: 'error', code: 'not-supported', diagnostics: `Content-Type is ${found === '' ? 'missing' : `"${found.slice(0, 100)}"`}; ${expected} is expected here.` },
  ]);
}

function badXml(diagnostics: string): Refusal {
  return new Refusal('incorrect', 'http.xml', { vi: 'Nội dung gửi lên không phải FHIR XML hợp lệ.', en: 'The request body is not valid FHIR XML.' }, [
    { severity: 'error', code: 'structure', diagnostics },
  ]);
}

function badJson(diagnostics: string, code = 'structure'): Refusal {
  return new Refusal('incorrect', 'http.json', { vi: 'Nội dung gửi lên không phải JSON hợp lệ.', en: 'The request body is not valid JSON.' }, [
    { severity: 'error', code, diagnostics },
  ]);
}
