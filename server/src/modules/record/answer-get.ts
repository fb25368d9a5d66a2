import { compartmentNames } from '@sen/fhir';
import type { OperationTable } from '../../platform/operation.ts';
import type { Work } from '../../platform/work.ts';
import { terminologyCapabilities } from '../terminology/index.ts';
import { isOwnEvent, readOwnEvent, searchAuditEvents } from './answer-audit-events.ts';
import { readComputed, searchComputed } from './answer-computed.ts';
import { capabilityStatement } from './capability-statement.ts';
import { computedType } from './keep-computed-types.ts';
import { checkAddress, versionOfTag } from './identity.ts';
import { readHistory } from './read-history.ts';
import { readCurrent, readVersion, type Readable } from './read-resource.ts';
import { nothingHere, operationNotInBundle } from './refusals.ts';
import { jsonOfAnswer, runOperation } from './run-operation.ts';
import { searchBundle } from './search-resources.ts';
import { shortened } from './shorten.ts';

/** A GET of the FHIR API, apart from HTTP: the edge and the entries of bundles ask alike. */
export interface Question {
  /** Decoded segments after the base: `['Patient', '1', '_history']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
  /** Prefer: handling=lenient. */
  readonly lenient: boolean;
  readonly conditionalDeleteMax: number;
  readonly operations: OperationTable;
  /** Parameters of an operation that an entry of a Bundle posts. */
  readonly body?: unknown;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
}

export interface Answer {
  /** 200 or 304; an operation may answer otherwise. */
  readonly status: number;
  readonly json: Buffer;
  /** Version and instant, when the answer is one resource. */
  readonly version?: number;
  readonly updated?: number;
}

const nothing = Buffer.alloc(0);

/** Answers any GET interaction of R4 §3.1.0: read, vread, history, search, compartment search, operations, capabilities. */
export async function answerGet(work: Work, question: Question): Promise<Answer> {
  const { path } = question;
  const [first = '', second, third, fourth] = path;
  if (path.length > 4 || path.includes('')) throw nothingHere(path.join('/'));
  if (path.at(-1)?.startsWith('$') === true) return operation(work, question);
  if (path.length === 0) return bundle(searchBundle(work, { ...question, type: undefined }));
  if (first === 'metadata' && path.length === 1) return { status: 200, json: await capabilities(work, question) };
  if (first === '_history' && path.length === 1) return bundle(readHistory(work, question));
  checkAddress(first);
  if (first === 'AuditEvent' && second === undefined) return bundle(searchAuditEvents(work, question.query, question.base));
  if (second === undefined) return bundle((computedType(first) === undefined ? searchBundle : searchComputed)(work, { ...question, type: first }));
  if (fourth !== undefined) return answerVersion(work, question);
  return third === undefined ? answerSecond(work, question, first, second) : answerThird(work, question, first, second, third);
}

/** Tells whether the client's copy is still good (R4 §3.1.0.5): If-None-Match rules over If-Modified-Since. */
export function isFresh(current: { version: number; updated: number }, ifNoneMatch: string | undefined, ifModifiedSince: string | undefined): boolean {
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch.split(',').some((tag) => ['*', String(current.version)].includes(versionOfTag('If-None-Match', tag)));
  }
  if (ifModifiedSince === undefined) return false;
  // HTTP dates have whole seconds
  return Math.floor(current.updated / 1000) * 1000 <= Date.parse(ifModifiedSince);
}

async function answerSecond(work: Work, question: Question, type: string, second: string): Promise<Answer> {
  if (second === '_history') return bundle(readHistory(work, { ...question, type }));
  const computed = await readComputed(work, type, second);
  if (computed !== undefined) return { status: 200, json: shortened(computed, question.query) };
  return one(question, isOwnEvent(type, second) ? await readOwnEvent(work, second) : await readCurrent(work, type, second));
}

async function answerThird(work: Work, question: Question, type: string, id: string, third: string): Promise<Answer> {
  if (third === '_history') return bundle(readHistory(work, { ...question, type, id }));
  if (!compartmentNames.includes(type)) throw nothingHere(question.path.join('/'));
  return bundle(searchBundle(work, { ...question, type: third === '*' ? undefined : third, compartment: { type, id } }));
}

async function answerVersion(work: Work, question: Question): Promise<Answer> {
  const [type = '', id = '', history, version = ''] = question.path;
  if (history !== '_history') throw nothingHere(question.path.join('/'));
  return one(question, await readVersion(work, type, id, version));
}

function one(question: Question, { version, updated, json }: Pick<Readable, 'version' | 'updated' | 'json'>): Answer {
  if (isFresh({ version, updated }, question.ifNoneMatch, question.ifModifiedSince)) return { status: 304, json: nothing, version, updated };
  return { status: 200, json: shortened(json, question.query), version, updated };
}

// Inside a Bundle: the HTTP edge runs operations itself, since their answers may be more than a resource.
async function operation(work: Work, { path, query, base, operations, body }: Question): Promise<Answer> {
  const call = { method: body === undefined ? 'GET' : 'POST', query, body, base, contentType: 'application/fhir+json', accept: 'application/fhir+json', prefer: '' } as const;
  const answer = await runOperation(work, operations, path, call);
  const json = jsonOfAnswer(answer);
  if (json === undefined) throw operationNotInBundle(path.at(-1) ?? '');
  return { status: answer.status ?? 200, json };
}

async function capabilities(work: Work, question: Question): Promise<Buffer> {
  const mode = question.query.get('mode');
  if (mode !== 'terminology') return capabilityStatement(question, mode);
  return Buffer.from(JSON.stringify(await terminologyCapabilities(work.db, { base: question.base, now: work.now })));
}

async function bundle(json: Promise<Buffer>): Promise<Answer> {
  return { status: 200, json: await json };
}
