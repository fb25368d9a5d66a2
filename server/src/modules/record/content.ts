// The stored JSON of a resource: what the client sent, minified, with id and meta of the server set. R4 §3.1.0.8, §2.27.
import type { Meta, Resource } from '@sen/fhir';

export interface Stamped {
  readonly resource: Resource;
  readonly json: string;
}

/** Sets id, meta.versionId and meta.lastUpdated, leaving every other element where the client had it. The input is not changed. */
export function stamp(resource: Resource, id: string, version: number, updated: number): Stamped {
  const stamped = withIdentity(resource, id, stampedMeta(resource.meta, version, updated));
  return { resource: stamped, json: JSON.stringify(stamped) };
}

/** Tells whether storing this resource would change nothing but version and time. */
export function sameContent(resource: Resource, current: { id: string; version: number; updated: number; json: Buffer | undefined }): boolean {
  if (current.json === undefined) return false;
  const again = stamp(resource, current.id, current.version, current.updated).json;
  return current.json.equals(Buffer.from(again));
}

/** The next instant of a resource whose last one was `previous`: never goes backwards, whatever the clock does. */
export function nextInstant(now: number, previous: number | undefined): number {
  return previous === undefined ? now : Math.max(now, previous + 1);
}

function withIdentity(resource: Resource, id: string, meta: Meta): Resource {
  const hasId = resource.id !== undefined;
  const hasMeta = resource.meta !== undefined;
  const stamped: Record<string, unknown> = {};
  for (const key in resource) {
    stamped[key] = resource[key];
    if (key === 'resourceType' && !hasId) stamped['id'] = id;
    if (!hasMeta && key === (hasId ? 'id' : 'resourceType')) stamped['meta'] = meta;
  }
  stamped['id'] = id;
  stamped['meta'] = meta;
  return stamped as Resource;
}

function stampedMeta(meta: Meta | undefined, version: number, updated: number): Meta {
  const stamped: Meta = { versionId: String(version), lastUpdated: new Date(updated).toISOString() };
  for (const key in meta) {
    if (key !== 'versionId' && key !== 'lastUpdated') stamped[key] = meta[key];
  }
  return stamped;
}
