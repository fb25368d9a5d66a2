// Answers put into HTTP: status, entity tag, dates, body. R4 §3.1.0.1.
import { parseLossless, writeXml } from '@sen/fhir';
import type { FastifyReply } from 'fastify';
import { statusOfWrite, writtenOutcome, type Answer, type Written } from '../../../modules/record/index.ts';
import type { Form, Preferences } from './negotiate.ts';

const fhirJson = 'application/fhir+json; charset=utf-8';
const fhirXml = 'application/fhir+xml; charset=utf-8';

/** Sends a GET's answer: the stored bytes as they are, unless people shall read them. */
export function sendAnswer(reply: FastifyReply, { status, json, version, updated }: Answer, form: Form): FastifyReply {
  if (version !== undefined && updated !== undefined) markVersion(reply, version, updated);
  reply.code(status);
  if (status === 304) return reply.send();
  return sendJson(reply, json, form);
}

/** Sends what a write did, as much of it as the client prefers (R4 §3.1.0.1.8; all of it unless told). */
export function sendWritten(reply: FastifyReply, written: Written, base: string, { returns }: Preferences, form: Form): FastifyReply {
  const { type, id, version, updated, outcome, json } = written;
  if (version !== undefined && updated !== undefined) markVersion(reply, version, updated);
  if (outcome === 'created' || outcome === 'matched') reply.header('Location', `${base}/${type}/${id}/_history/${version}`);
  const status = statusOfWrite(written);
  if (returns === 'OperationOutcome') return sendJson(reply.code(status === 204 ? 200 : status), JSON.stringify(writtenOutcome(written)), form);
  reply.code(status);
  if (json === undefined || returns === 'minimal') return reply.send();
  return sendJson(reply, json, form);
}

/** Sends the JSON of a resource in the form asked for; parses it only to change it. */
export function sendJson(reply: FastifyReply, json: Buffer | string, { xml, pretty }: Form): FastifyReply {
  if (xml) return reply.header('Content-Type', fhirXml).send(writeXml(parseLossless(json.toString()) as Record<string, unknown>));
  reply.header('Content-Type', fhirJson);
  return reply.send(pretty ? JSON.stringify(parseLossless(json.toString()), undefined, 2) : json);
}

/** Sets ETag and Last-Modified of one version (R4 §3.1.0.1.3). */
export function markVersion(reply: FastifyReply, version: number, updated: number): void {
  reply.header('ETag', `W/"${version}"`);
  reply.header('Last-Modified', new Date(updated).toUTCString());
}
