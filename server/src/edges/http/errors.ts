// Refusals and faults become HTTP answers here, and nowhere else.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { writeXml, type Issue } from '@sen/fhir';
import { faultFields, type Log } from '../../platform/log.ts';
import { Refusal, type RefusalCategory } from '../../platform/refusal.ts';
import type { Language } from '../../platform/i18n.ts';
import { errorsInXml } from './fhir/negotiate.ts';
import { asRefusal } from './known-errors.ts';

interface Answer {
  readonly status: number;
  /** IssueType of R4 (http://hl7.org/fhir/R4/valueset-issue-type.html). */
  readonly issueType: string;
}

const answers: Readonly<Record<RefusalCategory, Answer>> = {
  incorrect: { status: 400, issueType: 'invalid' },
  unauthenticated: { status: 401, issueType: 'login' },
  forbidden: { status: 403, issueType: 'forbidden' },
  'not-found': { status: 404, issueType: 'not-found' },
  gone: { status: 410, issueType: 'deleted' },
  conflict: { status: 409, issueType: 'conflict' },
  precondition: { status: 412, issueType: 'conflict' },
  rule: { status: 422, issueType: 'business-rule' },
  unsupported: { status: 501, issueType: 'not-supported' },
  busy: { status: 429, issueType: 'throttled' },
  'too-large': { status: 413, issueType: 'too-long' },
  unavailable: { status: 503, issueType: 'transient' },
};

/** Refusals for which HTTP has a finer status than the category's. */
const statusByCode: Readonly<Record<string, number>> = {
  'http.media-type': 415,
  'http.host': 421,
  'http.content-encoding': 415,
  'http.method': 405,
  'record.operation-needs-post': 405,
  'security.audit-stays': 405,
  'http.not-acceptable': 406,
  'imaging.not-acceptable': 406,
  'imaging.media-type': 415,
};

/** The house's answer to any fault: says nothing about its cause. */
const fault = { vi: 'Có lỗi trong hệ thống. Xin thử lại sau.', en: 'Something failed inside the system. Please try again later.' };

/** Gives the HTTP status of a refusal. */
export function statusOf(refusal: Refusal): number {
  return statusByCode[refusal.code] ?? answers[refusal.category].status;
}

/** Builds the OperationOutcome of a refusal: one issue a finding, or one for the refusal itself. */
export function operationOutcome(refusal: Refusal, language: Language): object {
  const details = outcomeDetails(refusal.code, refusal.text, language);
  const own: Issue = { severity: 'error', code: answers[refusal.category].issueType, diagnostics: refusal.text.en };
  const issues = refusal.issues.length > 0 ? refusal.issues : [own];
  return { resourceType: 'OperationOutcome', issue: issues.map((issue) => outcomeIssue(issue, details)) };
}

/** Builds the OperationOutcome of a fault, without any detail. */
export function faultOutcome(language: Language): object {
  const details = outcomeDetails('http.fault', fault, language);
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'fatal', code: 'exception', ...details }] };
}

function outcomeIssue(issue: Issue, details: object): object {
  const { severity, code, diagnostics, expression } = issue;
  return { severity, code, ...details, diagnostics, ...(expression === undefined ? {} : { expression: [expression] }) };
}

function outcomeDetails(code: string, text: { vi: string; en: string }, language: Language): object {
  const other = language === 'vi' ? 'en' : 'vi';
  const translation = [
    { url: 'lang', valueCode: other },
    { url: 'content', valueString: text[other] },
  ];
  const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/translation', extension: translation }];
  return { details: { coding: [{ system: 'urn:sen:refusal', code }], text: text[language], _text: { extension } } };
}

/** Makes the error handler: translates once, logs what the house should know about, and never a patient's data. */
export function errorHandler(log: Log) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const refusal = asRefusal(error);
    if (!refusal) log.error('fault', { ...requestFields(request), ...faultFields(error) });
    if (refusal?.category === 'unavailable') log.warn('unavailable', { ...requestFields(request), code: refusal.code, ...faultFields(error) });
    send(request, reply, refusal);
  };
}

function requestFields(request: FastifyRequest) {
  return { requestId: request.id, method: request.method, route: request.routeOptions?.url ?? 'unknown' };
}

/** Sends a refusal, or a fault when there is none, in the form of the door through which the request came. */
export function send(request: FastifyRequest, reply: FastifyReply, refusal: Refusal | undefined): void {
  reply.code(refusal ? statusOf(refusal) : 500);
  request.refusalCode = refusal?.code;
  if (refusal?.category === 'unauthenticated') reply.header('WWW-Authenticate', 'Bearer realm="Sen"');
  // RFC 9110 §15.5.6: a 405 names what is allowed; an operation that changes something takes POST
  if (reply.statusCode === 405 && !reply.hasHeader('Allow')) reply.header('Allow', 'POST');
  const waitSeconds = refusal && retryAfter(refusal);
  if (waitSeconds) reply.header('Retry-After', waitSeconds);
  // The answer of an error is never the representation that the route meant to send.
  reply.removeHeader('ETag').removeHeader('Last-Modified').removeHeader('Content-Length').header('Cache-Control', 'no-store');
  if (request.url.startsWith('/fhir/')) return sendOutcome(request, reply, refusal);
  const { code, category, text, issues } = refusal ?? { code: 'http.fault', category: 'fault', text: fault, issues: [] };
  const body = { code, category, message: text, ...(issues.length > 0 ? { issues } : {}), requestId: request.id };
  // As a string: a route's response schema describes its answer, not its refusals.
  reply.serializer(String).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

function sendOutcome(request: FastifyRequest, reply: FastifyReply, refusal: Refusal | undefined): void {
  const outcome = refusal ? operationOutcome(refusal, request.language) : faultOutcome(request.language);
  if (errorsInXml(request)) return void reply.serializer(String).type('application/fhir+xml; charset=utf-8').send(writeXml({ ...outcome }));
  reply.serializer(String).type('application/fhir+json; charset=utf-8').send(JSON.stringify(outcome));
}

function retryAfter(refusal: Refusal): number | undefined {
  const told = (refusal as { retryAfterSeconds?: number }).retryAfterSeconds;
  if (told !== undefined) return told;
  if (refusal.category === 'unavailable') return 5;
  return refusal.category === 'busy' ? 1 : undefined;
}

export function unknownAddress(): Refusal {
  return new Refusal('not-found', 'http.not-found', { vi: 'Không có gì ở địa chỉ này.', en: 'There is nothing at this address.' });
}
