// The entries of a batch or transaction, read from the Bundle a client posted. R4 §3.1.0.11.
import { structureOf, type Resource } from '@sen/fhir';
import { badBundle } from '../refusals.ts';

export type EntryMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Entry {
  readonly index: number;
  readonly method: EntryMethod;
  readonly fullUrl: string | undefined;
  /** Decoded segments of request.url: `['Patient', '1']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly resource: Resource | undefined;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
  readonly ifNoneExist: string | undefined;
}

export interface RequestBundle {
  readonly type: 'batch' | 'transaction';
  readonly entries: readonly unknown[];
}

type Json = Record<string, unknown>;

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Reads the shell of a posted Bundle; refuses (400) any other type of Bundle and more entries than `max` (0: no limit). */
export function readBundle(bundle: unknown, max: number): RequestBundle {
  if (!isObject(bundle) || bundle['resourceType'] !== 'Bundle') {
    throw badBundle('The base address takes a Bundle of type batch or transaction.', 'Bundle', 'structure');
  }
  refuseUnknownElements(bundle, 'Bundle', 'Bundle');
  const { type, entry = [] } = bundle;
  if (type !== 'batch' && type !== 'transaction') throw badBundle(`Bundle.type is ${typeof type === 'string' && /^[a-z-]{1,20}$/.test(type) ? `"${type}"` : 'missing or no code'}; batch or transaction is expected.`, 'Bundle.type', 'value');
  if (!Array.isArray(entry)) throw badBundle('Bundle.entry must be an array.', 'Bundle.entry', 'structure');
  if (max > 0 && entry.length > max) {
    throw badBundle(`The Bundle has ${entry.length} entries; this server takes ${max} (setting SEN_TRANSACTION_ENTRIES_MAX).`, 'Bundle.entry', 'too-costly');
  }
  return { type, entries: entry };
}

/** Reads one entry; refuses (400) one without a usable request. */
export function readEntry(entry: unknown, index: number, base: string): Entry {
  const at = `Bundle.entry[${index}]`;
  if (!isObject(entry)) throw badBundle('An entry must be an object.', at, 'structure');
  refuseUnknownElements(entry, 'Bundle.entry', at);
  const { request, resource, fullUrl } = entry;
  if (!isObject(request)) throw badBundle('An entry of a batch or transaction needs a request.', `${at}.request`, 'required');
  refuseUnknownElements(request, 'Bundle.entry.request', `${at}.request`);
  const { method, url } = request;
  if (typeof method !== 'string' || !methods.has(method)) {
    throw badBundle(`request.method is ${typeof method === 'string' && /^[A-Za-z]{1,20}$/.test(method) ? `"${method}"` : 'missing or no code'}; GET, HEAD, POST, PUT, PATCH or DELETE is expected.`, `${at}.request.method`, 'value');
  }
  if (typeof url !== 'string' || (url === '' && method !== 'GET')) throw badBundle('request.url must be an address such as Patient/1.', `${at}.request.url`, 'required');
  const needsResource = method === 'PUT' || method === 'PATCH' || (method === 'POST' && !url.includes('_search'));
  if (needsResource && !isObject(resource)) throw badBundle(`A ${method} needs a resource.`, `${at}.resource`, 'required');
  return {
    index,
    method: method as EntryMethod,
    fullUrl: optionalText(fullUrl, `${at}.fullUrl`),
    ...address(url, base, at),
    resource: resource as Resource | undefined,
    ifMatch: optionalText(request['ifMatch'], `${at}.request.ifMatch`),
    ifNoneMatch: optionalText(request['ifNoneMatch'], `${at}.request.ifNoneMatch`),
    ifModifiedSince: optionalText(request['ifModifiedSince'], `${at}.request.ifModifiedSince`),
    ifNoneExist: optionalText(request['ifNoneExist'], `${at}.request.ifNoneExist`),
  };
}

function address(url: string, base: string, at: string): { path: string[]; query: URLSearchParams } {
  const relative = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url.startsWith('/') ? url.slice(1) : url;
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative)) throw badBundle('request.url must be relative to the base, such as Patient/1.', `${at}.request.url`, 'value');
  const cut = relative.indexOf('?');
  const path = cut < 0 ? relative : relative.slice(0, cut);
  try {
    return {
      path: path === '' ? [] : path.replace(/\/$/, '').split('/').map(decodeURIComponent),
      query: new URLSearchParams(cut < 0 ? '' : relative.slice(cut + 1)),
    };
  } catch {
    throw badBundle('request.url is not a well-formed address.', `${at}.request.url`, 'value');
  }
}

function optionalText(value: unknown, at: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') throw badBundle('A text is expected.', at, 'value');
  return value;
}

// Only the shell is judged here: resources are judged one by one, so that one bad entry of a batch does not spoil the others.
function refuseUnknownElements(value: Json, path: string, at: string): void {
  const elements = structureOf(path)!.elements;
  for (const key in value) {
    const name = key.startsWith('_') ? key.slice(1) : key;
    if (key !== 'resourceType' && !elements.has(name)) throw badBundle(`"${key.slice(0, 64)}" is not an element of ${path}.`, at, 'structure');
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
