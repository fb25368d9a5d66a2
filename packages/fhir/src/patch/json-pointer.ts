// JSON Pointer (RFC 6901) over parsed FHIR JSON, with the FHIRPath a person understands.
import { isRawNumber } from '../json/lossless.ts';
import { pathSegment } from '../validate/path-segment.ts';
import { PatchError } from './patch-error.ts';

export type JsonContainer = Record<string, unknown> | unknown[];

/** Where a pointer ends: the object or array, and the key in it. */
export interface Place {
  readonly container: JsonContainer;
  readonly key: string;
  /** FHIRPath of the place, for messages. */
  readonly expression: string;
}

const arrayIndex = /^(?:0|[1-9]\d{0,8})$/;

/** Splits a pointer into its keys; refuses one that is not a pointer. */
export function readPointer(pointer: unknown, label: string): string[] {
  if (typeof pointer !== 'string') throw new PatchError('malformed', `${label} must be a JSON Pointer string`);
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    throw new PatchError('malformed', `${label} must be a JSON Pointer (RFC 6901): it begins with / and writes ~ as ~0`);
  }
  return pointer.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Finds the place of a pointer's last key; every key before it must exist. */
export function findPlace(document: JsonContainer, keys: readonly string[], label: string): Place {
  let container = document;
  const path = [...keys];
  const key = path.pop() as string;
  for (let i = 0; i < path.length; i++) {
    const next = memberOf(container, path[i] as string);
    if (typeof next !== 'object' || next === null || isRawNumber(next)) {
      throw new PatchError('inapplicable', `${label}: nothing to enter there`, expressionOf(document, path.slice(0, i + 1)));
    }
    container = next as JsonContainer;
  }
  return { container, key, expression: expressionOf(document, keys) };
}

/** Gives the member of an object or array that a key names, or undefined. Never looks at prototypes. */
export function memberOf(container: JsonContainer, key: string): unknown {
  if (Array.isArray(container)) return arrayIndex.test(key) ? container[Number(key)] : undefined;
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

/** Reads a key as a position in an array, where `-` is the place after the last. */
export function indexFor(array: readonly unknown[], place: Place, label: string): number {
  if (place.key === '-') return array.length;
  if (!arrayIndex.test(place.key)) throw new PatchError('inapplicable', `${label}: an array takes a position (0, 1 …) or -`, place.expression);
  return Number(place.key);
}

function expressionOf(document: JsonContainer, keys: readonly string[]): string {
  const type = Array.isArray(document) ? undefined : document['resourceType'];
  let text = typeof type === 'string' ? type : 'Resource';
  for (const key of keys) text += /^\d+$/.test(key) ? `[${key}]` : `.${pathSegment(key)}`;
  return text;
}
