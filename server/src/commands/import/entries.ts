// What a document holds: a resource, several in a list, or the entries of a Bundle; each with the id it will have.
import { createHash } from 'node:crypto';
import { isResourceType, type Issue, type Resource } from '@sen/fhir';

export interface Entry {
  readonly resource: Resource;
  readonly id: string;
  /** Where it stands in its file: `line 3`, `entry 12`. */
  readonly position: string;
  readonly fullUrl?: string;
  /** Criteria under which it is created only when nothing matches: `Practitioner?identifier=…` (R4 §3.1.0.8.1). */
  readonly createUnless?: string;
  /** Criteria whose match it replaces: `PUT Patient?identifier=…` (R4 §3.1.0.4.3). */
  readonly replaces?: string;
}

export interface RefusedEntry {
  readonly position: string;
  readonly type?: string;
  readonly id?: string;
  readonly issues: readonly Issue[];
}

export interface Entries {
  readonly entries: readonly Entry[];
  readonly refused: readonly RefusedEntry[];
  /** Entries without a fact to keep: reads in a batch, the outcome of a search. */
  readonly skipped: number;
}

/** Makes ids for resources that bring none: the same content at the same turn of a file always gets the same id, so that an import can run twice. */
export type IdMaker = (resource: Resource) => string;

/** Starts a maker of ids for one reading of one file. */
export function idMaker(): IdMaker {
  const seen = new Map<string, number>();
  return (resource) => {
    const content = createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 28);
    const turn = (seen.get(content) ?? 0) + 1;
    seen.set(content, turn);
    return `${content}${turn === 1 ? '' : `-${turn}`}`;
  };
}

/** Lists the resources of a parsed document with their ids. Never throws: what cannot be kept is refused with its reason. */
export function listEntries(document: unknown, line: number | undefined, makeId: IdMaker): Entries {
  const place = line === undefined ? '' : `line ${line}`;
  if (Array.isArray(document)) return gather(document.map((one, index) => judgeResource(one, join(place, `item ${index + 1}`), makeId)));
  if (isBundle(document)) return listBundle(document, place, makeId);
  return gather([judgeResource(document, place === '' ? 'file' : place, makeId)]);
}

type Judged = { readonly entry: Entry } | { readonly refused: RefusedEntry } | undefined;

interface Bundle {
  readonly type?: unknown;
  readonly entry?: unknown;
}

interface BundleEntry {
  readonly fullUrl?: string;
  readonly resource?: unknown;
  readonly request?: { readonly method?: string; readonly url?: string; readonly ifNoneExist?: string };
  readonly search?: { readonly mode?: string };
}

const readable = new Set(['transaction', 'batch', 'collection', 'searchset', 'document', 'message']);

function listBundle(bundle: Bundle, place: string, makeId: IdMaker): Entries {
  if (!readable.has(String(bundle.type))) {
    return gather([refuse(place || 'file', 'not-supported', `A Bundle of type "${String(bundle.type)}" cannot be imported: use ${[...readable].join(', ')}.`, 'Bundle.type')]);
  }
  const list = bundle.entry === undefined ? [] : bundle.entry;
  if (!Array.isArray(list)) return gather([refuse(place || 'file', 'structure', 'Bundle.entry must be an array.', 'Bundle.entry')]);
  return gather(list.map((entry: BundleEntry | null, index) => judgeEntry(entry ?? {}, join(place, `entry ${index + 1}`), makeId)));
}

function judgeEntry(entry: BundleEntry, position: string, makeId: IdMaker): Judged {
  const { request, search, fullUrl } = entry;
  const method = request?.method ?? 'POST';
  if (search?.mode === 'outcome' || method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST' && method !== 'PUT') {
    return refuse(position, 'not-supported', `An import does not ${method} resources (${request?.url ?? ''}): send the Bundle to the FHIR endpoint.`, 'Bundle.entry.request.method');
  }
  const judged = judgeResource(entry.resource, position, makeId, fullUrl);
  if (judged === undefined || 'refused' in judged) return judged;
  if (method === 'PUT') return judgePut(judged.entry, request?.url ?? '');
  const { ifNoneExist } = request ?? {};
  return ifNoneExist ? { entry: { ...judged.entry, createUnless: `${judged.entry.resource.resourceType}?${ifNoneExist.replace(/^[^?]*\?/, '')}` } } : judged;
}

function judgePut(entry: Entry, url: string): Judged {
  const { resource, position } = entry;
  const [path = '', query] = url.split('?') as [string, string?];
  if (query) return { entry: { ...entry, replaces: `${resource.resourceType}?${query}` } };
  const id = /^(?:.*\/)?([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(path);
  if (id?.[1] !== resource.resourceType) return refuse(position, 'invalid', `PUT ${url} does not name a ${resource.resourceType}.`, 'Bundle.entry.request.url');
  if (resource.id !== undefined && resource.id !== id[2]) return refuse(position, 'invalid', `PUT ${url} holds a resource with the id "${resource.id}".`, 'Bundle.entry.resource.id');
  return { entry: { ...entry, id: id[2] as string } };
}

function judgeResource(value: unknown, position: string, makeId: IdMaker, fullUrl?: string): Judged {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(position, 'structure', 'A resource (a JSON object) is expected.');
  const resource = value as Resource;
  const type: unknown = resource.resourceType;
  if (typeof type !== 'string') return refuse(position, 'structure', 'The element resourceType is missing.');
  if (!isResourceType(type)) return refuse(position, 'not-supported', `"${type.slice(0, 64)}" is not a resource type of FHIR R4.`);
  if (resource.id !== undefined && !isId(resource.id)) return refuse(position, 'value', `The id of a ${type} must have 1 to 64 letters, digits, "-" or ".".`, `${type}.id`);
  const id = resource.id ?? idOfUrl(type, fullUrl) ?? makeId(resource);
  return { entry: { resource, id, position, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) } };
}

/** `urn:uuid:X` and `…/Type/X` name the id X. */
function idOfUrl(type: string, fullUrl: string | undefined): string | undefined {
  const match = /^(?:urn:(?:uuid|oid):|.*\/([A-Za-z]+)\/)([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl ?? '');
  return match && (match[1] === undefined || match[1] === type) ? match[2] : undefined;
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && /^[A-Za-z0-9\-.]{1,64}$/.test(id);
}

function isBundle(value: unknown): value is Bundle {
  return typeof value === 'object' && value !== null && (value as Resource).resourceType === 'Bundle';
}

function refuse(position: string, code: string, diagnostics: string, expression?: string): Judged {
  return { refused: { position, issues: [{ severity: 'error', code, diagnostics, ...(expression === undefined ? {} : { expression }) }] } };
}

function gather(judged: readonly Judged[]): Entries {
  return {
    entries: judged.flatMap((one) => (one && 'entry' in one ? [one.entry] : [])),
    refused: judged.flatMap((one) => (one && 'refused' in one ? [one.refused] : [])),
    skipped: judged.filter((one) => one === undefined).length,
  };
}

function join(place: string, inside: string): string {
  return place === '' ? inside : `${place}, ${inside}`;
}
