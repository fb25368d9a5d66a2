// What each entry of a batch or transaction asks for, judged before anything is touched. R4 §3.1.0.11.
import { parseLossless, type Resource } from '@sen/fhir';
import { checkResource } from '../check-resource.ts';
import { criteriaOf, type Criteria } from '../criteria.ts';
import { checkAddress } from '../identity.ts';
import type { Patch } from '../patch-resource.ts';
import { badBundle, matchedOtherId, operationNotInBundle } from '../refusals.ts';
import { checkSameId } from '../update-resource.ts';
import type { Entry } from './entries.ts';

export interface ReadStep {
  readonly kind: 'read';
  readonly entry: Entry;
  readonly path: readonly string[];
}

export interface WriteStep {
  readonly kind: 'create' | 'update' | 'patch' | 'delete';
  readonly entry: Entry;
  readonly type: string;
  /** The id that the address names; undefined for a create and when criteria choose. */
  readonly id: string | undefined;
  readonly criteria: Criteria | undefined;
  /** The checked resource of a create or update. */
  readonly resource: Resource | undefined;
  readonly patch?: Patch;
}

export type Step = ReadStep | WriteStep;

/** Reads what an entry asks for and checks its resource; refuses what no server could do. */
export function planStep(entry: Entry, conditionalReferences: boolean): Step {
  const [type = '', second] = entry.path;
  if (entry.method === 'GET' || entry.method === 'HEAD') return { kind: 'read', entry, path: entry.path };
  if (entry.method === 'POST' && second === '_search' && entry.path.length === 2) return { kind: 'read', entry, path: [type] };
  const operation = entry.path.find((part) => part.startsWith('$'));
  if (operation !== undefined && entry.method === 'POST') return { kind: 'read', entry, path: entry.path };
  if (operation !== undefined) throw operationNotInBundle(operation);
  const shape = entry.method === 'POST' ? 1 : 2;
  if (type === '' || entry.path.length > shape) throw badBundle(`${entry.method} ${entry.path.join('/')} is not an interaction of R4.`, `Bundle.entry[${entry.index}].request.url`, 'not-supported');
  checkAddress(type, second);
  const at = `Bundle.entry[${entry.index}].resource`;
  const checked = () => checkResource(type, entry.resource, { conditionalReferences, at });
  switch (entry.method) {
    case 'POST':
      return { kind: 'create', entry, type, id: undefined, criteria: entry.ifNoneExist === undefined ? undefined : criteriaOf(type, entry.ifNoneExist), resource: checked() };
    case 'PUT':
      return { kind: 'update', entry, type, ...target(entry, type, second), resource: sameId(checked(), type, second, at) };
    case 'PATCH':
      return { kind: 'patch', entry, type, ...target(entry, type, second), resource: undefined, patch: patchOf(entry) };
    case 'DELETE':
      return { kind: 'delete', entry, type, ...target(entry, type, second), resource: undefined };
  }
}

/** The content of a conditional update whose criteria selected `found`. */
export function withFoundId(type: string, resource: Resource, found: string): Resource {
  if (resource.id === found) return resource;
  if (resource.id !== undefined) throw matchedOtherId(type, resource.id, found);
  return { ...resource, id: found };
}

// R4 §3.1.0.6: inside a Bundle a JSON Patch travels as a Binary, a FHIRPath Patch as Parameters.
function patchOf({ resource, index }: Entry): Patch {
  const at = `Bundle.entry[${index}].resource`;
  if (resource?.resourceType === 'Parameters') return { kind: 'fhirpath', parameters: resource };
  if (resource?.resourceType !== 'Binary' || resource['contentType'] !== 'application/json-patch+json') {
    throw badBundle('A PATCH takes Parameters (FHIRPath Patch), or a Binary of contentType application/json-patch+json.', at, 'structure');
  }
  try {
    return { kind: 'json', operations: parseLossless(Buffer.from(String(resource['data']), 'base64').toString()) };
  } catch {
    throw badBundle('Binary.data is not the base64 of a JSON Patch.', `${at}.data`, 'value');
  }
}

function target(entry: Entry, type: string, id: string | undefined): { id: string | undefined; criteria: Criteria | undefined } {
  return id === undefined ? { id, criteria: criteriaOf(type, entry.query) } : { id, criteria: undefined };
}

function sameId(resource: Resource, type: string, id: string | undefined, at: string): Resource {
  if (id !== undefined) checkSameId(type, id, resource, at);
  return resource;
}
