// Links between the entries of a transaction: found and replaced in References, in uri, url, oid and uuid elements and in narrative. R4 §3.1.0.11.2.
import { structureOf } from '@sen/fhir';

/** Gives the new text of a link, or undefined to leave it. */
export type LinkResolver = (link: string) => string | undefined;

type Kind = 'link' | 'narrative' | 'resource' | 'inside';

interface Place {
  readonly kind: Kind;
  /** Structure of the element, when the kind is `inside`. */
  readonly path: string;
}

const linkTypes = new Set(['uri', 'url', 'oid', 'uuid']); // not canonical: R4 leaves those alone
const placesByPath = new Map<string, ReadonlyMap<string, Place>>();

/** Replaces the links of a resource. Gives the same object back when nothing changed; never changes its input. */
export function replaceLinks<T>(resource: T, resolve: LinkResolver): T {
  return insideResource(resource, resolve) as T;
}

function insideResource(resource: unknown, resolve: LinkResolver): unknown {
  const type = (resource as { resourceType?: unknown } | null)?.resourceType;
  return typeof type === 'string' ? inside(resource, type, resolve) : resource;
}

function inside(value: unknown, path: string, resolve: LinkResolver): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const places = placesOf(path);
  const object = value as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  for (const key in object) {
    const place = key.charCodeAt(0) === underscore ? primitiveSibling : places.get(key);
    if (place === undefined) continue;
    const before = object[key];
    const after = Array.isArray(before) ? eachOf(before, place, resolve) : at(before, place, resolve);
    if (after !== before) {
      copy ??= { ...object };
      copy[key] = after;
    }
  }
  return copy ?? value;
}

function eachOf(list: unknown[], place: Place, resolve: LinkResolver): unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const after = at(list[i], place, resolve);
    if (after === list[i]) continue;
    copy ??= [...list];
    copy[i] = after;
  }
  return copy ?? list;
}

function at(value: unknown, place: Place, resolve: LinkResolver): unknown {
  if (place.kind === 'inside') return inside(value, place.path, resolve);
  if (place.kind === 'resource') return insideResource(value, resolve);
  if (typeof value !== 'string') return value;
  return place.kind === 'link' ? (resolve(value) ?? value) : inNarrative(value, resolve);
}

const attribute = /(<(?:a|img)\b[^>]*?\s(?:href|src)\s*=\s*)("[^"]*"|'[^']*')/g;

function inNarrative(xhtml: string, resolve: LinkResolver): string {
  if (!xhtml.includes('href') && !xhtml.includes('src')) return xhtml;
  return xhtml.replace(attribute, (whole, before: string, quoted: string) => {
    const found = resolve(quoted.slice(1, -1).replaceAll('&amp;', '&'));
    return found === undefined ? whole : `${before}${quoted[0]}${found.replaceAll('&', '&amp;')}${quoted[0]}`;
  });
}

const underscore = 95;
const primitiveSibling: Place = { kind: 'inside', path: 'Element' };

function placesOf(path: string): ReadonlyMap<string, Place> {
  let places = placesByPath.get(path);
  if (places === undefined) {
    places = new Map(readPlaces(path));
    placesByPath.set(path, places);
  }
  return places;
}

function* readPlaces(path: string): Generator<[string, Place]> {
  for (const { name, type } of structureOf(path)?.elements.values() ?? []) {
    const code = type.code.startsWith('#') ? type.code.slice(1) : type.code;
    if (linkTypes.has(code) || (path === 'Reference' && name === 'reference')) yield [name, { kind: 'link', path }];
    else if (code === 'xhtml') yield [name, { kind: 'narrative', path }];
    else if (code === 'Resource') yield [name, { kind: 'resource', path }];
    else if (structureOf(code)?.kind === 'complex' || structureOf(code)?.kind === 'backbone') yield [name, { kind: 'inside', path: code }];
  }
}
