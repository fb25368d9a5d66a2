// Addresses of resources: type, id, version tag. R4 §3.1.0.1, §2.24.0.1 (id), RFC 9110 §8.8.3 (entity tags).
import { isResourceType } from '@sen/fhir';
import { alreadyThere, badId, badVersionTag, unknownType, versionConflict } from './refusals.ts';

const id = /^[A-Za-z0-9\-.]{1,64}$/;
const tag = /^\s*(?:W\/)?"?([^"\s]+)"?\s*$/;

export function isId(text: string): boolean {
  return id.test(text);
}

/** Refuses a name that is no R4 type (404) or an id that breaks the id grammar (400). */
export function checkAddress(type: string, resourceId?: string): void {
  if (!isResourceType(type)) throw unknownType(type);
  if (resourceId !== undefined && !id.test(resourceId)) throw badId(resourceId);
}

/** Reads the version of an entity tag: `W/"3"` gives `3`. */
export function versionOfTag(header: string, value: string): string {
  const match = tag.exec(value);
  if (match === null) throw badVersionTag(header, value);
  return match[1]!;
}

/** Refuses (412) a write that asks with `If-None-Match: *` that nothing be there yet, or with tags that none of them be current (RFC 9110 §13.1.2). */
export function checkIfNoneMatch(ifNoneMatch: string | undefined, type: string, resourceId: string, current: { version: number; json: Buffer | undefined } | undefined): void {
  if (ifNoneMatch === undefined || current?.json === undefined) return;
  const tags = ifNoneMatch.split(',').map((one) => versionOfTag('If-None-Match', one));
  if (tags.some((one) => one === '*' || one === String(current.version))) throw alreadyThere(type, resourceId, current.version);
}

/** Refuses (412) unless If-Match names the current version; `*` asks only that the resource be there. */
export function checkIfMatch(ifMatch: string | undefined, type: string, resourceId: string, current: { version: number; json: Buffer | undefined } | undefined): void {
  if (ifMatch === undefined) return;
  const wanted = versionOfTag('If-Match', ifMatch);
  const holds = wanted === '*' ? current?.json !== undefined : wanted === String(current?.version);
  if (!holds) throw versionConflict(type, resourceId, ifMatch, current?.version);
}
